"""What the phone works out of the club by itself: the same table through Python and through Chromium."""

import json
import random
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.utils import translation

from ccmp.identifiers import new_id
from ccmp.moments import DAY, WEEK, Month, day_of, days_between
from ccmp.people.models import User
from ccmp.places.enums import DayKind
from ccmp.places.rules.standards import values_in_turn
from ccmp.refusals import Refusal
from clubs.entries import ActivityEntry, ClosureEntry, SessionEntry
from clubs.enums import Theme, WeekState
from clubs.models import Club, ClubSession
from clubs.rules.open_hours import ClubCalendar, MonthOfHours, required_minutes, week_of
from clubs.rules.sessions import check_activity, check_closing, check_closure
from clubs.services.clubs import tell_opening_times
from clubs.services.phone import LETTERS
from clubs.services.sessions import close_club, enter_session, open_club
from clubs.templatetags.heat import week_bar
from tests.factories import CLOUD_FOOT, NOW, moment
from tests.phone.same_page import Ask

pytestmark = pytest.mark.browser


@pytest.fixture
def chance() -> random.Random:
    return random.Random(20260312)


def as_sent(entry: object) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, date | datetime)
        else value if value is None or isinstance(value, bool | int) else str(value)
        for name, value in asdict(entry).items() if name != "attended"
    }  # fmt: skip


def refused(do: Any, *args: Any, **kwargs: Any) -> list[str] | None:
    with translation.override("en"):
        try:
            do(*args, **kwargs)
        except Refusal as refusal:
            return [refusal.field or "", str(refusal)]
    return None


# ── the open hours ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_every_mixture_of_days_asks_for_the_same_minutes(in_chromium: Ask):
    cases = [
        {"termDays": term, "holidayDays": holiday, "termStandard": standards[0], "holidayStandard": standards[1]}
        for standards in ((960, 1920), (961, 1919), (0, 0))
        for term in range(8)
        for holiday in range(8 - term)
    ]

    on_phone = in_chromium(
        """async (load, cases) => {
            const { requiredMinutes } = await load("rules/open_hours.js");
            return cases.map(requiredMinutes);
        }""",
        cases,
    )

    assert on_phone == [
        required_minutes(
            term_days=one["termDays"],
            holiday_days=one["holidayDays"],
            term_standard=one["termStandard"],
            holiday_standard=one["holidayStandard"],
        )
        for one in cases
    ]


def a_calendar(chance: random.Random) -> ClubCalendar:
    def spans(most: int, longest: int) -> list[tuple[date, date]]:
        firsts = [date(2026, 1, 1) + DAY * chance.randrange(200) for _ in range(chance.randint(0, most))]
        return [(first, first + DAY * chance.randrange(longest)) for first in firsts]

    opened_on = date(2026, 1, 1) + DAY * chance.randrange(-200, 90)
    days_off = {date(2026, 1, 1) + DAY * chance.randrange(200): chance.choice(DayKind.values) for _ in range(12)}
    ended_on = opened_on + DAY * chance.randrange(1, 200) if chance.random() < 0.3 else None
    return ClubCalendar(opened_on, ended_on, spans(2, 120), spans(3, 14), days_off)


def sessions_of_a_while(chance: random.Random) -> list[dict[str, Any]]:
    """Of some weeks none, of others some; one may be open, and some do not count."""
    rows = []
    for week in range(20):
        for _ in range(chance.choice([0, 0, 1, 3, 6, 7])):
            opened_at = moment("2026-01-05 00:00") + WEEK * week + timedelta(minutes=chance.randrange(7 * 24 * 60))
            minutes = min(chance.choice([1, 30, 120, 160, 320]), 24 * 60 - opened_at.hour * 60 - opened_at.minute - 1)
            closed_at = opened_at + timedelta(minutes=minutes) if minutes > 0 and chance.random() < 0.95 else None
            rows.append({"opened_at": opened_at, "closed_at": closed_at, "uncounted": chance.random() < 0.1})
    return rows


