"""The register of incidents: reported, assessed, told to those concerned, closed; each with its clock."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ccmp.audit.record import record
from ccmp.moments import day_of
from ccmp.people.models import User
from ccmp.people.reach import may
from ccmp.places.rules.standards import value
from ccmp.privacy.enums import IncidentClockKind, IncidentKind, IncidentState
from ccmp.privacy.models import Incident, IncidentClock
from ccmp.privacy.rules.permission import check_may_move_incident, check_may_report_incident
from ccmp.refusals import NotAllowed, Refusal

ASSESS, NOTIFY = "privacy.incident_assess_hours", "privacy.incident_notify_hours"


class BadIncident(Refusal):
    """What was written of an incident lacks something."""


@dataclass(frozen=True)
class Found:
    """An incident as it is reported. `place_code`: the county's, or the whole programme's."""

    id: UUID
    place_code: str
    kind: IncidentKind
    happened_at: datetime
    found_at: datetime
    words: str
    children: int = 0
    of_health: bool = False


@transaction.atomic
def report_incident(*, found: Found, by: User, at: datetime) -> Incident:
    """Write it down; the clock of its assessment runs from when it was found. Sent again, nothing changes."""
    check_may_report_incident(by)
    if not may(by, "privacy.add_incident", at_place=found.place_code):
        raise NotAllowed(_("You write down what happened where you serve."))
    held = Incident.objects.filter(pk=found.id).first()
    if held is not None:
        return held
    if not found.happened_at <= found.found_at <= at:
        raise BadIncident(_("It happened first, then it was found, and neither lies in the future."), field="found_at")
    incident = Incident.objects.create(**vars(found), reported_by=by, reported_at=at)
    _start(incident, IncidentClockKind.ASSESS, f"{ASSESS}.{'grave' if found.of_health else 'plain'}", found.found_at)
    record(by=by, at=at, did="reported an incident", on=incident, kind=found.kind, children=found.children)
    return incident


@transaction.atomic
def assess_incident(*, incident_id: UUID, must_notify: bool, words: str, by: User, at: datetime) -> Incident:
    """How grave it is, and whether the authority and those concerned are told."""
    incident = _locked(incident_id, by, words)
    incident.must_notify = must_notify
    incident.move_to(IncidentState.ASSESSED, by=by, at=at, words=words.strip())
    _stop(incident, IncidentClockKind.ASSESS, by=by, at=at)
    if must_notify:
        _start(incident, IncidentClockKind.NOTIFY, NOTIFY, at)
    record(by=by, at=at, did="assessed an incident", on=incident, must_notify=must_notify)
    return incident


@transaction.atomic
def note_notification(*, incident_id: UUID, words: str, by: User, at: datetime) -> Incident:
    """Who was told, when and how."""
    incident = _locked(incident_id, by, words)
    incident.move_to(IncidentState.NOTIFIED, by=by, at=at, words=words.strip())
    _stop(incident, IncidentClockKind.NOTIFY, by=by, at=at)
    record(by=by, at=at, did="told of an incident", on=incident)
    return incident


@transaction.atomic
def close_incident(*, incident_id: UUID, words: str, by: User, at: datetime) -> Incident:
    """What was done so that it does not happen again. Not before those were told who have to be."""
    incident = _locked(incident_id, by, words)
    if incident.must_notify and incident.state == IncidentState.ASSESSED:
        raise BadIncident(_("First the authority and those concerned are told: the assessment says so."))
    incident.move_to(IncidentState.CLOSED, by=by, at=at, words=words.strip())
    record(by=by, at=at, did="closed an incident", on=incident)
    return incident


def _locked(incident_id: UUID, by: User, words: str) -> Incident:
    incident = Incident.objects.select_for_update(of=("self",)).get(pk=incident_id)
    check_may_move_incident(by, incident)
    if not words.strip():
        raise BadIncident(_("Write what was done."), field="words")
    return incident


def _start(incident: Incident, kind: IncidentClockKind, rule: str, since: datetime) -> None:
    due_at = since + timedelta(hours=value(rule, on=day_of(since)))
    IncidentClock.objects.create(
        incident=incident, village_code=incident.place_code, kind=kind, rule=rule, started_at=since, due_at=due_at
    )


def _stop(incident: Incident, kind: IncidentClockKind, *, by: User, at: datetime) -> None:
    incident.clocks.filter(kind=kind, stopped_at__isnull=True).update(stopped_at=at, stopped_by=by)
