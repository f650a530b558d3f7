"""Her own page, as the phone gets it: see ccmp.web.shells."""

from django.utils.translation import get_language

from ccmp.people.forms.accounts import AccountForm
from ccmp.web.shells.shell import Shell


def _account() -> AccountForm:
    """The pack of a language is for those who chose it."""
    return AccountForm(initial={"language": get_language()})


SHELLS = (Shell("people:account", "people/account.html", forms=lambda: {"form": _account()}, posts=True),)
