"""Sessions of a club, its open hours, its closures."""

from uuid import UUID, uuid4

import pytest

from clubs.models import ClubClosure, ClubSession
from tests.factories import (
    CLOUD_FOOT,
    FENGGANG_VILLAGE,
    STONE_SHOOT,
    make_child,
    make_foundation_officer,
    make_session,
    make_supervisor,
)

ONE = str(UUID(int=1))


def session(**changes):
    return {
        "id": ONE,
        "village_code": CLOUD_FOOT,
        "opened_at": "2026-03-09T16:00:00+08:00",
        "closed_at": "2026-03-09T18:30:00+08:00",
        "visitors": 2,
        **changes,
    }


def kept(mother, **changes):
    """A session as the API answers it, but for the moment at which the server got it."""
    return session(**changes) | {
        "made_at": changes.get("made_at", "2026-03-09T16:00:00+08:00"),
        "staffed_by": str(mother.id),
        "attended": changes.get("attended", []),
    }


def but(answer, *names):
    return {key: value for key, value in answer.items() if key not in names}


# ---------------------------------------------------------------------------------------------------------- sessions


def test_a_session_is_entered_with_who_came(mother, child, as_):
    response = as_(mother).post("club-sessions/", session(attended=[str(child.id)]))

    assert response.status_code == 201, response.json()
    assert but(response.json(), "recorded_at") == kept(mother, attended=[str(child.id)])


def test_a_session_sent_again_is_kept_once(mother, child, as_):
    sent = session(attended=[str(child.id)])
    first = as_(mother).post("club-sessions/", sent)

    again = as_(mother).post("club-sessions/", sent)

    assert (again.status_code, again.json()) == (200, first.json())
    assert ClubSession.objects.count() == 1


def test_the_order_of_the_children_is_not_its_content(mother, as_):
    children = [str(make_child(mother).id) for _ in range(3)]
    as_(mother).post("club-sessions/", session(attended=children))

    assert as_(mother).post("club-sessions/", session(attended=children[::-1])).status_code == 200


@pytest.mark.parametrize("changes", [{"visitors": 3}, {"closed_at": "2026-03-09T18:31:00+08:00"}, {"closed_at": None}])
def test_the_same_id_with_other_content_is_refused(mother, as_, changes):
    as_(mother).post("club-sessions/", session())

    response = as_(mother).post("club-sessions/", session(**changes))

    assert response.status_code == 409
    assert response.json()["type"] == "urn:ccmp:problem:same-id-other-content"
    assert ClubSession.objects.get().visitors == 2


def test_the_door_is_opened_and_shut(mother, as_):
    opened = as_(mother).post("club-sessions/", session(closed_at=None))

    shut = as_(mother).post(f"club-sessions/{ONE}/close/", {"closed_at": "2026-03-09T18:30:20+08:00"})

    assert (opened.status_code, opened.json()["closed_at"]) == (201, None)
    assert (shut.status_code, but(shut.json(), "recorded_at")) == (200, kept(mother))


def test_a_door_shut_twice_at_the_same_minute_is_shut(mother, as_):
    as_(mother).post("club-sessions/", session())

    same = as_(mother).post(f"club-sessions/{ONE}/close/", {"closed_at": "2026-03-09T10:30:00Z"})
    other = as_(mother).post(f"club-sessions/{ONE}/close/", {"closed_at": "2026-03-09T18:31:00+08:00"})

    assert (same.status_code, other.status_code) == (200, 409)
    assert other.json()["type"] == "urn:ccmp:problem:door-is-shut"


def test_a_door_that_is_open_is_not_opened_again(mother, as_):
    as_(mother).post("club-sessions/", session(closed_at=None))

    response = as_(mother).post(
        "club-sessions/", session(id=str(uuid4()), opened_at="2026-03-10T16:00:00+08:00", closed_at=None)
    )

    assert (response.status_code, response.json()["type"]) == (409, "urn:ccmp:problem:door-is-open")


def test_an_old_opening_sent_again_is_kept_while_the_next_one_runs(mother, as_):
    as_(mother).post("club-sessions/", session(closed_at=None))
    as_(mother).post(f"club-sessions/{ONE}/close/", {"closed_at": "2026-03-09T18:30:00+08:00"})
    following = session(id=str(uuid4()), opened_at="2026-03-10T16:00:00+08:00", closed_at=None)
    assert as_(mother).post("club-sessions/", following).status_code == 201

    assert as_(mother).post("club-sessions/", session(closed_at=None)).status_code == 200


