"""A step of a benefit, as a page tells it, handed to the service that notes it."""

from datetime import datetime

from ccmp.people.models import User
from children.enums import ApplicationStep
from children.models import Application
from children.services.entitlements import (
    ApplicationEntry,
    note_application,
    note_end,
    note_grant,
    note_received,
    note_refusal,
)


def note_step(*, step: ApplicationStep, entry: ApplicationEntry, why: str, by: User, at: datetime) -> Application:
    """Note what became of a benefit. Raises a Refusal when the step does not follow from where it stands."""
    child_id, benefit, on = entry.child, entry.benefit, entry.on
    match step:
        case ApplicationStep.APPLIED:
            return note_application(entry=entry, by=by, at=at)
        case ApplicationStep.RECEIVED:
            return note_received(entry=entry, by=by, at=at)
        case ApplicationStep.GRANTED:
            return note_grant(child_id=child_id, benefit=benefit, on=on, by=by, at=at)
        case ApplicationStep.REFUSED:
            return note_refusal(child_id=child_id, benefit=benefit, on=on, why=why, by=by, at=at)
        case _:
            return note_end(child_id=child_id, benefit=benefit, on=on, why=why, by=by, at=at)
