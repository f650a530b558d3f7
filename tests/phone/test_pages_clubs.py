"""The club's pages, as the server sends them and as the phone writes them: the same, mark for mark."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ccmp.identifiers import new_id
from ccmp.moments import CHINA, DAY, WEEK, Month, day_of, monday_of, now
from ccmp.people.models import Posting, User
from ccmp.places.models import SchoolTerm
from children.entries import HouseholdEntry
from children.models import Child
from clubs.entries import ClosureEntry, SessionEntry
from clubs.models import Club, ClubClosure, ClubSession
from clubs.services.clubs import approve_closure, ask_for_closure, decline_closure, tell_opening_times
from clubs.services.sessions import enter_session
from clubs.services.today import REGULARS
from tests.factories import CLOUD_FOOT, SUIYANG, make_activity, make_child
from tests.phone.same_page import Ask, assert_same_page, on_the_phone

pytestmark = pytest.mark.browser
Same = Callable[..., None]
LONG_AGO = WEEK * 20


@pytest.fixture(params=["zh-hans", "en"])
def same(request: pytest.FixtureRequest, in_chromium: Ask, client: Client, mother: User) -> Same:
    """same(), same("/club/?month=2026-02"): asserts it, in either language."""
    mother.language = request.param
    mother.save(update_fields=["language"])
    return lambda address="/club/": assert_same_page(client, in_chromium, mother, address)


def today() -> date:
    return day_of(now())


def on(day: date, hour: int = 8, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), tzinfo=CHINA)


def opened(by: User, opened_at: datetime, minutes: int | None = 120, **facts: Any) -> ClubSession:
    opened_at = opened_at.replace(second=0, microsecond=0)
    closed_at = opened_at + timedelta(minutes=minutes) if minutes else None
    given = {"id": new_id(), "village_code": CLOUD_FOOT, "made_at": opened_at} | facts
    return enter_session(entry=SessionEntry(opened_at=opened_at, closed_at=closed_at, **given), by=by, at=now())


def term_between(first: date, last: date) -> None:
    SchoolTerm.objects.all().delete()
    SchoolTerm.objects.create(county_code=SUIYANG, name="学期", starts_on=first, ends_on=last)


def children(mother: User, number: int) -> list[Child]:
    return [make_child(mother, name=f"陈{chr(0x4E00 + one)}") for one in range(number)]


# ── the club's own page ─────────────────────────────────────────────────────────────────────────────────────────────


def test_a_shut_door_and_a_silent_month_are_the_same(same: Same):
    term_between(today() - LONG_AGO, today() + LONG_AGO)

    same()


def test_the_first_day_of_the_programme_is_the_same(same: Same):
    Club.objects.update(opened_on=today())

    same()


def test_an_open_door_is_the_same(same: Same, mother: User, child: Child):
    opened(mother, now() - timedelta(minutes=5), None, attended=frozenset({child.id}), visitors=3)

    same()


def test_a_door_that_was_left_open_is_the_same(same: Same, mother: User, child: Child):
    opened(mother, on(today() - DAY, 16), None)

    same()


def test_a_door_that_was_left_open_months_ago_is_the_same(same: Same, mother: User):
    opened(mother, on(today() - LONG_AGO, 16), None)

    same()


def test_weeks_that_are_met_short_silent_and_exempt_are_the_same(same: Same, mother: User, officer: User):
    """The weeks of last month, each with another end; the term ends in one of them."""
    month = Month.of_week(monday_of(today())).previous()
    met, short, _silent, exempt = month.mondays[:4]
    term_between(met - LONG_AGO, exempt + WEEK + DAY)
    for day in range(6):
        opened(mother, on(met + DAY * day, 14), 180)
    opened(mother, on(short, 16), 95)
    shut = ask_for_closure(
        entry=ClosureEntry(new_id(), CLOUD_FOOT, now(), exempt, exempt + WEEK - DAY, "修房子"), by=mother, at=now()
    )
    approve_closure(closure_id=shut.id, by=officer, at=now())

    same(f"/club/?month={month}")


def test_a_running_week_that_is_long_enough_is_the_same(same: Same, mother: User):
    term_between(today() - LONG_AGO, today() + LONG_AGO)
    monday = monday_of(today())
    Club.objects.update(opened_on=today())
    opened(mother, on(today(), 0, 1) if now() > on(today(), 0, 30) else now() - timedelta(minutes=2), 1)

    same()
    Club.objects.update(opened_on=monday - LONG_AGO)
    same()


def test_a_week_without_hours_is_the_same(same: Same):
    Club.objects.update(ended_on=today() - DAY, opened_on=today() - LONG_AGO)

    same()


def test_a_session_that_does_not_count_is_the_same(same: Same, mother: User):
    opened(mother, on(monday_of(today()) - WEEK, 16))
    Posting.objects.filter(user=mother).update(starts_at=on(today() - DAY))

    same()
    same(f"/club/?month={Month.of_week(monday_of(today())).previous()}")


@pytest.mark.parametrize("month", ["", "rubbish", "2999-01", "2026-13"])
def test_a_month_that_cannot_be_shown_shows_this_one(same: Same, month: str):
    same(f"/club/?month={month}")


def test_the_month_before_with_many_openings_is_the_same(same: Same, mother: User, child: Child):
    month = Month.of_week(monday_of(today())).previous()
    for day in range(7):
        opened(
            mother,
            on(month.mondays[0] + DAY * day, 16),
            61,
            attended=frozenset({child.id} if day % 2 else ()),
            visitors=day % 3,
        )

    same(f"/club/?month={month}")


def test_a_month_that_the_phone_does_not_hold_is_the_servers(in_chromium: Ask, mother: User):
    month = Month.of_week(monday_of(today())).previous().previous()

    assert on_the_phone(in_chromium, mother, f"/club/?month={month}", at=now()) is None
    assert on_the_phone(in_chromium, mother, reverse("clubs:session", args=[new_id()]), at=now()) is None


def test_a_village_without_a_club_is_told_so(same: Same, in_chromium: Ask, mother: User):
    Club.objects.filter(village_code=CLOUD_FOOT).delete()

    same()
    asked = on_the_phone(in_chromium, mother, "/club/activity/", at=now())
    assert asked == {"status": 302, "redirect": "/club/"}


# ── the roll ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_roll_of_an_empty_register_is_the_same(same: Same, mother: User):
    session = opened(mother, on(today() - DAY, 16))

    same(reverse("clubs:session", args=[session.id]))


def test_the_roll_of_sixty_has_the_same_regulars_in_the_same_order(same: Same, mother: User):
    """Some came never, some often, some only before the eight weeks; two are called alike."""
    known = children(mother, REGULARS * 2 + 12)
    twin = make_child(mother, name=known[5].name, household=HouseholdEntry(new_id(), "罗光荣", "石板组"))
    for weeks in (1, 2, 3, 7, 9):
        came = known[weeks :: weeks + 1]
        opened(mother, on(today() - WEEK * weeks, 16), attended=frozenset(one.id for one in came))
    running = opened(mother, now() - timedelta(minutes=9), None, attended=frozenset({twin.id, known[-1].id}))
    older = ClubSession.objects.newest_first()[3]

    same()
    same(reverse("clubs:session", args=[running.id]))
    same(reverse("clubs:session", args=[older.id]))


def test_the_roll_with_more_children_than_regulars_fit_is_the_same(same: Same, mother: User):
    known = children(mother, REGULARS + 6)
    session = opened(mother, on(today() - DAY, 16), attended=frozenset(one.id for one in known[2:]))

    same(reverse("clubs:session", args=[session.id]))


def test_a_child_that_left_still_counts_among_those_who_came(same: Same, mother: User, child: Child):
    opened(mother, now() - timedelta(minutes=9), None, attended=frozenset({child.id}))
    Child.objects.update(gone_on=today(), gone_why="left")

    same()


# ── the forms ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_form_of_a_missed_session_is_the_same(same: Same):
    same("/club/sessions/enter/")


def test_activities_held_are_the_same(same: Same, mother: User):
    same("/club/activity/")
    for number in range(12):
        make_activity(
            mother, f"2026-03-0{number % 7 + 1} 1{number % 3}:30", title="防溺水" * (number % 2), adults=number % 3
        )
    same("/club/activity/")


def test_closures_asked_are_the_same(same: Same, mother: User, officer: User):
    same("/club/closure/")
    for number in range(12):
        day = today() + DAY * (number % 5)
        ask_for_closure(
            entry=ClosureEntry(new_id(), CLOUD_FOOT, now(), day, day + DAY, f"下雨{number}"), by=mother, at=now()
        )
    first, second = ClubClosure.objects.in_order()[:2]
    approve_closure(closure_id=first.id, by=officer, at=now())
    decline_closure(closure_id=second.id, reason="请照常<开>", by=officer, at=now())
    same("/club/closure/")


def test_the_hours_of_a_week_are_the_same(same: Same, mother: User):
    same("/club/times/")
    tell_opening_times(village_code=CLOUD_FOOT, times=[(2, time(16, 30), time(18, 30))], by=mother, at=now())
    same("/club/times/")
