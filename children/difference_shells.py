"""The pages on which a file is said anew, and on which one of two values is chosen, as her phone gets them."""

from ccmp.web.shells.opened import named
from ccmp.web.shells.shell import Shell
from children.forms.change import ChangeForm
from children.forms.health import HealthForm
from children.models import Child, Household
from children.rules.file_fields import STEPS


class ChangeFormToFill(ChangeForm):
    """What the file says only the phone knows, and which counties there are to choose from."""

    def __init__(self, step: str) -> None:
        super().__init__(child=Child(household=Household()), step=step)
        self.initial = {}
        self.doubts = named("doubts")  # type: ignore[assignment]


def _shell(step: str) -> Shell:
    forms = lambda: {"form": ChangeFormToFill(step)}  # noqa: E731
    return Shell("children:change", f"children/change/{step}.html", forms=forms, posts=True)


SHELLS = (
    *(_shell(step) for step in STEPS),
    Shell("children:health", "children/change/health.html", forms=lambda: {"form": HealthForm()}, posts=True),
    Shell("children:no-id", "children/no_id_phone.html"),
    Shell("children:differences", "children/differences.html"),
    Shell("children:decide", posts=True),
)
