"""The pages on which a file is said anew, and on which one of two values is chosen, as her phone gets them."""

from ccmp.web.shells.shell import Shell
from children.forms.change import ChangeForm
from children.models import Child, Household


class ChangeFormToFill(ChangeForm):
    """What the file says only the phone knows."""

    def __init__(self) -> None:
        super().__init__(child=Child(household=Household()))
        self.initial = {}


SHELLS = (
    Shell("children:change", "children/change.html", forms=lambda: {"form": ChangeFormToFill()}, posts=True),
    Shell("children:differences", "children/differences.html"),
    Shell("children:decide", posts=True),
)
