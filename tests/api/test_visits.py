"""Visits, and who is due one."""

from datetime import date
from uuid import UUID, uuid4

import pytest

from tests.factories import (
    CLOUD_FOOT,
    STONE_SHOOT,
    SUIYANG,
    make_child,
    make_flag,
    make_foundation_officer,
    make_visit,
)
from visits.models import Visit

ONE = str(UUID(int=1))
ON = "2026-03-12"


def visit(child, **changes):
    return {
        "id": ONE,
        "child": str(child.id),
        "made_at": "2026-03-10T15:00:00+08:00",
        "outcome": "completed",
        "answers": {"carer": 0, "contact": 2, "school": 1, "mood": 0},
        "notes": {"contact": "爸爸三周没有来电话"},
        "note": "爷爷腿脚不好",
        "seen_alone": True,
        **changes,
    }


def kept(child, **changes):
    return visit(child) | {
        "village_code": CLOUD_FOOT,
        "checklist": 1,
        "not_alone_because": "",
        "score": 3,
        "level": "low",
        "override": "",
        **changes,
    }


def but(answer, *names):
    return {key: value for key, value in answer.items() if key not in names}


def test_a_visit_is_recorded_and_its_risk_assessed(mother, child, as_):
    response = as_(mother).post("visits/", visit(child))

    assert response.status_code == 201, response.json()
    assert but(response.json(), "recorded_at") == kept(child)


def test_a_danger_that_is_high_by_itself_makes_high(mother, child, as_):
    answer = as_(mother).post("visits/", visit(child, answers={"mood": 2})).json()

    assert (answer["score"], answer["level"]) == (4, "high")


def test_an_attempt_assesses_nothing(mother, child, as_):
    sent = {"id": ONE, "child": str(child.id), "made_at": "2026-03-10T15:00:00+08:00", "outcome": "nobody_home"}

    answer = as_(mother).post("visits/", sent).json()

    expected = kept(
        child, outcome="nobody_home", answers={}, notes={}, note="", seen_alone=None, score=None, level="none"
    )
    assert but(answer, "recorded_at") == expected


def test_a_visit_sent_again_is_kept_once(mother, child, as_):
    first = as_(mother).post("visits/", visit(child))
    again = as_(mother).post("visits/", visit(child))
    other = as_(mother).post("visits/", visit(child, note="别的"))

    assert (first.status_code, again.status_code, again.json()) == (201, 200, first.json())
    assert (other.status_code, other.json()["type"]) == (409, "urn:ccmp:problem:same-id-other-content")
    assert Visit.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "status", "field"),
    [
        ({"made_at": "2099-01-01T00:00:00+08:00"}, 409, "made_at"),
        ({"seen_alone": None}, 409, "seen_alone"),
        ({"seen_alone": False}, 409, "not_alone_because"),
        ({"answers": {}}, 409, "answers"),
        ({"answers": {"shoes": 1}}, 409, "answers"),
        ({"outcome": "refused"}, 409, "outcome"),
        ({"child": str(uuid4())}, 409, "child"),
        ({"made_at": "2013-06-01T00:00:00+08:00"}, 400, "made_at"),
        ({"answers": {"carer": 3}}, 400, "answers.carer"),
        ({"answers": {"carer": "bad"}}, 400, "answers.carer"),
        ({"answers": [1, 2]}, 400, "answers"),
        ({"answers": {f"x{'y' * n}": 1 for n in range(101)}}, 400, "answers"),
        ({"notes": {"carer": {"a": 1}}}, 400, "notes.carer"),
        ({"notes": {"\x00": "x"}}, 400, "notes"),
        ({"note": "x" * 4001}, 400, "note"),
        ({"outcome": "partly"}, 400, "outcome"),
        ({"override": "gut_feeling"}, 400, "override"),
    ],
)
def test_what_cannot_be_true_is_refused_by_its_field(mother, child, as_, changes, status, field):
    response = as_(mother).post("visits/", visit(child) | changes)

    assert (response.status_code, response.json()["field"]) == (status, field)
    assert not Visit.objects.exists()


def test_a_visit_before_the_child_was_born_is_refused(mother, as_):
    child = make_child(mother, born_on=date(2026, 2, 1))

    response = as_(mother).post("visits/", visit(child, made_at="2026-01-31T15:00:00+08:00"))

    assert (response.status_code, response.json()["field"]) == (409, "made_at")


@pytest.mark.parametrize("who", ["other_mother", "officer", "other_county_officer", "education_officer"])
def test_nobody_else_visits_this_child(request, child, who, as_):
    response = as_(request.getfixturevalue(who)).post("visits/", visit(child))

    assert (response.status_code, response.json()["type"]) == (409, "urn:ccmp:problem:no-such-child")
    assert not Visit.objects.exists()


