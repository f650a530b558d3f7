"""The pages of children who come and go, as her phone gets them. Asking by an ID number needs the server: it has no shell."""

from typing import Any

from ccmp.web.shells.shell import Shell
from children.forms.moves import HandOverForm, LeaveForm, ReturnForm, TakeOverForm, TransferForm


def _leave() -> dict[str, Any]:
    return {"form": LeaveForm(name="")}


def _take() -> dict[str, Any]:
    return {"form": TakeOverForm(homes=[])}


SHELLS = (
    Shell("children:leave", "children/leave.html", forms=_leave, posts=True),
    Shell("children:return", "children/return.html", forms=lambda: {"form": ReturnForm()}, posts=True),
    Shell("children:transfer", "children/transfer_village.html"),
    Shell("children:transfer", "children/transfer_new.html", forms=lambda: {"form": TransferForm()}, posts=True),
    Shell("children:transfers", "children/transfers.html"),
    Shell("children:transfer-answer", "children/transfer.html"),
    Shell("children:transfer-answer", "children/transfer_take.html", forms=_take, posts=True),
    Shell(
        "children:transfer-answer",
        "children/transfer_hand.html",
        forms=lambda: {"form": HandOverForm()},
        posts=True,
    ),
    Shell("children:farewells", "children/farewells.html"),
)
