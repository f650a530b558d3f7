"""Adding up villages, exactly. Hiding small numbers comes after, in `papers`."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from ccmp.moments import Month
from ccmp.reports.rules.figures import (
    EXEMPT,
    HIGH,
    MET,
    RUNNING,
    SHORT,
    SILENT,
    FlagsOfSeverity,
    Tally,
    TasksOfDepartment,
    VillageFigures,
    VisitsAtLevel,
    Week,
)
from ccmp.reports.rules.published import Breakdowns, MonthOfHours, Sums

Villages = Sequence[VillageFigures]
TAKE_UP = ("may_qualify", "applied", "receiving", "unclaimed")


def sums_of(villages: Villages, *, code: str, name: str, above_code: str = "") -> Sums:
    verdicts = [village.verdict for village in villages]
    return Sums(
        code=code,
        name=name,
        above_code=above_code,
        villages=len(villages),
        **{verdict: verdicts.count(verdict) for verdict in (MET, SHORT, SILENT, EXEMPT, RUNNING)},
        **_hours(villages),
        **_open_counts(villages),
        is_withheld=False,
        **sensitive_counts(villages),
        **_take_up(villages),
    )


def _take_up(villages: Villages) -> dict[str, Any]:
    """Over the villages that have counted it; where none has, there is no figure, and not a zero."""
    counted = [village for village in villages if village.is_take_up_counted]
    rows = [one for village in counted for one in village.take_up]
    sums = {name: sum(getattr(one, name) for one in rows) for name in TAKE_UP}
    return {"take_up_villages": len(counted), **(sums if counted else dict.fromkeys(TAKE_UP))}


def _hours(villages: Villages) -> dict[str, int]:
    weeks = [week for village in villages for week in village.weeks]
    return {
        "short_weeks": sum(week.state == SHORT for week in weeks),
        "silent_weeks": sum(week.state == SILENT for week in weeks),
        "gap_minutes": sum(week.gap_minutes for week in weeks),
        "week_count": sum(week.required_minutes > 0 for week in weeks),
        "required_minutes": sum(week.required_minutes for week in weeks),
        "open_minutes": sum(week.open_minutes for week in weeks),
    }


def _open_counts(villages: Villages) -> dict[str, int]:
    return {
        "children": sum(village.children for village in villages),
        "visits_due": sum(level.due for village in villages for level in village.visits),
        "visits_in_time": sum(level.in_time for village in villages for level in village.visits),
        "visits_overdue": sum(level.overdue for village in villages for level in village.visits),
        "visits_made": sum(village.visits_made for village in villages),
        "children_visited": sum(village.children_visited for village in villages),
        "sessions": sum(village.sessions for village in villages),
        "empty_sessions": sum(village.empty_sessions for village in villages),
        "children_attending": sum(village.children_attending for village in villages),
        "attendances": sum(village.attendances for village in villages),
        "activities": sum(len(village.activities) for village in villages),
    }


def sensitive_counts(villages: Villages) -> dict[str, int]:
    """The counts of `Sums` that are shown together or not at all."""
    high = [level for village in villages for level in village.visits if level.level == HIGH]
    flags = [severity for village in villages for severity in village.flags]
    tasks = [department for village in villages for department in village.tasks]
    return {
        "left_behind": sum(village.left_behind for village in villages),
        "left_by_both": sum(village.left_by_both for village in villages),
        "left_by_one": sum(village.left_by_one for village in villages),
        "high_due": sum(level.due for level in high),
        "high_in_time": sum(level.in_time for level in high),
        "flags_raised": sum(severity.raised for severity in flags),
        "flags_in_time": sum(severity.in_time for severity in flags),
        "tasks_sent": sum(department.sent for department in tasks),
        "tasks_overdue": sum(department.overdue for department in tasks),
        "tasks_completed": sum(department.completed for department in tasks),
        "tasks_confirmed": sum(department.confirmed for department in tasks),
        "referrals_opened": sum(village.referrals_opened for village in villages),
        "referrals_closed": sum(village.referrals_closed for village in villages),
        "referrals_open": sum(village.referrals_open for village in villages),
    }


def breakdowns_of(villages: Villages, *, by_office: bool) -> Breakdowns:
    """By level, severity and department; `by_office` keeps a county's departments apart by name, else by kind."""

    def office(one: TasksOfDepartment) -> tuple[str, str]:
        return (one.kind, one.name if by_office else "")

    return Breakdowns(
        visits=tuple(_summed(VisitsAtLevel, (o for v in villages for o in v.visits), lambda o: (o.level,), ("level",))),
        attempts=tallied(tally for village in villages for tally in village.attempts),
        flags=tuple(
            _summed(FlagsOfSeverity, (o for v in villages for o in v.flags), lambda o: (o.severity,), ("severity",))
        ),
        tasks=tuple(_summed(TasksOfDepartment, (o for v in villages for o in v.tasks), office, ("kind", "name"))),
    )


def tallied(tallies: Iterable[Tally]) -> tuple[Tally, ...]:
    numbers: dict[str, int] = defaultdict(int)
    for tally in tallies:
        numbers[tally.kind] += tally.number
    return tuple(Tally(kind, number) for kind, number in sorted(numbers.items(), key=lambda item: (-item[1], item[0])))


def _summed(
    shape: Any, rows: Iterable[Any], key: Callable[[Any], tuple[str, ...]], names: tuple[str, ...]
) -> list[Any]:
    """Rows of one shape added up by their key; the longest of anything is a maximum, everything else a sum."""
    found: dict[tuple[str, ...], list[Any]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    counts = [name for name in shape.__dataclass_fields__ if name not in names]
    return [
        shape(
            **dict(zip(names, kind, strict=True)),
            **{
                name: (max if name.startswith("longest") else sum)(getattr(row, name) for row in same)
                for name in counts
            },
        )
        for kind, same in found.items()
    ]


def months_of_hours(villages: Villages, *, month: Month, months: int = 6) -> tuple[MonthOfHours, ...]:
    """Hours of the month and those before it, oldest first; a month without a village in it is left out."""
    by_month: dict[Month, list[tuple[str, Week]]] = defaultdict(list)
    for village in villages:
        for week in (*village.earlier_weeks, *village.weeks):
            by_month[Month.of_week(week.monday)].append((village.code, week))
    return tuple(_month(one, by_month[one]) for one in sorted(by_month)[-months:] if one <= month)


def _month(month: Month, weeks: list[tuple[str, Week]]) -> MonthOfHours:
    asked = [(code, week) for code, week in weeks if week.required_minutes]
    return MonthOfHours(
        month=str(month),
        villages=len({code for code, _ in asked}),
        week_count=len(asked),
        required_minutes=sum(week.required_minutes for _, week in asked),
        open_minutes=sum(week.open_minutes for _, week in asked),
    )
