"""Flags: raised in the village, taken up, settled or dismissed by the county."""

from uuid import UUID, uuid4

import pytest

from tests.factories import (
    CLOUD_FOOT,
    STONE_SHOOT,
    make_child,
    make_county_officer,
    make_flag,
    make_foundation_officer,
    make_supervisor,
    make_visit,
)
from visits.models import Flag

ONE = str(UUID(int=1))


def flag(child, **changes):
    return {
        "id": ONE,
        "village_code": CLOUD_FOOT,
        "made_at": "2026-03-11T09:00:00+08:00",
        "child": str(child.id) if child else None,
        "kind": "dropped_out",
        "seen": "开学两周没有到校。",
        **changes,
    }


def clock(kind, due_at, rule, started="2026-03-11T09:00:00+08:00"):
    return {"kind": kind, "started_at": started, "due_at": due_at, "rule": rule, "stopped_at": None}


def kept(child, **changes):
    return {
        "id": ONE,
        "village_code": CLOUD_FOOT,
        "child": {"id": str(child.id), "village_code": CLOUD_FOOT, "name": "陈雨欣", "born_on": "2014-06-01"},
        "child_words": "",
        "visit": None,
        "kind": "dropped_out",
        "severity": "serious",
        "seen": "开学两周没有到校。",
        "situation": "",
        "raised_at": "2026-03-11T09:00:00+08:00",
        "police_told_at": None,
        "police_told_whom": "",
        "state": "raised",
        "answer": "",
        "clocks": [clock("acknowledge", "2026-03-16T09:00:00+08:00", "flags.acknowledge_working_days.serious")],
        **changes,
    }


def but(answer, *names):
    return {key: value for key, value in answer.items() if key not in names}


def test_a_flag_is_raised_and_its_clock_runs(mother, child, as_):
    response = as_(mother).post("flags/", flag(child))

    assert response.status_code == 201, response.json()
    assert but(response.json(), "recorded_at") == kept(child)


def test_a_mandatory_flag_runs_its_three_clocks(mother, child, as_):
    sent = flag(
        child, kind="bullying", police_told_at="2026-03-11T09:20:00+08:00", police_told_whom="洋川派出所 王警官"
    )

    answer = as_(mother).post("flags/", sent).json()

    assert (answer["severity"], answer["police_told_whom"]) == ("mandatory", "洋川派出所 王警官")
    assert [(clock["kind"], clock["due_at"], clock["stopped_at"] is not None) for clock in answer["clocks"]] == [
        ("acknowledge", "2026-03-12T09:00:00+08:00", False),
        ("written_record", "2026-03-12T09:00:00+08:00", True),
        ("tell_reporter", "2026-03-16T09:00:00+08:00", False),
    ]


def test_a_flag_sent_again_is_kept_once(mother, child, as_):
    first = as_(mother).post("flags/", flag(child))
    again = as_(mother).post("flags/", flag(child))
    other = as_(mother).post("flags/", flag(child, seen="别的事"))

    assert (first.status_code, again.status_code, again.json()) == (201, 200, first.json())
    assert (other.status_code, other.json()["type"]) == (409, "urn:ccmp:problem:same-id-other-content")
    assert Flag.objects.count() == 1


def test_a_child_without_a_name_can_be_in_danger_too(mother, as_):
    answer = as_(mother).post("flags/", flag(None, child_words="男孩，约七岁")).json()

    assert (answer["child"], answer["child_words"]) == (None, "男孩，约七岁")


@pytest.mark.parametrize(
    ("changes", "status", "field"),
    [
        ({"made_at": "2099-01-01T00:00:00+08:00"}, 409, "made_at"),
        ({"child": None}, 409, "child_words"),
        ({"child": str(uuid4())}, 409, "child"),
        ({"visit": str(uuid4())}, 409, "visit"),
        ({"police_told_at": "2026-03-11T09:20:00+08:00"}, 409, "police_told_whom"),
        ({"police_told_at": "2099-03-11T09:20:00+08:00", "police_told_whom": "110"}, 409, "police_told_at"),
        ({"seen": ""}, 400, "seen"),
        ({"kind": "bad_weather"}, 400, "kind"),
        ({"severity": "extreme"}, 400, "severity"),
        ({"raised_by": "x"}, 400, "raised_by"),
    ],
)
def test_what_cannot_be_true_is_refused_by_its_field(mother, child, as_, changes, status, field):
    response = as_(mother).post("flags/", flag(child) | changes)

    assert (response.status_code, response.json()["field"]) == (status, field)
    assert not Flag.objects.exists()


def test_the_visit_of_a_flag_was_to_the_same_child(mother, child, as_):
    to_another = make_visit(mother, make_child(mother))
    to_this_one = make_visit(mother, child)

    refused = as_(mother).post("flags/", flag(child, visit=str(to_another.id)))
    taken = as_(mother).post("flags/", flag(child, visit=str(to_this_one.id)))

    assert (refused.status_code, refused.json()["field"]) == (409, "visit")
    assert (taken.status_code, taken.json()["visit"]) == (201, str(to_this_one.id))


