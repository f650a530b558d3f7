"""Each constraint on what is kept of data protection keeps out the row that its name forbids."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction

from ccmp.identifiers import new_id
from ccmp.privacy.enums import IncidentKind, RequestKind, WhyOpened
from ccmp.privacy.models import GuardianRequest, Incident, IncidentClock, IncidentMove, LegalHold, Opening, Study
from ccmp.privacy.services.extracts import ask_for_study
from ccmp.privacy.services.holds import hold_back
from ccmp.privacy.services.incidents import Found, report_incident
from ccmp.privacy.services.requests import Asked, register_request
from tests import factories
from tests.factories import NOW, SUIYANG

EARLIER = NOW - timedelta(days=1)
# name → (model, what is changed of its one row); a callable is asked for the value with the row.
FORBIDDEN = {
    "a_legal_hold_says_why": (LegalHold, {"why": ""}),
    "a_legal_hold_is_lifted_by_somebody_at_some_time": (LegalHold, {"lifted_at": NOW}),
    "a_hold_is_lifted_after_it_began": (LegalHold, {"lifted_at": EARLIER, "lifted_by": lambda row: row.by}),
    "a_request_is_asked_by_somebody": (GuardianRequest, {"asked_by": ""}),
    "a_request_is_due_after_it_is_asked": (GuardianRequest, {"due_at": EARLIER}),
    "an_answered_request_says_who_and_when": (GuardianRequest, {"state": "done"}),
    "a_declined_request_says_why": (
        GuardianRequest,
        {"state": "declined", "answered_at": NOW, "answered_by": lambda row: row.by},
    ),
    "an_opened_file_closes_again": (Opening, {"ends_at": EARLIER}),
    "an_opening_is_judged_by_somebody_at_some_time": (Opening, {"verdict": "right"}),
    "nobody_judges_what_she_opened": (
        Opening,
        {"verdict": "right", "judged_at": NOW, "judged_by": lambda row: row.by},
    ),
    "an_incident_says_what_happened": (Incident, {"words": ""}),
    "an_incident_is_found_after_it_happened": (Incident, {"found_at": EARLIER}),
    "an_assessed_incident_says_whether_it_is_told": (Incident, {"state": "assessed"}),
    "each_step_of_an_incident_is_told": (IncidentMove, {"words": ""}),
    "incidentclock_is_due_after_it_starts": (IncidentClock, {"due_at": EARLIER}),
    "incidentclock_is_stopped_by_somebody_at_some_time": (
        IncidentClock,
        {"stopped_by": lambda row: row.incident.reported_by},
    ),
    "an_incident_has_each_clock_once": (IncidentClock, None),
    "a_study_is_approved_by_somebody_at_some_time": (Study, {"approved_at": NOW}),
    "nobody_approves_her_own_study": (Study, {"approved_at": NOW, "approved_by": lambda row: row.asked_by}),
}


def forbid(row, change):
    if change is None:  # a second one beside it
        row.pk = None
        row.save(force_insert=True)
    else:
        values = {field: value(row) if callable(value) else value for field, value in change.items()}
        type(row).objects.filter(pk=row.pk).update(**values)


@pytest.fixture
def one_of_each(child, officer):
    hold_back(child=child, why="法院来函", until=None, by=officer, at=NOW)
    register_request(child=child, asked=Asked(new_id(), RequestKind.COPY, "陈国富", "61"), by=officer, at=NOW)
    ends_at = NOW + timedelta(hours=24)
    Opening.objects.create(child=child, by=officer, why=WhyOpened.FOUND, words="找到", began_at=NOW, ends_at=ends_at)
    found = Found(new_id(), SUIYANG, IncidentKind.PAPER, NOW, NOW, "一张纸")
    incident = report_incident(found=found, by=officer, at=NOW)
    moved = {"came_from": "reported", "went_to": "assessed", "by": officer, "at": NOW, "words": "看过"}
    IncidentMove.objects.create(incident=incident, **moved)
    ask_for_study(name="研究", purpose="问题", by=factories.make_researcher(), at=NOW)


@pytest.mark.parametrize("name", FORBIDDEN)
def test_a_row_that_the_constraint_forbids_is_kept_out(one_of_each, name):
    model, change = FORBIDDEN[name]
    row = model.objects.get()

    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        forbid(row, change)

    assert refused.value.__cause__.diag.constraint_name == name


def test_every_constraint_has_its_line():
    named = {
        one.name
        for model in apps.get_app_config("privacy").get_models()
        for one in model._meta.constraints
        if isinstance(one, models.BaseConstraint)
    }

    assert named == set(FORBIDDEN)
