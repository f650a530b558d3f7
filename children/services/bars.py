"""Why somebody may not be entrusted with a child: noted, and lifted, on a day. It lies sealed."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from ccmp.audit.record import record
from ccmp.identifiers import new_id
from ccmp.moments import day_of
from ccmp.people.entries import lock_villages, not_yet_held
from ccmp.people.models import User
from ccmp.sealed import blind_index
from children.models import CareBar, Child, Relative
from children.rules.care import BadCare
from children.rules.claims import check_may_note_grounds


@dataclass(frozen=True)
class BarEntry:
    """That a bar to care holds from a day on; or, with `ends`, that it does so no longer. `kind` is a CareBarKind."""

    UNSAID: ClassVar = ("made_at", "kind", "words")  # told apart by `mark`: a fingerprint gives nothing away

    child: UUID
    relative: UUID
    kind: str
    on: date
    ends: bool = False
    words: str = ""
    id: UUID = field(default_factory=new_id)
    made_at: datetime | None = None
    mark: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "mark", blind_index(f"{self.relative}:{self.kind}:{self.words}"))


@transaction.atomic
def note_bar(*, entry: BarEntry, by: User, at: datetime) -> CareBar:
    """Note that somebody may not be entrusted with a child, or that this is over. Sent again, nothing changes."""
    lock_villages(Child.objects.filter(pk=entry.child).values_list("village_code", flat=True))
    child = Child.objects.get(pk=entry.child)
    check_may_note_grounds(by, child)
    relative = Relative.objects.get(pk=entry.relative, kinships__child=child)
    if entry.on > day_of(at):
        raise BadCare(_("The day lies in the future. Note it once it has come."), field="on")
    row = _lift(relative, entry) if entry.ends else _begin(child, relative, entry, by=by, at=at)
    record(by=by, at=at, did="noted", on=row)
    return row


def barred_of(relatives: Iterable[Relative], *, on: date) -> set[UUID]:
    """Who of these may not be entrusted with a child on a day. One query."""
    rows = CareBar.objects.holding(on=on).filter(relative__in=[one.pk for one in relatives])
    return set(rows.values_list("relative_id", flat=True))


def _running(relative: Relative, kind: str) -> CareBar | None:
    return next((one for one in relative.care_bars.filter(until__isnull=True) if one.kind == kind), None)


def _begin(child: Child, relative: Relative, entry: BarEntry, *, by: User, at: datetime) -> CareBar:
    fresh = not_yet_held(CareBar, [entry])
    if not fresh:
        return CareBar.objects.get(pk=entry.id)
    if _running(relative, entry.kind):
        raise BadCare(_("This is noted already. End it first if something about it changed."), field="kind")
    return CareBar.objects.create(
        id=entry.id,
        village_code=child.village_code,
        made_at=entry.made_at or at,
        recorded_at=at,
        recorded_by=by,
        fingerprint=fresh[0][1],
        relative=relative,
        kind=entry.kind,
        words=entry.words.strip(),
        since=entry.on,
    )


def _lift(relative: Relative, entry: BarEntry) -> CareBar:
    ended = relative.care_bars.filter(until=entry.on)
    row = _running(relative, entry.kind) or next((one for one in ended if one.kind == entry.kind), None)
    if row is None:
        raise BadCare(_("Nothing of this is noted that could end."), field="kind")
    if entry.on <= row.since:
        raise BadCare(_("It began on %(day)s. Choose a later day.") % {"day": row.since}, field="on")
    row.until = entry.on
    row.save(update_fields=["until"])
    return row
