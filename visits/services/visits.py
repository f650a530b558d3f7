"""Recording home visits."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from ccmp.audit.record import record_many
from ccmp.many_rows import insert_many
from ccmp.people.entries import ALL_AT_ONCE, Received, lock_villages, not_yet_held
from ccmp.people.models import User
from children.models import Child
from children.rules.belonging import village_as_written
from visits.entries import VisitEntry
from visits.enums import Outcome, RiskLevel
from visits.models import Visit
from visits.rules.checklists import checklist
from visits.rules.visits import check_may_visit, check_visit
from visits.services.due import rebuild_deadlines


def record_visit(*, entry: VisitEntry, by: User, at: datetime) -> Visit:
    """Record one visit. Sent again, the visit that is already held comes back."""
    record_visits(entries=[entry], by=by, at=at)
    return Visit.objects.get(pk=entry.id)


@transaction.atomic
def record_visits(
    *, entries: Sequence[VisitEntry], by: User, at: datetime, received: Received = ALL_AT_ONCE
) -> list[Visit]:
    """Record visits, assess the risk and set the next due dates: all or, when one is refused, none.

    Returns those that were new. Raises a Refusal that names the field.
    """
    children = Child.objects.in_bulk([entry.child for entry in entries])
    lock_villages(child.village_code for child in children.values())
    fresh = not_yet_held(Visit, entries)
    for entry, _mark in fresh:
        check_visit(entry, check_may_visit(by, children.get(entry.child)), at=received.get(entry.id, at))
    visits = [_visit(entry, mark, children[entry.child], by=by, at=received.get(entry.id, at)) for entry, mark in fresh]
    insert_many(visits)
    rebuild_deadlines({visit.child_id: children[visit.child_id] for visit in visits}.values())
    record_many(by=by, at=at, did="recorded", on=visits, received=received)
    return visits


def _visit(entry: VisitEntry, mark: str, child: Child, *, by: User, at: datetime) -> Visit:
    is_completed = entry.outcome == Outcome.COMPLETED
    asked = checklist(entry.checklist) if is_completed else None
    return Visit(
        id=entry.id,
        village_code=village_as_written(child, by),
        made_at=entry.made_at,
        recorded_at=at,
        recorded_by_id=by.id,
        fingerprint=mark,
        child_id=child.id,
        outcome=entry.outcome,
        checklist=entry.checklist,
        answers=dict(entry.answers),
        notes={item: words.strip() for item, words in entry.notes.items() if words.strip()},
        note=entry.note.strip(),
        seen_alone=entry.seen_alone if is_completed else None,
        not_alone_because=entry.not_alone_because.strip() if is_completed else "",
        score=asked.score(entry.answers) if asked else None,
        level=asked.level(entry.answers, override=entry.override) if asked else RiskLevel.NOT_ASSESSED,
        override=entry.override if is_completed else "",
    )
