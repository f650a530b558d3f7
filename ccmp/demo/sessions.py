"""The days of an invented club: when its door was open, and who came."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from ccmp.demo.chance import Chance
from ccmp.demo.profiles import Kind, Profile
from ccmp.moments import CHINA, DAY, WEEK, Month, days_between, monday_of
from ccmp.places.rules.standards import value
from children.entries import ChildEntry
from children.models import years_before
from clubs.entries import SessionEntry
from clubs.enums import DayType
from clubs.rules.open_hours import ClubCalendar, required_minutes

SHORTEST = 30
PLAYS_FROM, PLAYS_UNTIL = 4, 16
SATURDAY = 5


@dataclass(frozen=True)
class Slot:
    """A time of day at which this club opens: minutes after midnight, its usual and its greatest length."""

    opens: int
    usual: int
    longest: int


AFTER_SCHOOL, MORNING, AFTERNOON = Slot(16 * 60 + 20, 115, 170), Slot(9 * 60, 160, 180), Slot(14 * 60, 165, 215)


@dataclass(frozen=True)
class ClubYear:
    """All that the sessions of one village follow from."""

    village_code: str
    calendar: ClubCalendar
    profile: Profile
    mother: UUID
    substitute: UUID | None
    children: Sequence[ChildEntry]
    today: date


def invent_sessions(chance: Chance, year: ClubYear) -> list[SessionEntry]:
    """Every session from the club's first day to the day before today, oldest first."""
    sessions: list[SessionEntry] = []
    monday = monday_of(year.calendar.opened_on)
    while monday < year.today:
        own = chance.apart(monday)
        for day, slot, minutes in _week(own, year, monday):
            if minutes and day < year.today:
                sessions.append(_session(own, year, day, slot, minutes))
        monday += WEEK
    return sessions


def _week(chance: Chance, year: ClubYear, monday: date) -> Iterator[tuple[date, Slot, int]]:
    """The slots of a week with their minutes: until the week's minutes are reached."""
    types = {day: year.calendar.day_type(day) for day in days_between(monday, monday + WEEK - DAY)}
    left = _minutes_of_week(chance, year, monday, list(types.values()))
    slots = [(day, slot) for day, kind in types.items() for slot in _slots(day, kind)]
    if year.profile.kind == Kind.SICK:
        slots = [(day, slot) for day, slot in slots if not year.profile.in_trouble(day)]
    generous = left > sum(slot.usual for _day, slot in slots)
    for number, (day, slot) in enumerate(slots):
        if left < SHORTEST:
            return
        minutes = slot.longest if generous else slot.usual + chance.between(-8, 12)
        minutes = min(left, minutes, slot.longest)
        if 0 < left - minutes < SHORTEST or number == len(slots) - 1:
            minutes = left if left <= slot.longest else min(left - SHORTEST, slot.longest)
        left -= minutes
        yield day, slot, minutes


def _minutes_of_week(chance: Chance, year: ClubYear, monday: date, types: list[DayType]) -> int:
    required = required_minutes(
        term_days=types.count(DayType.TERM),
        holiday_days=types.count(DayType.HOLIDAY),
        term_standard=value("open_hours.term_minutes_a_week", on=monday),
        holiday_standard=value("open_hours.holiday_minutes_a_week", on=monday),
    )
    return round(required * _share(chance, year.profile, monday))


def _share(chance: Chance, profile: Profile, monday: date) -> float:
    """How much of the required minutes the week came to."""
    in_trouble = profile.in_trouble(monday)
    if profile.kind == Kind.EXACT:
        return 1.0
    if profile.kind == Kind.SILENT and in_trouble:
        return 0.0
    if profile.kind == Kind.BAD_MONTH and in_trouble:
        return 0.35 + 0.5 * chance.draw()
    if profile.kind == Kind.GENEROUS:
        return 1.15 + 0.2 * chance.draw()
    return 0.84 + 0.14 * chance.draw() if chance.happens(0.015) else 1.01 + 0.1 * chance.draw()


def _slots(day: date, kind: DayType) -> list[Slot]:
    if kind == DayType.EXEMPT:
        return []
    if kind == DayType.HOLIDAY:
        return [MORNING, AFTERNOON] if day.weekday() <= SATURDAY else [AFTERNOON]
    return [MORNING, AFTERNOON] if day.weekday() >= SATURDAY else [AFTER_SCHOOL]


def _session(chance: Chance, year: ClubYear, day: date, slot: Slot, minutes: int) -> SessionEntry:
    exact = year.profile.kind in (Kind.EXACT, Kind.BULK)
    start = slot.opens + year.profile.clock + (0 if exact else chance.between(-6, 9))
    opened_at = datetime.combine(day, time(start // 60, start % 60), tzinfo=CHINA)
    closed_at = opened_at + timedelta(minutes=minutes)
    made_at = _made_at(chance, year, closed_at)
    stood_in = year.profile.kind == Kind.SUBSTITUTE and year.profile.in_trouble(day)
    return SessionEntry(
        id=chance.id_at(made_at),
        village_code=year.village_code,
        made_at=made_at,
        opened_at=opened_at,
        closed_at=closed_at,
        attended=_who_came(chance, year, day),
        visitors=chance.between(1, 3) if chance.happens(0.15) else 0,
        staffed_by=year.substitute if stood_in else year.mother,
    )


def _made_at(chance: Chance, year: ClubYear, closed_at: datetime) -> datetime:
    """When it was written down: at the door's closing, or, in bulk, on the month's last evening."""
    if year.profile.kind != Kind.BULK:
        return closed_at + timedelta(seconds=chance.between(20, 600))
    day = min(Month.of(closed_at.date()).last_day, year.today - DAY)
    return max(closed_at, datetime.combine(day, time(20, 30), tzinfo=CHINA)) + timedelta(
        seconds=chance.between(0, 1500)
    )


def _who_came(chance: Chance, year: ClubYear, day: date) -> frozenset[UUID]:
    if year.profile.kind == Kind.EMPTY and chance.happens(0.3):
        return frozenset()
    youngest, oldest = years_before(day, PLAYS_FROM), years_before(day, PLAYS_UNTIL)
    count = max(3, round(chance.random.gauss(year.profile.regulars, 3.5)))
    near = year.children[: 4 * year.profile.regulars]  # the children who live round the club come most
    wanted = chance.some_of(near, count) + chance.some_of(year.children, count // 4)
    return frozenset(child.id for child in wanted if oldest < child.born_on <= youngest and child.made_at.date() <= day)
