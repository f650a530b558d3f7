"""A benefit of the whole home: noted of the home, it is received by each child; noted of a child, by the home."""

from datetime import date, timedelta

import pytest

from ccmp.identifiers import new_id
from ccmp.moments import Month
from children.entries import HouseholdEntry
from children.enums import ApplicationState, EntitlementState, GoneWhy, Means
from children.models import Application, Child, HouseholdMeans, Unclaimed
from children.services.entitlements import ApplicationEntry, note_application, note_end, note_grant
from children.services.grounds import GroundEntry, note_ground
from children.services.take_up import entitlements_of_child, work_out
from children.services.take_up_list import unclaimed
from children.services.take_up_month import counted_months
from tests.children.test_take_up import make_orphan
from tests.factories import CLOUD_FOOT, NOW, TODAY, make_child

LONG_AGO, APPLIED_ON, GRANTED_ON, ENDED_ON = date(2025, 1, 5), date(2026, 1, 5), date(2026, 2, 2), date(2026, 3, 2)
BENEFIT = "minimum_living"


@pytest.fixture
def siblings(mother):
    """Two children of one home whose income is low."""
    home = HouseholdEntry(id=new_id(), head_name="罗国强", neighbourhood="上寨组")
    first, second = (make_child(mother, name=name, household=home) for name in ("罗小军", "罗小梅"))
    note(first, mother, Means.LOW_INCOME)
    return first, second


def note(child, by, kind, on=LONG_AGO, **said):
    return note_ground(entry=GroundEntry(child.id, kind, on, **said), by=by, at=NOW)


def apply(child, by, benefit=BENEFIT):
    return note_application(entry=ApplicationEntry(child.id, benefit, APPLIED_ON), by=by, at=NOW)


def state_of(child, benefit=BENEFIT):
    return next(one.state for one in entitlements_of_child(child, on=TODAY) if one.benefit.code == benefit)


def means_of(child):
    return sorted(HouseholdMeans.objects.filter(household=child.household_id).values_list("kind", "since", "until"))


def test_what_is_granted_to_one_child_is_noted_of_the_home_and_received_by_both(siblings, mother):
    first, second = siblings
    assert Unclaimed.objects.filter(benefit=BENEFIT).count() == 2
    apply(first, mother)

    note_grant(child_id=first.id, benefit=BENEFIT, on=GRANTED_ON, by=mother, at=NOW)

    assert means_of(first) == [("low_income", LONG_AGO, None), ("minimum_living", GRANTED_ON, None)]
    assert [state_of(child) for child in siblings] == [EntitlementState.RECEIVING] * 2
    assert not Unclaimed.objects.filter(benefit=BENEFIT).exists()
    assert Unclaimed.objects.filter(child=second, benefit="medical_aid").exists()


def test_what_ends_for_one_child_ends_for_the_home(siblings, mother):
    first, second = siblings
    apply(first, mother)
    note_grant(child_id=first.id, benefit=BENEFIT, on=GRANTED_ON, by=mother, at=NOW)

    note_end(child_id=first.id, benefit=BENEFIT, on=ENDED_ON, why="收入超过标准", by=mother, at=NOW)

    assert means_of(first) == [("low_income", LONG_AGO, None), ("minimum_living", GRANTED_ON, ENDED_ON)]
    assert [state_of(first), state_of(second)] == [EntitlementState.ENDED, EntitlementState.MAY_QUALIFY]


def test_what_ends_for_the_home_ends_for_each_child(siblings, mother):
    first, _second = siblings
    apply(first, mother)
    note_grant(child_id=first.id, benefit=BENEFIT, on=GRANTED_ON, by=mother, at=NOW)

    note(first, mother, Means.MINIMUM_LIVING, on=ENDED_ON, ends=True)

    application = Application.objects.get()
    assert (application.state, application.since) == (ApplicationState.ENDED, ENDED_ON)
    assert state_of(first) == EntitlementState.ENDED


def test_what_was_noted_of_the_home_alone_can_be_ended_from_a_childs_page(siblings, mother):
    first, _second = siblings
    note(first, mother, Means.MINIMUM_LIVING, on=GRANTED_ON)

    note_end(child_id=first.id, benefit=BENEFIT, on=ENDED_ON, why="", by=mother, at=NOW)

    moves = list(Application.objects.get().moves.order_by("id").values_list("went_to", "on"))
    assert moves == [("receiving", GRANTED_ON), ("ended", ENDED_ON)]
    assert means_of(first)[1] == ("minimum_living", GRANTED_ON, ENDED_ON)


def test_an_application_that_is_taken_back_leaves_what_the_home_receives(siblings, mother):
    first, second = siblings
    apply(first, mother)
    note(first, mother, Means.MINIMUM_LIVING, on=GRANTED_ON)

    note_end(child_id=first.id, benefit=BENEFIT, on=ENDED_ON, why="", by=mother, at=NOW)

    assert means_of(first)[1] == ("minimum_living", GRANTED_ON, None)
    assert state_of(second) == EntitlementState.RECEIVING


def test_the_months_figure_counts_a_home_that_receives_it(siblings, mother):
    first, _second = siblings
    note(first, mother, Means.MINIMUM_LIVING, on=date(2026, 2, 1))

    counts = counted_months([CLOUD_FOOT], Month(2026, 3), known_before=NOW + timedelta(hours=1))

    assert counts[CLOUD_FOOT][BENEFIT] == [2, 0, 2]


# ── an orphan who came of age ───────────────────────────────────────────────────────────────────────────────────────


def grown_orphan(by, born_on, **facts):
    child = make_orphan(by, born_on=date(2010, 6, 1), school_stage="vocational")
    Child.objects.filter(pk=child.pk).update(born_on=born_on, **facts)
    return Child.objects.get(pk=child.pk)


def listed(child, officer):
    return [row.benefit for row in unclaimed(officer, on=TODAY).filter(child=child)]


@pytest.mark.parametrize(
    ("born_on", "expected"),
    [
        (date(2008, 3, 12), ["orphan_studies"]),
        (date(2007, 3, 13), ["orphan_studies"]),
        (date(2007, 3, 12), []),
    ],
    ids=["18 today", "19 tomorrow", "19 today"],
)
def test_who_came_of_age_stays_listed_for_her_studies_for_a_year(mother, officer, born_on, expected):
    child = grown_orphan(mother, born_on, gone_on=TODAY, gone_why=GoneWhy.OF_AGE)

    found = work_out([child], on=TODAY)

    assert (listed(child, officer), found) == (expected, [])


def test_who_moved_away_before_she_came_of_age_is_not_listed(mother, officer):
    child = grown_orphan(mother, date(2008, 3, 12), gone_on=date(2026, 3, 2), gone_why=GoneWhy.LEFT)

    work_out([child], on=TODAY)

    assert listed(child, officer) == []
