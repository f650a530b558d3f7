"""Grounds on which claims rest: a home's means, and sealed facts of a child's health. Begun, and ended, on a day."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ccmp.audit.record import record
from ccmp.identifiers import new_id
from ccmp.moments import day_of
from ccmp.people.entries import lock_villages, not_yet_held
from ccmp.people.models import User
from ccmp.sealed import blind_index
from children.enums import ApplicationState, DisabilityKind, Ground, Means
from children.models import Application, Child, ChildGround, HouseholdMeans
from children.models.entitlement import benefit_mark
from children.rules.benefits import received_as
from children.rules.child_facts import written
from children.rules.claims import BadStep, check_day, check_may_note_ground
from children.services.take_up import work_out


@dataclass(frozen=True)
class GroundEntry:
    """That a ground holds from a day on; or, with `ends`, that it does so no longer. `kind` is a Means or a Ground."""

    UNSAID: ClassVar = (
        "made_at",
        "kind",
        "disability",
        "level",
        "words",
    )  # told apart by `mark`: a fingerprint gives nothing away

    child: UUID
    kind: str
    on: date
    ends: bool = False
    disability: str = ""
    level: int = 0
    words: str = ""  # of a disability the certificate's number, of an illness which one it is
    id: UUID = field(default_factory=new_id)
    made_at: datetime | None = None
    mark: str = field(init=False)

    def __post_init__(self) -> None:
        told = (self.child, self.kind, self.disability, self.level, self.words)
        object.__setattr__(self, "mark", blind_index(":".join(str(one) for one in told)))


@transaction.atomic
def note_ground(*, entry: GroundEntry, by: User, at: datetime) -> HouseholdMeans | ChildGround:
    """Note that a ground holds, or that it ended. Sent again, nothing changes. The list of the unclaimed follows."""
    lock_villages(Child.objects.filter(pk=entry.child).values_list("village_code", flat=True))
    child = Child.objects.get(pk=entry.child)
    check_may_note_ground(by, child, entry.kind)
    check_day(entry.on, child=child, on=day_of(at))
    row = _end(child, entry) if entry.ends else _begin(child, entry, by=by, at=at)
    record(by=by, at=at, did="noted", on=row)
    home = list(Child.objects.filter(household=child.household_id)) if entry.kind in Means.values else [child]
    if entry.ends:
        _end_what_is_received(home, entry, by=by, at=at)
    work_out(home, on=day_of(at))
    return row


def _end_what_is_received(home: list[Child], entry: GroundEntry, *, by: User, at: datetime) -> None:
    """A home that receives a benefit no longer: nor does any of its children."""
    if (benefit := received_as(entry.kind)) is None:
        return
    marks = [benefit_mark(child.id, benefit.code) for child in home]
    rows = Application.objects.select_for_update().filter(benefit_index__in=marks, since__lte=entry.on)
    for application in rows.filter(state=ApplicationState.RECEIVING).order_by("id"):
        application.move_to(ApplicationState.ENDED, on=entry.on, by=by, at=at)
        record(by=by, at=at, did="noted", on=application, state=application.state)


def _begin(child: Child, entry: GroundEntry, *, by: User, at: datetime) -> HouseholdMeans | ChildGround:
    model = HouseholdMeans if entry.kind in Means.values else ChildGround
    fresh = not_yet_held(model, [entry])
    if not fresh:
        return model.objects.get(pk=entry.id)
    if _running(child, entry.kind):
        raise BadStep(_("This is noted already. End it first if something about it changed."), field="kind")
    common = {
        "id": entry.id,
        "village_code": child.village_code,
        "made_at": entry.made_at or at,
        "recorded_at": at,
        "recorded_by": by,
        "fingerprint": fresh[0][1],
        "since": entry.on,
    }
    if entry.kind in Means.values:
        return HouseholdMeans.objects.create(household_id=child.household_id, kind=entry.kind, **common)
    return ChildGround.objects.create(
        child=child, kind=entry.kind, kind_index=_mark(child, entry.kind), particulars=_particulars(entry), **common
    )


def _end(child: Child, entry: GroundEntry) -> HouseholdMeans | ChildGround:
    row = _running(child, entry.kind)
    if row is None:
        raise BadStep(_("Nothing of this is noted that could end."), field="kind")
    if entry.on <= row.since:
        raise BadStep(_("It began on %(day)s. Choose a later day.") % {"day": row.since}, field="on")
    row.until = entry.on
    row.save(update_fields=["until"])
    return row


def running_means(child: Child, kind: str) -> HouseholdMeans | None:
    return HouseholdMeans.objects.filter(household=child.household_id, kind=kind, until__isnull=True).first()


def running_ground(child: Child, kind: Ground) -> ChildGround | None:
    """A ground of a child's health that was noted and has not ended."""
    return ChildGround.objects.filter(kind_index=_mark(child, kind), until__isnull=True).first()


def says_the_same(held: ChildGround, entry: GroundEntry) -> bool:
    """Whether an entry says of a ground what is noted of it already, since that day or before."""
    return held.particulars == _particulars(entry) and held.since <= entry.on


def _running(child: Child, kind: str) -> HouseholdMeans | ChildGround | None:
    if kind in Means.values:
        return running_means(child, kind)
    return running_ground(child, Ground(kind))


def _mark(child: Child, kind: str) -> str:
    return blind_index(f"{child.id}:{kind}")


def _particulars(entry: GroundEntry) -> str:
    words = entry.words.strip()
    if entry.kind == Ground.DIAGNOSED:
        if entry.disability not in DisabilityKind.values:
            raise BadStep(_("Choose the kind, as the hospital's paper has it."), field="disability")
        return written(entry.disability, 0)
    if entry.kind != Ground.DISABILITY:
        return words if entry.kind == Ground.ILLNESS else ""
    if entry.disability not in DisabilityKind.values or entry.level not in (1, 2, 3, 4):
        raise BadStep(_("Copy the kind and the level from the certificate."), field="disability")
    return written(entry.disability, entry.level, words)
