"""The pages of a file's grown-ups, as her phone gets them."""

from typing import Any

from ccmp.web.shells.shell import Shell
from children.forms.care import BarForm, CareForm
from children.forms.contact import ContactForm
from children.forms.kin import KinForm, NewKinForm
from children.models import Child, Household


class KinFormToFill(KinForm):
    """What the file says of the grown-up only the phone knows."""

    def __init__(self) -> None:
        super(KinForm, self).__init__()


def _care() -> dict[str, Any]:
    form = CareForm(child=Child(household=Household()), care=None, among=[])
    form.initial = {}
    return {"form": form}


SHELLS = (
    Shell("children:kin", "children/kin.html", forms=lambda: {"form": KinFormToFill()}, posts=True),
    Shell("children:kin-new", "children/kin_new.html", forms=lambda: {"form": NewKinForm(among=[])}, posts=True),
    Shell("children:care", "children/care.html", forms=_care, posts=True),
    Shell("children:contact", "children/contact.html", forms=lambda: {"form": ContactForm()}, posts=True),
    Shell("children:bar", "children/bar.html", forms=lambda: {"form": BarForm()}, posts=True),
    Shell("children:silent", "children/silent_phone.html"),
)