def months_in_python(
    calendar: ClubCalendar, sessions: Sequence[dict[str, Any]], months: Sequence[Month], *, today: date
) -> list[Any]:
    found = []
    for month in months:
        weeks = []
        for monday in month.mondays:
            of_week = [one for one in sessions if monday <= day_of(one["opened_at"]) < monday + WEEK]
            counted = [one for one in of_week if one["closed_at"] and not one["uncounted"]]
            length = sum((one["closed_at"] - one["opened_at"] for one in counted), timedelta())
            weeks.append(
                week_of(
                    monday=monday,
                    calendar=calendar,
                    standards=(960, 1920),
                    open_minutes=int(length.total_seconds() // 60),
                    is_recorded=bool(of_week),
                    today=today,
                )
            )
        sums = MonthOfHours(tuple(weeks))
        rows = [
            [
                str(one.monday),
                str(one.sunday),
                one.term_days,
                one.holiday_days,
                one.exempt_days,
                one.required_minutes,
                one.open_minutes,
                str(one.state),
                one.met,
                one.missing_minutes,
            ]
            for one in weeks
        ]
        counts = [sums.count(state) for state in WeekState]
        found.append([rows, sums.required_minutes, sums.open_minutes, sums.met, counts])
    return found


MONTHS_ON_PHONE = """async (load, cases) => {
    const { mondaysOf, monthOfHours, weeksOf } = await load("rules/open_hours.js");
    return cases.map(({ club, sessions, months, today, states }) => months.map((month) => {
        const sums = monthOfHours(weeksOf({ club, sessions, mondays: mondaysOf(month), today }));
        const rows = sums.weeks.map((week) => [
            week.monday, week.sunday, week.term_days, week.holiday_days, week.exempt_days, week.required_minutes,
            week.open_minutes, week.state, week.met, week.missing_minutes,
        ]);
        return [rows, sums.required_minutes, sums.open_minutes, sums.met, states.map((state) => sums.count(state))];
    }));
}"""


def test_weeks_and_months_are_judged_alike(in_chromium: Ask, chance: random.Random):
    months = [Month(2026, number) for number in (1, 2, 3, 4, 5)]
    first, last = months[0].mondays[0], months[-1].mondays[-1] + WEEK
    in_python, cases = [], []
    for _ in range(120):
        calendar, sessions = a_calendar(chance), sessions_of_a_while(chance)
        today = date(2026, 1, 1) + DAY * chance.randrange(160)
        in_python.append(months_in_python(calendar, sessions, months, today=today))
        letters = "".join(LETTERS[calendar.day_type(day)] for day in days_between(first, last))
        days = {"from": str(first), "types": letters}
        cases.append(
            {
                "club": {"days": days, "standards": values_in_turn(("open_hours.",))},
                "sessions": json.loads(json.dumps(sessions, default=lambda at: at.isoformat())),
                "months": [str(month) for month in months],
                "today": str(today),
                "states": WeekState.values,
            }
        )

    on_phone = in_chromium(MONTHS_ON_PHONE, cases)

    assert on_phone == in_python
    judged = {row[7] for case in in_python for month in case for row in month[0]}
    assert judged == set(WeekState.values)


def test_a_month_is_read_and_named_alike(in_chromium: Ask):
    days = [date(2015, 12, 28) + DAY * number for number in range(0, 4200, 3)]
    texts = ["2026-03", "2026-3", "2026-13", "2026-00", "", "x", "2026-03-01", "0001-01", "9999-12", " 2026-03"]

    on_phone = in_chromium(
        """async (load, { days, texts }) => {
            const { mondaysOf, monthBefore, monthOfWeek, readMonth } = await load("rules/open_hours.js");
            const { mondayOf } = await load("words.js");
            const told = days.map((day) => [monthOfWeek(mondayOf(day)), monthBefore(day.slice(0, 7)), mondaysOf(day.slice(0, 7))]);
            return [told, texts.map((text) => readMonth(text))];
        }""",
        {"days": [str(day) for day in days], "texts": texts},
    )

    in_python = [
        [
            str(Month.of_week(day - DAY * day.weekday())),
            str(Month.of(day).previous()),
            [str(monday) for monday in Month.of(day).mondays],
        ]
        for day in days
    ]
    assert on_phone == [in_python, [read(text) for text in texts]]


def read(text: str) -> str:
    try:
        return str(Month.parse(text)) if Month.parse(text).year >= 1000 else ""
    except ValueError:
        return ""


def test_the_bar_of_a_week_is_as_long(in_chromium: Ask):
    pairs = [(done, asked) for done in range(0, 2700, 9) for asked in (1, 137, 548, 960, 1234, 1920, 2400)]

    on_phone = in_chromium(
        """async (load, pairs) => {
            const { twins } = await load("pages/clubs.js");
            return pairs.map(([open_minutes, required_minutes]) => {
                const bar = twins.week_bar({ open_minutes, required_minutes, state: "met" });
                return [bar.done, bar.standard, bar.anchor, bar.state];
            });
        }""",
        pairs,
    )

    in_python = []
    for done, asked in pairs:
        calendar = ClubCalendar(date(2026, 1, 1), None, [], [], {})
        week = week_of(
            monday=date(2026, 3, 9), calendar=calendar, standards=(0, asked), open_minutes=done,
            is_recorded=True, today=date(2026, 5, 1),
        )  # fmt: skip
        bar = week_bar(week)
        in_python.append([bar["done"], bar["standard"], bar["anchor"], "met"])
    assert on_phone == in_python


# ── sessions, activities, closures ──────────────────────────────────────────────────────────────────────────────────


def a_session(chance: random.Random) -> SessionEntry:
    """Around the clock of some days, to the second; some just now, some open."""
    some_day = moment("2026-03-08 22:00") + timedelta(seconds=chance.randrange(4 * 86400))
    opened_at = chance.choice([some_day, some_day, NOW - timedelta(minutes=chance.randrange(60))])
    length = timedelta(minutes=chance.choice([-60, 0, 1, 30, 120, 400]), seconds=chance.choice([0, 0, 30]))
    return SessionEntry(
        id=new_id(),
        village_code=CLOUD_FOOT,
        made_at=opened_at,
        opened_at=opened_at,
        closed_at=opened_at + length if chance.random() < 0.8 else None,
    )


def kept_before() -> list[dict[str, Any]]:
    rows = ClubSession.objects.newest_first()
    return [
        {
            "id": str(one.id),
            "opened_at": one.opened_at.isoformat(),
            "closed_at": one.closed_at and one.closed_at.isoformat(),
        }
        for one in rows
    ]


def told(club: dict[str, Any]) -> dict[str, str]:
    return {name: str(day) for name, day in club.items() if day}


def test_a_door_is_opened_and_a_session_entered_or_refused_alike(in_chromium: Ask, chance: random.Random, mother: User):
    """Through the services and their database, one after the other: what was kept stands in the way of the next."""
    in_python, cases = [], []
    for _ in range(150):
        club = {"opened_on": date(2026, 3, 9), "ended_on": chance.choice([None, date(2026, 3, 12)])}
        Club.objects.update(**club)
        entry = a_session(chance)
        if chance.random() < 0.4:
            ClubSession.objects.filter(pk__in=ClubSession.objects.values("pk")[:1]).delete()
        cases.append({"entry": as_sent(entry), "sessions": kept_before(), "club": told(club), "at": NOW.isoformat()})
        keep = enter_session if entry.closed_at else open_club
        in_python.append(refused(keep, entry=entry, by=mother, at=NOW))

    on_phone = in_chromium(
        """async (load, cases) => {
            const { checkOpening, checkWholeSession } = await load("rules/sessions.js");
            return cases.map(({ entry, ...held }) => {
                const wrong = (entry.closed_at ? checkWholeSession : checkOpening)(entry, held);
                return wrong && [wrong.field, wrong.sentence];
            });
        }""",
        cases,
    )

    assert on_phone == in_python
    assert len({tuple(one) for one in in_python if one}) == 7
    assert None in in_python


def test_a_door_is_shut_or_refused_alike(in_chromium: Ask, chance: random.Random, mother: User):
    session = open_club(
        entry=SessionEntry(id=new_id(), village_code=CLOUD_FOOT, made_at=NOW, opened_at=moment("2026-03-11 23:00")),
        by=mother,
        at=NOW,
    )
    in_python, cases = [], []
    for _ in range(120):
        was = chance.choice([None, None, moment("2026-03-11 23:30")])
        ClubSession.objects.update(closed_at=was)
        closed_at = moment("2026-03-11 22:58") + timedelta(seconds=chance.randrange(0, 5400, 20))
        closed_at = chance.choice([closed_at, moment("2026-03-11 23:30"), NOW, NOW + timedelta(minutes=1)])
        door = {"opened_at": session.opened_at.isoformat(), "closed_at": was and was.isoformat()}
        cases.append({"session": door, "closedAt": closed_at.isoformat(), "at": NOW.isoformat()})
        in_python.append(refused(close_club, session_id=session.id, closed_at=closed_at, by=mother, at=NOW))

    on_phone = in_chromium(
        """async (load, cases) => {
            const { checkShutting } = await load("rules/sessions.js");
            return cases.map(({ session, closedAt, at }) => {
                const wrong = checkShutting(session, closedAt, { at });
                return wrong && [wrong.field, wrong.sentence];
            });
        }""",
        cases,
    )

    assert on_phone == in_python
    assert len({tuple(one) for one in in_python if one}) == 4
    assert None in in_python


def test_a_closing_is_refused_alike_whatever_the_day(in_chromium: Ask, chance: random.Random):
    pairs = []
    for _ in range(200):
        opened_at = moment("2026-03-11 20:00") + timedelta(seconds=chance.randrange(8 * 3600))
        pairs.append((opened_at, opened_at + timedelta(seconds=chance.randrange(-600, 8 * 3600))))

    on_phone = in_chromium(
        """async (load, { pairs, at }) => {
            const { checkClosing } = await load("rules/sessions.js");
            return pairs.map(([openedAt, closedAt]) => {
                const wrong = checkClosing(openedAt, closedAt, { at });
                return wrong && [wrong.field, wrong.sentence];
            });
        }""",
        {"pairs": [[one.isoformat() for one in pair] for pair in pairs], "at": "2026-03-12T02:00:00+08:00"},
    )

    in_python = [refused(check_closing, *pair, at=moment("2026-03-12 02:00")) for pair in pairs]
    assert on_phone == in_python
    assert len({tuple(one) for one in in_python if one}) == 3


def test_an_activity_and_a_closure_are_refused_alike(in_chromium: Ask, chance: random.Random):
    activities = [
        ActivityEntry(
            new_id(),
            CLOUD_FOOT,
            NOW,
            chance.choice(Theme.values),
            NOW + timedelta(minutes=minutes),
            40,
            children,
            adults,
        )
        for minutes in (-5, 0, 1)
        for children in (0, 3)
        for adults in (0, 2)
    ]
    closures = [
        ClosureEntry(new_id(), CLOUD_FOOT, NOW, date(2026, 3, 12), date(2026, 3, last), reason)
        for last in (11, 12, 13)
        for reason in ("", "  ", "下雨")
    ]

    on_phone = in_chromium(
        """async (load, { activities, closures, at }) => {
            const { checkActivity, checkClosure } = await load("rules/sessions.js");
            const said = (wrong) => wrong && [wrong.field, wrong.sentence];
            return [activities.map((one) => said(checkActivity(one, { at }))), closures.map((one) => said(checkClosure(one)))];
        }""",
        {
            "activities": list(map(as_sent, activities)),
            "closures": list(map(as_sent, closures)),
            "at": NOW.isoformat(),
        },
    )

    assert on_phone == [
        [refused(check_activity, entry, at=NOW) for entry in activities],
        [refused(check_closure, entry) for entry in closures],
    ]


def test_the_hours_of_a_week_are_refused_alike(in_chromium: Ask, mother: User):
    clock = ["08:00", "16:30", "18:30"]
    cases = [[[0, first, last], [3, "09:00", "11:00"]] for first in clock for last in clock]

    on_phone = in_chromium(
        """async (load, cases) => {
            const { checkTimes } = await load("rules/sessions.js");
            return cases.map((times) => { const wrong = checkTimes(times); return wrong && [wrong.field, wrong.sentence]; });
        }""",
        cases,
    )

    def tell(times: list[Any]) -> None:
        hours = [(day, time.fromisoformat(first), time.fromisoformat(last)) for day, first, last in times]
        tell_opening_times(village_code=CLOUD_FOOT, times=hours, by=mother, at=NOW)

    assert on_phone == [refused(tell, times) for times in cases]


def test_an_activity_is_called_the_same(in_chromium: Ask):
    on_phone = in_chromium(
        """async (load, themes) => {
            const { themeSaid } = await load("pages/clubs/said.js");
            return themes.map(themeSaid);
        }""",
        Theme.values,
    )

    with translation.override("en"):
        assert on_phone == [str(theme.label) for theme in Theme]
