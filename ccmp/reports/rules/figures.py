"""One village's month, counted exactly. What a paper may print of it, `published` says."""

from dataclasses import dataclass
from datetime import date

MET, SHORT, SILENT, EXEMPT, RUNNING = "met", "short", "silent", "exempt", "running"
HIGH = "high"
MANDATORY = "mandatory"


@dataclass(frozen=True)
class Week:
    """A week's open hours against the standard, in minutes."""

    monday: date
    required_minutes: int
    open_minutes: int
    state: str

    @property
    def gap_minutes(self) -> int:
        """What is missing. Of a silent week it is unknown, not zero: it is left out of every sum."""
        return max(0, self.required_minutes - self.open_minutes) if self.state == SHORT else 0


@dataclass(frozen=True)
class Tally:
    """How many of one kind."""

    kind: str
    number: int


@dataclass(frozen=True)
class VisitsAtLevel:
    """Visits that fell due in the month, by risk level. `overdue` counts every visit still owed, older ones too."""

    level: str
    due: int
    in_time: int
    late: int
    overdue: int


@dataclass(frozen=True)
class FlagsOfSeverity:
    """Flags raised in the month, and what had become of them at the cut-off."""

    severity: str
    raised: int
    in_time: int  # acknowledged before the clock ran out
    late: int
    waiting: int  # not acknowledged, the clock still runs
    overdue: int  # not acknowledged, the clock has run out


@dataclass(frozen=True)
class TasksOfDepartment:
    """What a department was asked for and what came of it."""

    kind: str
    name: str
    sent: int
    accept_due: int
    accepted_in_time: int
    complete_due: int
    completed_in_time: int
    completed: int
    confirmed: int  # of those completed, confirmed by the mother
    returned: int
    overdue: int  # past their day at the cut-off, older ones too
    longest_overdue_days: int


@dataclass(frozen=True)
class TakeUpOfBenefit:
    """Children who may qualify for a benefit on the month's last day; of them those who applied, and who receive it."""

    benefit: str
    may_qualify: int
    applied: int
    receiving: int

    @property
    def unclaimed(self) -> int:
        return self.may_qualify - self.receiving


@dataclass(frozen=True)
class Activity:
    """A themed activity. Its title is not counted on: it is free text, and might name somebody."""

    held_on: date
    theme: str
    people: int


@dataclass(frozen=True)
class Opening:
    """A usual time at which the club opens in the following month."""

    weekdays: tuple[int, ...]  # 0 Monday … 6 Sunday
    opens_at: str  # 16:30
    closes_at: str


@dataclass(frozen=True)
class VillageFigures:
    """Everything that one village's month adds up to, from facts recorded before the cut-off. No child is named."""

    code: str
    name: str
    township: str
    county_code: str
    county: str
    province_code: str
    province: str
    arm: str
    since: date  # the first day in the programme
    weeks: tuple[Week, ...]
    earlier_weeks: tuple[Week, ...] = ()
    children: int = 0
    left_behind: int = 0
    left_by_both: int = 0
    left_by_one: int = 0
    visits: tuple[VisitsAtLevel, ...] = ()
    visits_made: int = 0
    children_visited: int = 0
    attempts: tuple[Tally, ...] = ()
    sessions: int = 0
    empty_sessions: int = 0
    children_attending: int = 0
    attendances: int = 0
    activities: tuple[Activity, ...] = ()
    flags: tuple[FlagsOfSeverity, ...] = ()
    referrals_opened: int = 0
    referrals_closed: int = 0
    referrals_open: int = 0
    tasks: tuple[TasksOfDepartment, ...] = ()
    openings: tuple[Opening, ...] = ()
    is_take_up_counted: bool = False  # something of benefits had been noted in the village by the cut-off
    take_up: tuple[TakeUpOfBenefit, ...] = ()

    @property
    def required_minutes(self) -> int:
        return sum(week.required_minutes for week in self.weeks)

    @property
    def open_minutes(self) -> int:
        return sum(week.open_minutes for week in self.weeks)

    @property
    def unclaimed(self) -> int:
        return sum(one.unclaimed for one in self.take_up)

    @property
    def verdict(self) -> str:
        return verdict_of(self.weeks)


def verdict_of(weeks: tuple[Week, ...]) -> str:
    """A month is met when each of its weeks is met or exempt; of what it is not, the gravest is told."""
    states = {week.state for week in weeks}
    for state in (SILENT, SHORT, RUNNING, MET):
        if state in states:
            return state
    return EXEMPT