@pytest.mark.parametrize(
    ("changes", "status", "kind", "field"),
    [
        ({"opened_at": "2026-03-09T17:00:00+08:00"}, 409, "sessions-overlap", "opened_at"),
        (
            {"opened_at": "2026-03-10T23:00:00+08:00", "closed_at": "2026-03-11T00:30:00+08:00"},
            409,
            "bad-session",
            "closed_at",
        ),
        (
            {"opened_at": "2099-03-10T16:00:00+08:00", "closed_at": "2099-03-10T17:00:00+08:00"},
            409,
            "bad-session",
            "opened_at",
        ),
        (
            {"opened_at": "2026-03-10T16:00:00+08:00", "closed_at": "2026-03-10T15:00:00+08:00"},
            409,
            "bad-session",
            "closed_at",
        ),
        (
            {"opened_at": "2025-08-31T16:00:00+08:00", "closed_at": "2025-08-31T17:00:00+08:00"},
            409,
            "no-club-here",
            "opened_at",
        ),
        ({"staffed_by": str(uuid4()), "opened_at": "2026-03-09T15:00:00+08:00"}, 409, "bad-session", "staffed_by"),
        ({"visitors": -1}, 400, "not-understood", "visitors"),
        ({"visitors": 10**12}, 400, "not-understood", "visitors"),
        ({"visitors": 2.5}, 400, "not-understood", "visitors"),
        ({"attended": "everybody"}, 400, "not-understood", "attended"),
        ({"attended": [str(UUID(int=n)) for n in range(1001)]}, 400, "not-understood", "attended"),
        ({"opened_at": "yesterday"}, 400, "not-understood", "opened_at"),
        ({"village_code": 520323100201}, 400, "not-understood", "village_code"),
    ],
)
def test_what_cannot_be_true_is_refused_by_its_field(mother, as_, changes, status, kind, field):
    make_session(mother, "2026-03-09 17:30", "2026-03-09 18:30")
    sent = session(closed_at="2026-03-09T17:30:00+08:00") | changes
    if changes.get("opened_at") == "2026-03-09T17:00:00+08:00":
        sent["closed_at"] = "2026-03-09T18:00:00+08:00"

    response = as_(mother).post("club-sessions/", sent)

    problem = response.json()
    assert (response.status_code, problem["type"], problem["field"]) == (status, f"urn:ccmp:problem:{kind}", field)
    assert ClubSession.objects.count() == 1


def test_only_children_of_the_village_come(mother, other_mother, as_):
    stranger = make_child(other_mother, STONE_SHOOT)

    response = as_(mother).post("club-sessions/", session(attended=[str(stranger.id)]))

    assert (response.status_code, response.json()["field"]) == (403, "attended")
    assert not ClubSession.objects.exists()


@pytest.mark.parametrize("who", ["other_mother", "officer", "education_officer"])
def test_nobody_else_records_the_club(request, mother, who, as_):
    response = as_(request.getfixturevalue(who)).post("club-sessions/", session())

    assert response.status_code == 403
    assert not ClubSession.objects.exists()


def test_nobody_else_shuts_the_door(mother, other_mother, officer, as_):
    as_(mother).post("club-sessions/", session(closed_at=None))
    closing = {"closed_at": "2026-03-09T18:30:00+08:00"}

    assert as_(other_mother).post(f"club-sessions/{ONE}/close/", closing).status_code == 404
    assert as_(officer).post(f"club-sessions/{ONE}/close/", closing).status_code == 403
    assert ClubSession.objects.get().closed_at is None


def test_sessions_are_listed_by_reach_month_and_subtree(mother, other_mother, officer, as_):
    as_(mother).post("club-sessions/", session())
    make_session(mother, "2026-02-28 10:00", "2026-02-28 12:00")
    make_session(other_mother, "2026-03-09 10:00", "2026-03-09 12:00", STONE_SHOOT)

    answer = as_(mother).get("club-sessions/", month="2026-03").json()

    assert answer["next"] is None
    assert [but(row, "recorded_at") for row in answer["results"]] == [kept(mother)]
    assert len(as_(mother).get("club-sessions/").json()["results"]) == 2
    assert len(as_(officer).get("club-sessions/").json()["results"]) == 3
    assert len(as_(officer).get("club-sessions/", under=STONE_SHOOT).json()["results"]) == 1


def test_a_list_of_sessions_costs_the_same_for_one_and_for_three(mother, child, as_, queries_of):
    caller = as_(mother)
    make_session(mother, "2026-03-02 16:00", "2026-03-02 18:00", attended=frozenset([child.id]))
    for_one = queries_of(lambda: caller.get("club-sessions/"))
    for day in ("2026-03-03", "2026-03-04"):
        make_session(mother, f"{day} 16:00", f"{day} 18:00", attended=frozenset([child.id]))

    assert queries_of(lambda: caller.get("club-sessions/")) == for_one == 5


# -------------------------------------------------------------------------------------------------------- open hours


