"""Invented months: each kind of village shows what its kind says, by the programme's own rules."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from chinese_calendar.constants import holidays as days_off

from ccmp.demo.activities import invent_activities
from ccmp.demo.chance import Chance
from ccmp.demo.geography import GUIZHOU_TOWNS, MOSTLY_HAN, SICHUAN_COUNTIES, plan
from ccmp.demo.home_visits import Round, invent_visits
from ccmp.demo.names import People
from ccmp.demo.numbers import NumberBook
from ccmp.demo.profiles import Kind, Profile, kinds_of, profile_of
from ccmp.demo.register import Home, invent_homes
from ccmp.demo.sessions import ClubYear, invent_sessions
from ccmp.demo.terms import terms_between
from ccmp.moments import DAY, WEEK, days_between, monday_of
from ccmp.places.enums import DayKind
from clubs.entries import SessionEntry
from clubs.enums import WeekState
from clubs.rules.open_hours import ClubCalendar, Week, week_of
from visits.enums import Outcome

FIRST, TODAY = date(2026, 5, 1), date(2026, 11, 22)
VILLAGE = "520323101901"
NOTICE = {day: DayKind.PUBLIC_HOLIDAY for day in days_off if day.year == 2026}
MOTHER, SUBSTITUTE = UUID(int=1), UUID(int=2)
TOWNSHIPS = [*GUIZHOU_TOWNS] + [
    f"{county}{number}" for county in ("520323", "522301", "522302", *SICHUAN_COUNTIES) for number in range(100, 125)
]


def profile(kind: Kind, seed: int = 7) -> Profile:
    return profile_of(Chance(seed, kind), kind, first=FIRST, today=TODAY)


def homes_of(of: Profile) -> list[Home]:
    numbers = NumberBook("520323", 0)
    people = People(MOSTLY_HAN)
    return invent_homes(Chance(7), people, numbers, village_code=VILLAGE, opens_on=of.opens_on, today=TODAY)


def club(of: Profile) -> tuple[list[SessionEntry], list[Week]]:
    """A village's sessions, and its weeks judged by the rule of the open hours."""
    terms = [(term.starts_on, term.ends_on) for term in terms_between(VILLAGE, FIRST, TODAY)]
    closures = [(of.trouble_from, of.trouble_until)] if of.kind == Kind.CLOSURE else []
    calendar = ClubCalendar(of.opens_on, None, terms, closures, NOTICE)
    children = [child for home in homes_of(of) for child in home.children]
    year = ClubYear(VILLAGE, calendar, of, MOTHER, SUBSTITUTE, children, TODAY)
    sessions = invent_sessions(Chance(7, "sessions"), year)
    return sessions, judged(sessions, calendar)


def judged(sessions: Sequence[SessionEntry], calendar: ClubCalendar) -> list[Week]:
    minutes: dict[date, int] = defaultdict(int)
    for session in sessions:
        assert session.closed_at
        minutes[monday_of(session.opened_at.date())] += (
            int((session.closed_at - session.opened_at).total_seconds()) // 60
        )
    return [
        week_of(
            monday=monday,
            calendar=calendar,
            standards=(960, 1920),
            open_minutes=minutes[monday],
            is_recorded=monday in minutes and minutes[monday] > 0,
            today=TODAY,
        )
        for monday in days_between(monday_of(FIRST), TODAY)
        if monday.weekday() == 0
    ]


def states(weeks: Sequence[Week]) -> Counter[WeekState]:
    return Counter(week.state for week in weeks)


@pytest.mark.parametrize("kind", Kind)
def test_sessions_could_all_be_entered(kind: Kind) -> None:
    sessions, _weeks = club(profile(kind))

    assert all(session.opened_at.date() < TODAY for session in sessions)
    assert all(session.closed_at and session.made_at >= session.closed_at for session in sessions)
    assert all(session.opened_at.date() == session.closed_at.date() for session in sessions if session.closed_at)
    assert all(earlier.closed_at <= later.opened_at for earlier, later in pairwise(sessions) if earlier.closed_at)
    assert not any(session.opened_at.date() in NOTICE for session in sessions)
    assert len({session.id for session in sessions}) == len(sessions)


def test_a_steady_village_meets_nearly_every_week() -> None:
    found = states(club(profile(Kind.STEADY))[1])

    assert found[WeekState.MET] >= 25
    assert found[WeekState.SILENT] == 0
    assert found[WeekState.RUNNING] == 1


def test_a_bad_month_is_four_short_weeks() -> None:
    of = profile(Kind.BAD_MONTH)

    short = [week for week in club(of)[1] if of.in_trouble(week.monday)]

    assert [week.state for week in short] == [WeekState.SHORT] * 4
    assert all(week.open_minutes > 0 for week in short)


@pytest.mark.parametrize(("kind", "count"), [(Kind.SILENT, 2), (Kind.SICK, 3)])
def test_weeks_of_which_nobody_recorded_anything_are_silent(kind: Kind, count: int) -> None:
    of = profile(kind)

    silent = [week.monday for week in club(of)[1] if week.state == WeekState.SILENT]

    assert silent == [of.trouble_from + number * WEEK for number in range(count)]


def test_an_approved_closure_exempts_its_week() -> None:
    of = profile(Kind.CLOSURE)

    week = next(week for week in club(of)[1] if week.monday == of.trouble_from)

    assert (week.state, week.exempt_days) == (WeekState.EXEMPT, 7)


def test_an_exact_village_is_open_for_exactly_the_required_minutes() -> None:
    weeks = [week for week in club(profile(Kind.EXACT))[1] if week.state != WeekState.RUNNING]

    assert len(weeks) == 29
    assert all(week.open_minutes == week.required_minutes for week in weeks)


