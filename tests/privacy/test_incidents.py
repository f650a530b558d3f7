"""The register of incidents: at once where harm may follow, three days otherwise; told before it is closed."""

from datetime import timedelta

import pytest

from ccmp.identifiers import new_id
from ccmp.privacy.enums import NEXT_INCIDENT_STATES, IncidentKind, IncidentState
from ccmp.privacy.models import Incident, IncidentClock, IncidentHasMovedOn, IncidentMove
from ccmp.privacy.services.incident_list import lines_of
from ccmp.privacy.services.incidents import (
    BadIncident,
    Found,
    assess_incident,
    close_incident,
    note_notification,
    report_incident,
)
from ccmp.refusals import NotAllowed
from tests import factories
from tests.factories import FENGGANG, NOW, SUIYANG

HOUR = timedelta(hours=1)


def reported(by, *, of_health=False, found_at=NOW, place=SUIYANG, happened_at=NOW - HOUR):
    words = "手机遗失，内有一村名册。"
    found = Found(new_id(), place, IncidentKind.LOST_PHONE, happened_at, found_at, words, 540, of_health)
    return report_incident(found=found, by=by, at=NOW)


@pytest.mark.parametrize(("of_health", "hours"), [(True, 1), (False, 72)])
def test_the_clock_of_its_assessment_runs_from_when_it_was_found(officer, of_health, hours):
    incident = reported(officer, of_health=of_health, found_at=NOW - HOUR / 2)

    clock = incident.clocks.get()

    assert (clock.started_at, clock.due_at - clock.started_at) == (NOW - HOUR / 2, hours * HOUR)
    assert IncidentClock.objects.overdue(at=clock.due_at + HOUR).get() == clock


def test_from_the_report_to_the_end_each_step_is_told_and_stops_its_clock(officer):
    incident = reported(officer)
    step = {"incident_id": incident.pk, "by": officer, "at": NOW + HOUR}

    assess_incident(**step, must_notify=True, words="手机已停用；告知网信办和家庭。")
    with pytest.raises(BadIncident):
        close_incident(**step, words="关闭")
    note_notification(**step, words="3月12日书面报县网信办，逐户告知。")
    close_incident(**step, words="全县手机改为更短的锁屏时间。")

    assert list(IncidentMove.objects.order_by("id").values_list("went_to", flat=True)) == [
        "assessed",
        "notified",
        "closed",
    ]
    assert not IncidentClock.objects.running().exists()
    assert lines_of([Incident.objects.get()], at=NOW)[0].running is None
    with pytest.raises(IncidentHasMovedOn):
        close_incident(**step, words="再关闭一次")


def test_every_state_is_reached_and_the_last_one_leads_nowhere():
    assert set(NEXT_INCIDENT_STATES) == set(IncidentState)
    assert {one for ways in NEXT_INCIDENT_STATES.values() for one in ways} == set(IncidentState) - {"reported"}
    assert NEXT_INCIDENT_STATES["closed"] == frozenset()


def test_it_neither_lies_ahead_nor_was_found_before_it_happened_nor_is_it_somewhere_else(officer, mother):
    with pytest.raises(BadIncident):
        reported(officer, found_at=NOW + HOUR)
    with pytest.raises(BadIncident):
        reported(officer, happened_at=NOW, found_at=NOW - HOUR)
    for person, place in ((officer, FENGGANG), (mother, SUIYANG)):
        with pytest.raises(NotAllowed):
            reported(person, place=place)


def test_the_auditor_reads_and_takes_no_step(officer):
    incident, auditor = reported(officer), factories.make_auditor()

    assert list(Incident.objects.visible_to(auditor)) == [incident]
    with pytest.raises(NotAllowed):
        close_incident(incident_id=incident.pk, words="关闭", by=auditor, at=NOW)
