"""The pages of benefits that open without a network, as her phone gets them."""

from typing import Any

from ccmp.web.shells.shell import Shell
from children.enums import CONFIDENTIAL_GROUNDS, Ground
from children.forms.entitlements import GroundForm, StepForm
from children.services.claims_held import open_to_the_village

OPEN_GROUNDS = [kind for kind in Ground if kind not in CONFIDENTIAL_GROUNDS]


def _known() -> dict[str, Any]:
    """What each benefit is called, who does what for it, with which papers: the pack has it in her language."""
    return {"benefits": open_to_the_village()}


SHELLS = (
    Shell("children:entitlements", "children/entitlements_phone.html", closed=_known),
    Shell(
        "children:entitlements-of",
        "children/entitlements_of_phone.html",
        forms=lambda: {"form": StepForm(among=open_to_the_village())},
        closed=_known,
        posts=True,
    ),
    Shell(
        "children:ground", "children/ground.html", forms=lambda: {"form": GroundForm(grounds=OPEN_GROUNDS)}, posts=True
    ),
)