def test_the_open_hours_of_a_month_have_exactly_the_contracts_shape(mother, as_):
    make_session(mother, "2026-03-02 08:00", "2026-03-02 20:00")
    make_session(mother, "2026-03-03 08:00", "2026-03-03 12:00")
    make_session(mother, "2026-03-09 16:00", "2026-03-09 18:00")

    answer = as_(mother).get(f"clubs/{CLOUD_FOOT}/open-hours/", month="2026-03").json()

    def week(monday, required, opened, state, *, term=7, holiday=0, exempt=0):
        return {
            "monday": monday,
            "term_days": term,
            "holiday_days": holiday,
            "exempt_days": exempt,
            "required_minutes": required,
            "open_minutes": opened,
            "met": state == "met",
            "state": state,
        }

    assert answer == {
        "required_minutes": 4 * 960,
        "open_minutes": 1080,
        "met": False,
        "weeks": [
            week("2026-03-02", 960, 960, "met"),
            week("2026-03-09", 960, 120, "short"),
            week("2026-03-16", 960, 0, "silent"),
            week("2026-03-23", 960, 0, "silent"),
        ],
    }


def test_the_foundation_compares_hours_without_seeing_sessions(mother, as_):
    foundation = as_(make_foundation_officer())
    make_session(mother)

    assert foundation.get(f"clubs/{CLOUD_FOOT}/open-hours/", month="2026-03").json()["open_minutes"] == 120
    assert foundation.get("club-sessions/").json()["results"] == []


@pytest.mark.parametrize("code", [STONE_SHOOT, FENGGANG_VILLAGE, "520323100999", "520323000000"])
def test_another_villages_hours_are_not_there(mother, as_, code):
    assert as_(mother).get(f"clubs/{code}/open-hours/").status_code == 404


def test_without_a_month_the_hours_are_those_of_this_one(mother, as_):
    answer = as_(mother).get(f"clubs/{CLOUD_FOOT}/open-hours/")

    assert answer.status_code == 200
    assert len(answer.json()["weeks"]) in (4, 5)


# ---------------------------------------------------------------------------------------------------------- closures

CLOSURE = {
    "id": ONE,
    "village_code": CLOUD_FOOT,
    "made_at": "2026-03-10T09:00:00+08:00",
    "starts_on": "2026-03-16",
    "ends_on": "2026-03-18",
    "reason": "屋顶漏雨，正在修",
}
ASKED = CLOSURE | {"state": "awaiting", "approved_at": None, "declined_at": None, "decline_reason": ""}


def test_a_closure_is_asked_for_once(mother, as_):
    first = as_(mother).post("closures/", CLOSURE)
    again = as_(mother).post("closures/", CLOSURE)
    other = as_(mother).post("closures/", CLOSURE | {"reason": "过节"})

    assert (first.status_code, first.json()) == (201, ASKED)
    assert (again.status_code, again.json()) == (200, ASKED)
    assert (other.status_code, other.json()["type"]) == (409, "urn:ccmp:problem:same-id-other-content")


def test_the_county_approves_and_the_days_are_exempt(mother, officer, as_):
    as_(mother).post("closures/", CLOSURE)

    response = as_(officer).post(f"closures/{ONE}/approve/")

    assert response.status_code == 200
    assert but(response.json(), "approved_at") == but(ASKED, "approved_at") | {"state": "approved"}
    weeks = as_(mother).get(f"clubs/{CLOUD_FOOT}/open-hours/", month="2026-03").json()["weeks"]
    assert (weeks[2]["exempt_days"], weeks[2]["required_minutes"]) == (3, 960 * 4 // 7)


def test_the_county_declines_with_a_reason(mother, officer, as_):
    as_(mother).post("closures/", CLOSURE)

    without = as_(officer).post(f"closures/{ONE}/decline/", {"reason": " "})
    response = as_(officer).post(f"closures/{ONE}/decline/", {"reason": "可以换一间教室"})
    late = as_(officer).post(f"closures/{ONE}/approve/")

    assert (without.status_code, without.json()["field"]) == (409, "reason")
    assert response.json()["state"] == "declined"
    assert response.json()["decline_reason"] == "可以换一间教室"
    assert (late.status_code, late.json()["type"]) == (409, "urn:ccmp:problem:closure-is-decided")


def test_only_the_county_decides(mother, other_county_officer, as_):
    as_(mother).post("closures/", CLOSURE)

    assert as_(mother).post(f"closures/{ONE}/approve/").status_code == 403
    assert as_(make_supervisor()).post(f"closures/{ONE}/approve/").status_code == 403
    assert as_(other_county_officer).post(f"closures/{ONE}/approve/").status_code == 404
    assert ClubClosure.objects.get().approved_at is None


def test_closures_are_listed_by_state_and_reach(mother, officer, other_county_officer, as_):
    as_(mother).post("closures/", CLOSURE)

    assert as_(officer).get("closures/", state="awaiting").json() == {"next": None, "results": [ASKED]}
    assert as_(officer).get("closures/", state="approved").json()["results"] == []
    assert as_(officer).get("closures/", state="declined").json()["results"] == []
    assert as_(other_county_officer).get("closures/").json()["results"] == []