def test_bulk_sessions_are_written_down_on_the_months_last_evening() -> None:
    sessions, _weeks = club(profile(Kind.BULK))

    assert {session.made_at.date() for session in sessions} == {
        date(2026, 5, 31), date(2026, 6, 30), date(2026, 7, 31), date(2026, 8, 31), date(2026, 9, 30),
        date(2026, 10, 31), date(2026, 11, 21),
    }  # fmt: skip


def test_a_late_village_begins_in_the_middle() -> None:
    of = profile(Kind.LATE)

    sessions, weeks = club(of)

    assert FIRST + timedelta(days=60) < of.opens_on <= sessions[0].opened_at.date()
    assert weeks[0].state == WeekState.EXEMPT


def test_a_substitute_stands_in_by_name_while_the_mother_is_away() -> None:
    of = profile(Kind.SUBSTITUTE)

    by = {(session.staffed_by, of.in_trouble(session.opened_at.date())) for session in club(of)[0]}

    assert by == {(MOTHER, False), (SUBSTITUTE, True)}


def test_some_sessions_of_an_empty_club_have_nobody_in_them() -> None:
    sessions, _weeks = club(profile(Kind.EMPTY))

    assert 0.2 < sum(not session.attended for session in sessions) / len(sessions) < 0.4


def test_activities_are_held_in_sessions_to_which_somebody_came() -> None:
    sessions, _weeks = club(profile(Kind.STEADY))

    activities = invent_activities(Chance(7), sessions)

    assert 10 <= len(activities) <= 20
    for one in activities:
        ends_at = one.held_at + timedelta(minutes=one.minutes)
        assert any(
            s.attended and s.closed_at and s.opened_at < one.held_at and ends_at <= s.closed_at for s in sessions
        )


def visited(kind: Kind) -> tuple[Profile, list[Home], Round]:
    of = profile(kind)
    homes = homes_of(of)
    return of, homes, invent_visits(Chance(7, "visits"), of, homes, NOTICE, today=TODAY)


def test_every_child_of_the_first_round_is_visited_within_the_60_days_nearly() -> None:
    of, homes, brought = visited(Kind.STEADY)
    first: dict[UUID, date] = {}
    for visit in brought.visits:
        if visit.outcome == Outcome.COMPLETED:
            first.setdefault(visit.child, visit.made_at.date())

    early = [home for home in homes if home.registered_at.date() < of.opens_on + 30 * DAY]
    in_time = [
        child.id in first and first[child.id] <= home.registered_at.date() + 60 * DAY
        for home in early
        for child in home.children
    ]
    assert sum(in_time) / len(in_time) > 0.9


def test_visits_follow_the_days_and_never_the_childs_registration() -> None:
    _of, homes, brought = visited(Kind.STEADY)
    registered = {child.id: home.registered_at for home in homes for child in home.children}

    assert all(earlier.made_at <= later.made_at for earlier, later in pairwise(brought.visits))
    assert all(visit.made_at > registered[visit.child] for visit in brought.visits)
    assert not any(visit.made_at.date() in NOTICE or visit.made_at.weekday() == 6 for visit in brought.visits)


def test_a_sick_mother_visits_nobody_and_a_bad_month_has_few_visits() -> None:
    per_day = {}
    for kind in (Kind.SICK, Kind.BAD_MONTH):
        of, _homes, brought = visited(kind)
        days = (of.trouble_until - of.trouble_from).days + 1
        per_day[kind] = sum(of.in_trouble(visit.made_at.date()) for visit in brought.visits) / days

    assert per_day[Kind.SICK] == 0
    assert 0 < per_day[Kind.BAD_MONTH] < 3.5


def test_findings_are_told_of_children_of_whom_they_can_be_true() -> None:
    _of, homes, brought = visited(Kind.STEADY)
    known = {child.id for home in homes for child in home.children}

    assert brought.findings
    assert all(finding.child.id in known and finding.seen for finding in brought.findings)


def test_of_a_hundred_villages_sixty_two_are_steady_and_every_kind_occurs() -> None:
    kinds = Counter(kinds_of(Chance(7), 100))

    assert kinds[Kind.STEADY] == 62
    assert set(kinds) == set(Kind)


def test_the_programme_lies_in_ten_towns_of_guizhou_and_a_hundred_townships_of_sichuan() -> None:
    counties = plan(villages=213, seed=7, townships=TOWNSHIPS)
    villages = [village for county in counties for village in county.villages]
    of_guizhou = [village for village in villages if village.code.startswith("52")]

    assert len(villages) == len({village.code for village in villages}) == 213
    assert (len(of_guizhou), {village.code[:9] for village in of_guizhou}) == (113, set(GUIZHOU_TOWNS))
    assert len({village.township_code for village in villages if village.code.startswith("51")}) == 100
    assert all(village.code[9:] >= "901" for village in villages)


@pytest.mark.parametrize("villages", [1, 20, 30])
def test_a_small_demo_lies_in_one_county(villages: int) -> None:
    counties = plan(villages=villages, seed=7, townships=TOWNSHIPS)

    assert [(county.prefix, len(county.villages)) for county in counties] == [("520323", villages)]


def test_more_villages_than_townships_hold_are_refused() -> None:
    with pytest.raises(ValueError, match="only 253 villages find a place"):
        plan(villages=300, seed=7, townships=TOWNSHIPS)


def test_terms_leave_out_spring_festival_and_summer() -> None:
    terms = terms_between("520323000000", date(2025, 9, 1), date(2026, 9, 30))

    assert [(term.starts_on, term.ends_on) for term in terms] == [
        (date(2025, 9, 1), date(2026, 1, 30)),
        (date(2026, 3, 2), date(2026, 7, 10)),
        (date(2026, 9, 1), date(2027, 1, 15)),
    ]
