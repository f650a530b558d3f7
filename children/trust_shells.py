"""The pages by which a file is trusted, as her phone gets them: confirmed with the family, checked, agreed to."""

from typing import Any

from ccmp.web.shells.shell import Shell
from children.consent_texts import all_texts
from children.forms.confirm import ConfirmForm
from children.forms.consent import ConsentForm, WithdrawForm


def _texts() -> dict[str, Any]:
    """All of them, in the pack's language: which one holds on which day the phone judges."""
    return {"texts": all_texts()}


SHELLS = (
    Shell("children:to-confirm", "children/to_confirm_phone.html"),
    Shell("children:confirm", "children/confirm.html", forms=lambda: {"form": ConfirmForm()}, posts=True),
    Shell("children:consent", "children/consent.html"),
    Shell(
        "children:consent-give",
        "children/consent_give.html",
        forms=lambda: {"form": ConsentForm()},
        closed=_texts,
        posts=True,
    ),
    Shell(
        "children:consent-withdraw",
        "children/consent_withdraw.html",
        forms=lambda: {"form": WithdrawForm()},
        closed=_texts,
        posts=True,
    ),
    Shell("children:sent-back", "children/sent_back_phone.html"),
    Shell("children:answer-check", posts=True),
)
