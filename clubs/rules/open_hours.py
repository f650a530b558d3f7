"""The rule of the open hours, exactly: 16 hours a week in term, 32 in the holidays, in proportion to the days that count.

Weeks run Monday to Sunday; a week belongs to the month of its Thursday. Each day is term or holiday by the county's
calendar (a day outside every term is holiday) or exempt: a day off of the State Council's notice, an approved closure, a
day before the club opened or after it ended. Required minutes = floor((term standard · t + holiday standard · h) / 7).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ccmp.moments import DAY, WEEK, days_between
from ccmp.places.enums import DayKind
from clubs.enums import DayType, WeekState

DAYS_A_WEEK = 7


@dataclass(frozen=True)
class ClubCalendar:
    """All that decides what a day asks of one club. Spans are (first day, last day), both included."""

    opened_on: date
    ended_on: date | None
    terms: Sequence[tuple[date, date]]
    closures: Sequence[tuple[date, date]]
    notice: Mapping[date, str]

    def day_type(self, day: date) -> DayType:
        if day < self.opened_on or (self.ended_on is not None and day >= self.ended_on):
            return DayType.EXEMPT
        if self.notice.get(day) == DayKind.PUBLIC_HOLIDAY or _within(day, self.closures):
            return DayType.EXEMPT
        return DayType.TERM if _within(day, self.terms) else DayType.HOLIDAY


@dataclass(frozen=True)
class Week:
    """One week of one club: days by type, minutes required and open, and what that makes it."""

    monday: date
    term_days: int
    holiday_days: int
    exempt_days: int
    required_minutes: int
    open_minutes: int
    state: WeekState

    @property
    def met(self) -> bool:
        return self.state == WeekState.MET

    @property
    def sunday(self) -> date:
        return self.monday + WEEK - DAY

    @property
    def missing_minutes(self) -> int:
        """Minutes still wanting. Of a silent week nobody knows: it is not counted as a gap."""
        if self.state in (WeekState.SHORT, WeekState.RUNNING):
            return max(0, self.required_minutes - self.open_minutes)
        return 0


@dataclass(frozen=True)
class MonthOfHours:
    """The weeks of one club's month and their sums."""

    weeks: tuple[Week, ...]

    @property
    def required_minutes(self) -> int:
        return sum(week.required_minutes for week in self.weeks)

    @property
    def open_minutes(self) -> int:
        return sum(week.open_minutes for week in self.weeks)

    @property
    def met(self) -> bool:
        """All weeks met or exempt."""
        return all(week.state in (WeekState.MET, WeekState.EXEMPT) for week in self.weeks)

    def count(self, state: WeekState) -> int:
        return sum(week.state == state for week in self.weeks)


def required_minutes(*, term_days: int, holiday_days: int, term_standard: int, holiday_standard: int) -> int:
    """Minutes that a week with so many term and holiday days asks for, rounded down."""
    return (term_standard * term_days + holiday_standard * holiday_days) // DAYS_A_WEEK


def week_of(
    *,
    monday: date,
    calendar: ClubCalendar,
    standards: tuple[int, int],
    open_minutes: int,
    is_recorded: bool,
    today: date,
) -> Week:
    """Judge one week. `standards` are the term and the holiday minutes of a whole week; `is_recorded`: anything at all."""
    types = [calendar.day_type(day) for day in days_between(monday, monday + WEEK - DAY)]
    term_days, holiday_days = types.count(DayType.TERM), types.count(DayType.HOLIDAY)
    required = required_minutes(
        term_days=term_days, holiday_days=holiday_days, term_standard=standards[0], holiday_standard=standards[1]
    )
    state = _state(required, open_minutes, is_recorded=is_recorded, is_over=today >= monday + WEEK)
    return Week(monday, term_days, holiday_days, types.count(DayType.EXEMPT), required, open_minutes, state)


def _state(required: int, open_minutes: int, *, is_recorded: bool, is_over: bool) -> WeekState:
    if required == 0:
        return WeekState.EXEMPT
    if not is_over:
        return WeekState.RUNNING
    if open_minutes >= required:
        return WeekState.MET
    return WeekState.SHORT if is_recorded else WeekState.SILENT


def _within(day: date, spans: Iterable[tuple[date, date]]) -> bool:
    return any(first <= day <= last for first, last in spans)
