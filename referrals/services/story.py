"""Everything that happened in a referral, newest first, and who the child is."""

from dataclasses import dataclass
from datetime import date, datetime

from children.models import Guardianship
from referrals.enums import TaskState
from referrals.models import Referral, TaskMove


@dataclass(frozen=True)
class Event:
    """One line of the story: when, who, from which office, what."""

    at: datetime
    who: str
    office: str
    what: str
    why: str


@dataclass(frozen=True)
class Story:
    events: list[Event]
    care: Guardianship | None
    carer_relation: str


def story_of(referral: Referral, *, on: date) -> Story:
    """Read in a bounded number of queries."""
    events = [
        Event(
            move.at,
            move.by.full_name,
            str(move.task.department) if move.went_to not in (TaskState.SENT, TaskState.WITHDRAWN) else move.by.office,
            f"{move.task.title} · {move.get_went_to_display()}",
            move.why,
        )
        for move in TaskMove.objects.filter(task__referral=referral).select_related("by", "task__department")
    ]
    events += [
        Event(move.at, move.by.full_name, move.by.office, str(move.get_went_to_display()), move.why)
        for move in referral.moves.select_related("by")
    ]
    care = referral.child.guardianships.current(on=on).select_related("carer").first()
    relation = next(
        (str(one.get_relation_display()) for one in referral.child.family if care and one.relative_id == care.carer_id),
        "",
    )
    return Story(sorted(events, key=lambda event: event.at, reverse=True), care, relation)
