"""The pages of the register that open without a network, as the phone gets them: see ccmp.web.shells."""

from typing import Any

from django.conf import settings

from ccmp.web.shells.opened import named
from ccmp.web.shells.shell import Shell
from children.forms.registration import RegistrationForm
from children.forms.whereabouts import WhereaboutsForm
from children.services.beside import FilePart


class RegistrationFormToFill(RegistrationForm):
    """Who lives in the home, and who is like the child, only the phone knows."""

    def __init__(self) -> None:
        super().__init__(village_code="", household=None)
        self.doubts = named("doubts")  # type: ignore[assignment]
        self.alike = named("alike")  # type: ignore[assignment]


class WhereaboutsFormToFill(WhereaboutsForm):
    """Where the grown-up is now only the phone knows."""

    def __init__(self) -> None:
        super(WhereaboutsForm, self).__init__()


def _parts() -> dict[str, Any]:
    """What higher floors show beside a file; the phone gives each its values, in the same order."""
    parts = [
        FilePart(*templates, values=named(f"parts_values.{number}"))  # type: ignore[arg-type]
        for number, templates in enumerate(settings.PARTS_OF_A_CHILDS_FILE_ON_THE_PHONE)
    ]
    return {"parts": parts}


SHELLS = (
    Shell("children:list", "children/list_phone.html"),
    Shell("children:file", "children/file.html", closed=_parts),
    Shell("children:register", "children/choose_home.html"),
    Shell("children:register", "children/register.html", forms=lambda: {"form": RegistrationFormToFill()}, posts=True),
    Shell(
        "children:whereabouts", "children/whereabouts.html", forms=lambda: {"form": WhereaboutsFormToFill()}, posts=True
    ),
)
