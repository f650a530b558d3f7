"""What a report freezes and its papers print: the month of a place, with small numbers already hidden."""

from dataclasses import dataclass
from datetime import date, datetime

from ccmp.reports.rules.figures import (
    Activity,
    FlagsOfSeverity,
    Opening,
    TakeUpOfBenefit,
    Tally,
    TasksOfDepartment,
    VisitsAtLevel,
    Week,
)
from ccmp.reports.rules.small_numbers import WITHHELD, Published

SCHEMA = 1


@dataclass(frozen=True)
class Holiday:
    """A stretch of public holiday in the month's weeks: its days ask for no open hours."""

    name: str
    days: int


@dataclass(frozen=True)
class VillageRow:
    """One village on a paper. The four last counts are sensitive."""

    code: str
    name: str
    township: str
    county_code: str
    arm: str
    since: date
    weeks: tuple[Week, ...]
    earlier_weeks: tuple[Week, ...]
    verdict: str
    required_minutes: int
    open_minutes: int
    children: int
    visits_due: int
    visits_in_time: int
    visits_overdue: int
    children_attending: int
    attendances: int
    sessions: int
    empty_sessions: int
    activities: int
    left_behind: Published
    flags_raised: Published
    needs_met: Published
    unclaimed: Published = WITHHELD  # benefits that children may qualify for and do not receive


@dataclass(frozen=True)
class Sums:
    """The sums of a place's villages. Those after `activities` are sensitive: all of them are shown, or none."""

    code: str
    name: str
    above_code: str  # the province's, for a county
    villages: int
    met: int
    short: int
    silent: int
    exempt: int
    running: int
    short_weeks: int
    silent_weeks: int
    gap_minutes: int
    week_count: int  # weeks in which something was required, over all villages
    required_minutes: int
    open_minutes: int
    children: int
    visits_due: int
    visits_in_time: int
    visits_overdue: int
    visits_made: int
    children_visited: int
    sessions: int
    empty_sessions: int
    children_attending: int
    attendances: int
    activities: int
    is_withheld: bool
    left_behind: Published
    left_by_both: Published
    left_by_one: Published
    high_due: Published
    high_in_time: Published
    flags_raised: Published
    flags_in_time: Published
    tasks_sent: Published
    tasks_overdue: Published
    tasks_completed: Published
    tasks_confirmed: Published
    referrals_opened: Published
    referrals_closed: Published
    referrals_open: Published
    take_up_villages: int = 0  # villages that have counted their benefits
    may_qualify: Published = WITHHELD
    applied: Published = WITHHELD
    receiving: Published = WITHHELD
    unclaimed: Published = WITHHELD


@dataclass(frozen=True)
class Breakdowns:
    """The paper's own place, told by level, severity and department. None when withheld."""

    visits: tuple[VisitsAtLevel, ...]
    attempts: tuple[Tally, ...]
    flags: tuple[FlagsOfSeverity, ...]
    tasks: tuple[TasksOfDepartment, ...]


@dataclass(frozen=True)
class MonthOfHours:
    """One month of the change over time."""

    month: str
    villages: int
    week_count: int
    required_minutes: int
    open_minutes: int


@dataclass(frozen=True)
class Need:
    """Who needs help, why, and by when somebody is asked to act. The kind decides the words."""

    kind: str
    act_by: date
    village_code: str = ""
    name: str = ""
    township: str = ""
    children: int = 0
    silent_weeks: int = 0
    short_weeks: int = 0
    gap_minutes: int = 0
    visits_overdue: int = 0
    number: int = 0
    places: int = 0
    longest_days: int = 0
    departments: tuple[Tally, ...] = ()


@dataclass(frozen=True)
class Paper:
    """A report's frozen figures."""

    schema: int
    edition: str
    month: str
    place_code: str
    place: str
    place_above: str
    cut_off: datetime
    rule_versions: tuple[str, ...]
    holidays: tuple[Holiday, ...]
    totals: Sums
    by_arm: tuple[Sums, ...]
    provinces: tuple[Sums, ...]
    counties: tuple[Sums, ...]
    breakdowns: Breakdowns | None
    themes: tuple[Tally, ...]
    hours: tuple[MonthOfHours, ...]
    needs: tuple[Need, ...]
    villages: tuple[VillageRow, ...]
    activities: tuple[Activity, ...]
    openings: tuple[Opening, ...]
    authority: str = ""
    take_up: tuple[TakeUpOfBenefit, ...] = ()  # by benefit; empty when withheld, or not counted
