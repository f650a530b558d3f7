"""What goes down to a mother's phone of her club."""

import json
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.test.utils import CaptureQueriesContext

from ccmp.identifiers import new_id
from ccmp.people.models import Posting
from clubs.entries import ClosureEntry
from clubs.models import Club
from clubs.services.clubs import approve_closure, ask_for_closure, decline_closure, tell_opening_times
from clubs.services.phone import docs, short_ids
from tests.factories import (
    CLOUD_FOOT,
    NOW,
    STONE_SHOOT,
    make_activity,
    make_child,
    make_county_officer,
    make_foundation_officer,
    make_session,
    moment,
)


def held(user: Any, *, at: Any = NOW) -> dict[str, Any]:
    """The sheets by id, as JSON would carry them."""
    return {doc.id: json.loads(json.dumps(doc.body)) for doc in docs(user, at=at)}


def closure(mother: Any, first: int, last: int, reason: str = "修房子") -> Any:
    days = {"starts_on": date(2026, 3, first), "ends_on": date(2026, 3, last)}
    entry = ClosureEntry(id=new_id(), village_code=CLOUD_FOOT, made_at=NOW, reason=reason, **days)
    return ask_for_closure(entry=entry, by=mother, at=NOW)


def test_the_days_of_five_months_go_down_as_letters(mother):
    """From the first Monday of last month: term days, holidays, and what is exempt."""
    days = held(mother)["club"]["days"]

    first = date.fromisoformat(days["from"])
    told = {first + timedelta(days=number): letter for number, letter in enumerate(days["types"])}
    assert (first, max(told)) == (date(2026, 2, 2), date(2026, 5, 31))
    assert [told[date(2026, 3, day)] for day in (1, 2)] == ["H", "T"]
    assert [told[date(2026, 4, day)] for day in (3, 4, 5, 6, 7)] == ["T", "-", "-", "-", "T"]


def test_a_day_before_the_club_opened_and_one_from_its_end_on_are_exempt(mother):
    Club.objects.filter(village_code=CLOUD_FOOT).update(opened_on=date(2026, 2, 4), ended_on=date(2026, 3, 20))

    club = held(mother)["club"]

    assert (club["opened_on"], club["ended_on"]) == ("2026-02-04", "2026-03-20")
    assert club["days"]["types"][:3] == "--H"
    assert club["days"]["types"][45:47] == "T-"


def test_an_approved_closure_exempts_its_days_and_one_that_waits_does_not(mother, officer):
    approved, waits, declined = closure(mother, 3, 4), closure(mother, 5, 5, "下雨"), closure(mother, 6, 6)
    approve_closure(closure_id=approved.id, by=officer, at=NOW)
    decline_closure(closure_id=declined.id, reason="请照常开", by=officer, at=NOW)

    club = held(mother)["club"]

    assert club["days"]["types"][28:33] == "T--TT"
    at = "2026-03-12T10:00+08:00"
    assert club["closures"] == [
        {
            "id": str(declined.id),
            "starts_on": "2026-03-06",
            "ends_on": "2026-03-06",
            "reason": "修房子",
            "declined_at": at,
            "decline_reason": "请照常开",
        },
        {"id": str(waits.id), "starts_on": "2026-03-05", "ends_on": "2026-03-05", "reason": "下雨"},
        {
            "id": str(approved.id),
            "starts_on": "2026-03-03",
            "ends_on": "2026-03-04",
            "reason": "修房子",
            "approved_at": at,
        },
    ]


def test_the_standards_the_hours_told_and_the_activities_held_go_down(mother):
    tell_opening_times(village_code=CLOUD_FOOT, times=[(0, time(16, 30), time(18, 30))], by=mother, at=NOW)
    activity = make_activity(mother, "2026-03-09 16:30", title="防溺水")

    club = held(mother)["club"]

    assert club["standards"] == {
        "open_hours.term_minutes_a_week": [["2015-10-01", 960]],
        "open_hours.holiday_minutes_a_week": [["2015-10-01", 1920]],
    }
    assert club["times"] == [[0, "16:30", "18:30"]]
    assert club["activities"] == [
        {
            "id": str(activity.id),
            "theme": activity.theme,
            "title": "防溺水",
            "held_at": "2026-03-09T16:30+08:00",
            "minutes": activity.minutes,
            "children": activity.children,
        }
    ]


def test_a_session_goes_down_with_who_came_by_the_ends_of_their_ids(mother, child):
    session = make_session(mother, attended=frozenset({child.id}), visitors=2)

    assert held(mother)[f"session:{session.id}"] == {
        "opened_at": "2026-03-09T16:00+08:00",
        "closed_at": "2026-03-09T18:00+08:00",
        "came": child.id.hex[-8:],
        "visitors": 2,
    }


def test_two_ids_that_end_alike_go_down_whole():
    first, second, third = UUID(int=1 << 64), UUID(int=2 << 64), UUID(int=3)

    assert short_ids([first, second, third]) == {first: str(first), second: str(second), third: "00000003"}


def test_sessions_go_down_from_eight_weeks_before_last_month_on(mother):
    make_session(mother, "2025-12-07 16:00", "2025-12-07 18:00")
    first = make_session(mother, "2025-12-08 16:00", "2025-12-08 18:00")

    assert set(held(mother)) == {"club", f"session:{first.id}"}


def test_a_door_that_was_left_open_goes_down_however_long_ago(mother):
    forgotten = make_session(mother, "2025-10-01 16:00", None)

    assert held(mother)[f"session:{forgotten.id}"] == {"opened_at": "2025-10-01T16:00+08:00"}


def test_a_session_whose_keeper_was_not_posted_then_is_marked_as_not_counting(mother):
    session = make_session(mother)
    Posting.objects.filter(user=mother).update(starts_at=moment("2026-03-09 16:01"))

    assert held(mother)[f"session:{session.id}"]["uncounted"] is True


def test_nothing_of_another_village_goes_down(mother, other_mother):
    make_session(other_mother, village_code=STONE_SHOOT, attended=frozenset({make_child(other_mother, STONE_SHOOT).id}))

    assert set(held(mother)) == {"club"}


def test_who_keeps_no_club_gets_no_sheet(mother):
    officer, foundation = make_county_officer(), make_foundation_officer()
    Club.objects.filter(village_code=CLOUD_FOOT).delete()

    assert [held(user) for user in (mother, officer, foundation)] == [{}, {}, {}]


def test_as_many_queries_for_many_sessions_as_for_one(mother):
    counts = []
    for days in ((2,), (3, 4, 5)):
        for day in days:
            came = frozenset({make_child(mother).id})
            make_session(mother, f"2026-03-0{day} 16:00", f"2026-03-0{day} 18:00", attended=came)
        with CaptureQueriesContext(connection) as queries:
            held(type(mother).objects.get(pk=mother.pk))
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 14