@pytest.mark.parametrize("who", ["other_mother", "officer", "other_county_officer"])
def test_nobody_else_raises_a_flag_here(request, child, who, as_):
    response = as_(request.getfixturevalue(who)).post("flags/", flag(child))

    assert response.status_code == 403
    assert not Flag.objects.exists()


def test_who_raised_it_is_told_to_nobody(mother, officer, child, as_):
    as_(mother).post("flags/", flag(child))

    body = as_(officer).get(f"flags/{ONE}/").content.decode()

    assert str(mother.id) not in body
    assert mother.full_name not in body


def test_the_county_takes_it_up_and_the_clock_stops(mother, officer, child, as_):
    as_(mother).post("flags/", flag(child))

    answer = as_(officer).post(f"flags/{ONE}/acknowledge/", {"answer": "今天联系学校"}).json()

    assert (answer["state"], answer["answer"]) == ("acknowledged", "今天联系学校")
    assert answer["clocks"][0]["stopped_at"] is not None
    again = as_(officer).post(f"flags/{ONE}/acknowledge/")
    assert (again.status_code, again.json()["type"]) == (409, "urn:ccmp:problem:flag-has-moved-on")


def test_the_county_settles_it_with_an_answer(mother, officer, child, as_):
    as_(mother).post("flags/", flag(child))
    as_(officer).post(f"flags/{ONE}/acknowledge/")

    without = as_(officer).post(f"flags/{ONE}/close/")
    closed = as_(officer).post(f"flags/{ONE}/close/", {"answer": "已回校上课"})

    assert (without.status_code, without.json()["field"]) == (409, "answer")
    assert (closed.json()["state"], closed.json()["answer"]) == ("closed", "已回校上课")


def test_a_mandatory_flag_is_dismissed_by_two_officers(mother, officer, child, as_):
    second = make_county_officer()
    as_(mother).post("flags/", flag(child, kind="bullying"))

    proposed = as_(officer).post(f"flags/{ONE}/dismiss/", {"reason": "是误会"})
    alone = as_(officer).post(f"flags/{ONE}/dismiss/", {"reason": "是误会"})
    dismissed = as_(second).post(f"flags/{ONE}/dismiss/", {"reason": "已核实，是误会"})

    assert proposed.json()["state"] == "dismissal_proposed"
    assert (alone.status_code, alone.json()["type"]) == (409, "urn:ccmp:problem:second-officer-needed")
    assert (dismissed.json()["state"], dismissed.json()["answer"]) == ("dismissed", "已核实，是误会")


def test_a_flag_is_not_dismissed_without_a_reason(mother, officer, child, as_):
    as_(mother).post("flags/", flag(child))

    response = as_(officer).post(f"flags/{ONE}/dismiss/", {"reason": ""})

    assert (response.status_code, response.json()["field"]) == (409, "reason")


@pytest.mark.parametrize("move", ["acknowledge", "dismiss", "close"])
@pytest.mark.parametrize(
    ("who", "status"),
    [("mother", 403), ("other_mother", 404), ("other_county_officer", 404), ("education_officer", 404)],
)
def test_only_its_county_moves_a_flag(request, mother, child, who, status, move, as_):
    as_(mother).post("flags/", flag(child))
    words = {"acknowledge": {}, "dismiss": {"reason": "x"}, "close": {"answer": "x"}}[move]

    response = as_(request.getfixturevalue(who)).post(f"flags/{ONE}/{move}/", words)

    assert response.status_code == status
    assert Flag.objects.get().state == "raised"


def test_flags_are_listed_newest_first_by_state_and_reach(
    mother, other_mother, officer, other_county_officer, child, as_
):
    as_(mother).post("flags/", flag(child))
    make_flag(other_mother, make_child(other_mother, STONE_SHOOT), "2026-03-10 09:00")

    listed = as_(mother).get("flags/").json()

    assert listed["next"] is None
    assert [but(row, "recorded_at") for row in listed["results"]] == [kept(child)]
    assert len(as_(officer).get("flags/", state="raised").json()["results"]) == 2
    assert as_(officer).get("flags/", state="closed").json()["results"] == []
    assert len(as_(make_supervisor()).get("flags/", under=STONE_SHOOT).json()["results"]) == 1
    assert as_(other_county_officer).get("flags/").json()["results"] == []
    assert as_(make_foundation_officer()).get("flags/").json()["results"] == []


def test_another_countys_flag_is_not_there(mother, other_county_officer, child, as_):
    as_(mother).post("flags/", flag(child))

    assert as_(other_county_officer).get(f"flags/{ONE}/").status_code == 404


def test_a_list_of_flags_costs_the_same_for_one_and_for_three(mother, child, as_, queries_of):
    caller = as_(mother)
    make_flag(mother, child)
    for_one = queries_of(lambda: caller.get("flags/"))
    make_flag(mother, make_child(mother))
    make_flag(mother, make_child(mother))

    assert queries_of(lambda: caller.get("flags/")) == for_one == 6
