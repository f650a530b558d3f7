"""An answer to a transfer, as a page tells it, handed to the service that does it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from ccmp.people.models import User
from children.models import Transfer
from children.models.stay import TransferHasMovedOn
from children.rules.transfers import Home
from children.services.transfers import decline_transfer, hand_over, take_over, withdraw_transfer


def answer_transfer(transfer: Transfer, said: Mapping[str, Any], home: Home | None, *, by: User, at: datetime) -> str:
    """Do what was answered, and give the sentence that says so. Raises a Refusal when it does not fit any more."""
    words = said.get("words", "")
    match said["step"]:
        case "take":
            take_over(transfer_id=transfer.id, home=home or Home(), by=by, at=at)
            return _("The child is in your register now, with its file.")
        case "hand":
            hand_over(transfer_id=transfer.id, words=words, by=by, at=at)
            return _("The child is handed over. The other village keeps the file now.")
        case "decline":
            decline_transfer(transfer_id=transfer.id, answer=words, by=by, at=at)
            return _("Declined. The other village reads why.")
        case "withdraw":
            withdraw_transfer(transfer_id=transfer.id, by=by, at=at)
            return _("Taken back.")
    raise TransferHasMovedOn
