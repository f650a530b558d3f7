"""How far a child is with a benefit: it was applied for, granted, refused, or it ended."""

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
from children.enums import RUNNING_APPLICATIONS, ApplicationState
from children.models import Application, Child, HouseholdMeans
from children.models.entitlement import ApplicationHasMovedOn, benefit_mark
from children.rules.benefits import benefits
from children.rules.claims import BadStep, check_day, check_may_note_step
from children.services.grounds import GroundEntry, note_ground, running_means
from children.services.take_up import work_out


@dataclass(frozen=True)
class ApplicationEntry:
    """That somebody applied for a benefit for a child, on a day."""

    UNSAID: ClassVar = ("made_at", "benefit")  # told apart by `mark`: a fingerprint gives nothing away

    child: UUID
    benefit: str
    on: date
    id: UUID = field(default_factory=new_id)
    made_at: datetime | None = None
    mark: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "mark", benefit_mark(self.child, self.benefit))


@transaction.atomic
def note_application(*, entry: ApplicationEntry, by: User, at: datetime) -> Application:
    """Note that a benefit was applied for. Sent again, the application that is held comes back."""
    child = _locked(entry.child)
    check_may_note_step(by, child, benefits()[entry.benefit])
    fresh = not_yet_held(Application, [entry])
    if not fresh:
        return Application.objects.get(pk=entry.id)
    check_day(entry.on, child=child, on=day_of(at))
    if Application.objects.filter(benefit_index=entry.mark, state__in=RUNNING_APPLICATIONS).exists():
        raise BadStep(_("This benefit is applied for or received already. Look at its state first."), field="benefit")
    application = Application.objects.create(
        id=entry.id,
        village_code=child.village_code,
        made_at=entry.made_at or at,
        recorded_at=at,
        recorded_by=by,
        fingerprint=fresh[0][1],
        child=child,
        benefit=entry.benefit,
        benefit_index=entry.mark,
        applied_on=entry.on,
        since=entry.on,
    )
    _tell(application, child, by=by, at=at)
    return application


@transaction.atomic
def note_received(*, entry: ApplicationEntry, by: User, at: datetime) -> Application:
    """Note that a child receives a benefit that nobody here had applied for: the day is the first one of it."""
    application = note_application(entry=entry, by=by, at=at)
    if application.state == ApplicationState.RECEIVING:
        return application
    return note_grant(child_id=entry.child, benefit=entry.benefit, on=entry.on, by=by, at=at)


@transaction.atomic
def note_grant(*, child_id: UUID, benefit: str, on: date, by: User, at: datetime) -> Application:
    """Note that a benefit was granted and is received from a day on. One of the whole home is noted of the home too."""
    application = _move(child_id, benefit, ApplicationState.RECEIVING, on=on, by=by, at=at)
    kind = benefits()[benefit].received_as
    if kind and running_means(application.child, kind) is None:
        note_ground(entry=GroundEntry(child_id, kind, on), by=by, at=at)
    return application


def note_refusal(*, child_id: UUID, benefit: str, on: date, why: str, by: User, at: datetime) -> Application:
    """Note that an application was refused, with the office's reason."""
    if not why.strip():
        raise BadStep(_("Write the reason that the office gave."), field="why")
    return _move(child_id, benefit, ApplicationState.REFUSED, on=on, by=by, at=at, why=why)


@transaction.atomic
def note_end(*, child_id: UUID, benefit: str, on: date, why: str, by: User, at: datetime) -> Application:
    """Note that a benefit ended, or that its application was taken back."""
    of_home = _noted_of_the_home(child_id, benefit)
    if of_home and not Application.objects.filter(benefit_index=benefit_mark(child_id, benefit)).exists():
        note_received(entry=ApplicationEntry(child_id, benefit, of_home.since), by=by, at=at)
    application = _move(child_id, benefit, ApplicationState.ENDED, on=on, by=by, at=at, why=why)
    if of_home and of_home.since < on and _was_received(application):
        note_ground(entry=GroundEntry(child_id, of_home.kind, on, ends=True), by=by, at=at)
    return application


def _was_received(application: Application) -> bool:
    last = application.moves.order_by("at", "id").last()
    return last is not None and last.came_from == ApplicationState.RECEIVING


def _noted_of_the_home(child_id: UUID, benefit: str) -> HouseholdMeans | None:
    kind = benefits()[benefit].received_as
    return running_means(_locked(child_id), kind) if kind else None


@transaction.atomic
def _move(
    child_id: UUID, benefit: str, state: ApplicationState, *, on: date, by: User, at: datetime, why: str = ""
) -> Application:
    child = _locked(child_id)
    check_may_note_step(by, child, benefits()[benefit])
    rows = Application.objects.select_for_update().filter(benefit_index=benefit_mark(child_id, benefit))
    application = rows.order_by("-applied_on", "-recorded_at", "-id").first()
    if application is None:
        raise ApplicationHasMovedOn()
    if application.state == state and application.since == on:
        return application
    check_day(on, child=child, on=day_of(at), after=application.since)
    application.move_to(state, on=on, by=by, at=at, why=why.strip())
    _tell(application, child, by=by, at=at)
    return application


def _locked(child_id: UUID) -> Child:
    lock_villages(Child.objects.filter(pk=child_id).values_list("village_code", flat=True))
    return Child.objects.get(pk=child_id)


def _tell(application: Application, child: Child, *, by: User, at: datetime) -> None:
    """The list follows at once; the trail says who noted a step of which row, and never of which benefit."""
    work_out([child], on=day_of(at))
    record(by=by, at=at, did="noted", on=application, state=application.state)
