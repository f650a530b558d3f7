"""Who needs help: the villages and clocks of a month that ask somebody to act, the most pressing first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ccmp.reports.rules.figures import MANDATORY, SHORT, SILENT, Tally, VillageFigures
from ccmp.reports.rules.published import Need

HOURS, VISITS, MANDATORY_LATE, TASKS = "hours", "visits", "mandatory_late", "tasks_overdue"


@dataclass(frozen=True)
class ActBy:
    """The days by which somebody is asked to act, in working days after the cut-off."""

    visit_the_village: date
    answer: date


def urgency(village: VillageFigures) -> tuple[int, ...]:
    """The order in which villages need help: weeks without a word, hours missing, visits owed."""
    return (
        -sum(week.state == SILENT for week in village.weeks),
        -sum(week.gap_minutes for week in village.weeks),
        -sum(level.overdue for level in village.visits),
    )


def in_need_first(villages: Sequence[VillageFigures]) -> list[VillageFigures]:
    return sorted(villages, key=lambda village: (*urgency(village), village.code))


def needs_of(
    villages: Sequence[VillageFigures], *, act_by: ActBy, at_most: int, names_departments: bool
) -> tuple[Need, ...]:
    """Villages first, then reports that the law wants at once, then the departments' overdue tasks: so many in all."""
    pressing = [village for village in in_need_first(villages) if any(urgency(village))]
    clocks = [*_mandatory_need(villages, act_by), *_task_need(villages, act_by, names_departments=names_departments)]
    return (
        *(
            _village_need(village, act_by, with_county=not names_departments)
            for village in pressing[: at_most - len(clocks)]
        ),
        *clocks,
    )


def _village_need(village: VillageFigures, act_by: ActBy, *, with_county: bool) -> Need:
    silent, gap, _ = (-number for number in urgency(village))
    return Need(
        kind=HOURS if silent or gap else VISITS,
        act_by=act_by.visit_the_village,
        village_code=village.code,
        name=village.name,
        township=f"{village.county} {village.township}" if with_county else village.township,
        children=village.children,
        silent_weeks=silent,
        short_weeks=sum(week.state == SHORT for week in village.weeks),
        gap_minutes=gap,
        visits_overdue=sum(level.overdue for level in village.visits),
    )


def _mandatory_need(villages: Sequence[VillageFigures], act_by: ActBy) -> list[Need]:
    late = {
        village: missed
        for village in villages
        if (missed := sum(one.late + one.overdue for one in village.flags if one.severity == MANDATORY))
    }
    if not late:
        return []
    townships = {village.code[:9] for village in late}
    return [Need(kind=MANDATORY_LATE, act_by=act_by.answer, number=sum(late.values()), places=len(townships))]


def _task_need(villages: Sequence[VillageFigures], act_by: ActBy, *, names_departments: bool) -> list[Need]:
    overdue = [one for village in villages for one in village.tasks if one.overdue]
    if not overdue:
        return []
    numbers: dict[str, int] = {}
    for one in overdue:
        name = one.name if names_departments else one.kind
        numbers[name] = numbers.get(name, 0) + one.overdue
    return [
        Need(
            kind=TASKS,
            act_by=act_by.answer,
            number=sum(numbers.values()),
            longest_days=max(one.longest_overdue_days for one in overdue),
            departments=tuple(
                Tally(name, number) for name, number in sorted(numbers.items(), key=lambda i: (-i[1], i[0]))
            ),
        )
    ]