def test_visits_are_listed_newest_first_by_reach_and_child(mother, other_mother, officer, child, as_):
    as_(mother).post("visits/", visit(child))
    make_visit(mother, make_child(mother), "2026-03-11 15:00")
    make_visit(other_mother, make_child(other_mother, STONE_SHOOT), "2026-03-09 15:00")

    of_child = as_(mother).get("visits/", child=str(child.id)).json()

    assert of_child["next"] is None
    assert [but(row, "recorded_at") for row in of_child["results"]] == [kept(child)]
    days = [row["made_at"][:10] for row in as_(officer).get("visits/").json()["results"]]
    assert days == ["2026-03-11", "2026-03-10", "2026-03-09"]
    assert len(as_(officer).get("visits/", under=STONE_SHOOT).json()["results"]) == 1
    assert as_(make_foundation_officer()).get("visits/").json()["results"] == []


def test_a_list_of_visits_costs_the_same_for_one_and_for_three(mother, child, as_, queries_of):
    caller = as_(mother)
    make_visit(mother, child, "2026-03-02 15:00")
    for_one = queries_of(lambda: caller.get("visits/"))
    for day in ("2026-03-03", "2026-03-04"):
        make_visit(mother, child, f"{day} 15:00")

    assert queries_of(lambda: caller.get("visits/")) == for_one == 4


# --------------------------------------------------------------------------------------------------------------- due


def due(response):
    return [(row["child"]["name"], row["due_on"], row["level"], row["days_late"]) for row in response.json()["results"]]


def test_who_is_due_most_urgent_first(mother, as_):
    late = make_child(mother, name="罗小军")
    make_visit(mother, late, "2026-03-02 15:00", answers={"mood": 2})
    first_visit = make_child(mother, name="陈雨欣")
    raised = make_child(mother, name="杨小妹")
    make_flag(mother, raised, "2026-03-11 09:00", kind="unattended_under_8")

    answer = as_(mother).get("visits/due/", on=ON)

    assert due(answer) == [("罗小军", "2026-03-09", "high", 3), ("杨小妹", "2026-03-12", "high", 0)]
    assert answer.json()["results"][0] == {
        "child": {"id": str(late.id), "village_code": CLOUD_FOOT, "name": "罗小军", "born_on": "2014-06-01"},
        "due_on": "2026-03-09",
        "level": "high",
        "days_late": 3,
        "set_on": "2026-03-02",
        "rule": "visits.interval_days.high",
    }
    assert due(as_(mother).get("visits/due/", on="2026-04-30"))[2] == (first_visit.name, "2026-04-30", "none", 0)


def test_a_visit_that_found_nobody_leaves_the_child_due(mother, child, as_):
    make_visit(mother, child, "2026-04-29 15:00", outcome="nobody_home")

    assert due(as_(mother).get("visits/due/", on="2026-05-02")) == [("陈雨欣", "2026-04-30", "none", 2)]


def test_whoever_came_of_age_is_due_no_more(mother, as_):
    make_child(mother, born_on=date(2008, 4, 1))

    assert len(due(as_(mother).get("visits/due/", on="2026-03-31", under=SUIYANG))) == 0
    make_child(mother, born_on=date(2008, 6, 1), name="快成年")
    assert due(as_(mother).get("visits/due/", on="2026-05-31")) == [("快成年", "2026-04-30", "none", 31)]
    assert due(as_(mother).get("visits/due/", on="2026-06-01")) == []


def test_each_sees_who_is_due_in_her_own_reach(mother, other_mother, other_county_officer, officer, as_):
    make_child(mother, name="陈雨欣")
    make_child(other_mother, STONE_SHOOT, name="罗小军")

    def names(user, **query):
        return [row[0] for row in due(as_(user).get("visits/due/", on="2026-05-01", **query))]

    assert names(mother) == ["陈雨欣"]
    assert names(officer) == ["陈雨欣", "罗小军"]
    assert names(officer, under=STONE_SHOOT) == ["罗小军"]
    assert names(other_county_officer) == []
    assert names(make_foundation_officer()) == []


def test_the_due_list_costs_the_same_for_one_and_for_three(mother, as_, queries_of):
    caller = as_(mother)
    make_child(mother)
    for_one = queries_of(lambda: caller.get("visits/due/", on="2026-05-01"))
    make_child(mother)
    make_child(mother)

    assert queries_of(lambda: caller.get("visits/due/", on="2026-05-01")) == for_one == 5
