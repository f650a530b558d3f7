from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ccmp.moments import Month
from ccmp.reports.rules import wording
from ccmp.reports.rules.drawings.coordinates import at
from ccmp.reports.rules.published import MonthOfHours

LEFT, WIDTH, TOP, FLOOR = 22, 206, 14, 114


@dataclass(frozen=True)
class Grid:
    y: str
    label_y: str
    label: str


@dataclass(frozen=True)
class Point:
    x: str
    y: str
    label_x: str
    label_y: str
    anchor: str
    label: str
    month: str
    standard_from: str
    standard_to: str
    standard_y: str


@dataclass(frozen=True)
class Trend:
    """Average hours a village and week, month by month, over the standard of each month."""

    title: str
    line: str
    grid: tuple[Grid, ...]
    points: tuple[Point, ...]


def trend(months: Sequence[MonthOfHours]) -> Trend:
    asked = [one for one in months if one.week_count]
    tops = [max(one.open_minutes, one.required_minutes) / one.week_count / 60 for one in asked]
    most = max([32.0, *tops]) * 1.12
    step = WIDTH / max(1, len(asked))

    def height(minutes: int, weeks: int) -> float:
        return FLOOR - (FLOOR - TOP) * (minutes / weeks / 60) / most

    points = [_point(one, LEFT + step * (n + 0.5), step, height) for n, one in enumerate(asked)]
    return Trend(
        title=_("Average hours a village and week, %(count)s months") % {"count": len(asked)},
        line=" ".join(f"{point.x},{point.y}" for point in points),
        grid=tuple(
            Grid(y=at(y := height(hours * 60, 1)), label_y=at(y + 3), label=str(hours)) for hours in (0, 16, 32)
        ),
        points=tuple(points),
    )


def _point(one: MonthOfHours, x: float, step: float, height: Callable[[int, int], float]) -> Point:
    y = height(one.open_minutes, one.week_count)
    standard = height(one.required_minutes, one.week_count)
    is_below = standard < y < standard + 12  # a label over the point would lie on the standard's line
    return Point(
        x=at(x),
        y=at(y),
        label_x=at(x),
        label_y=at(y + 11 if is_below else y - 6),
        anchor="middle",
        label=wording.hours(one.open_minutes // one.week_count),
        month=wording.month_name(Month.parse(one.month)),
        standard_from=at(x - step * 0.45),
        standard_to=at(x + step * 0.45),
        standard_y=at(standard),
    )
