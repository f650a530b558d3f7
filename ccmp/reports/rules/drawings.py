"""Where the marks of the charts stand. The template writes the SVG, the same for page and paper.

Coordinates are texts with one decimal: a template must not put them in a reader's own notation.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from ccmp.moments import Month
from ccmp.reports.rules import wording
from ccmp.reports.rules.figures import EXEMPT, MET, RUNNING, SHORT, SILENT, Week
from ccmp.reports.rules.published import MonthOfHours, VillageRow

TREND_LEFT, TREND_WIDTH, TREND_TOP, TREND_FLOOR = 22, 206, 14, 114
BAR_LEFT, BAR_WIDTH, BAR_STEP, BAR_HEIGHT = 66, 127, 19, 12
MOST_BARS = 12
HEAT_LEFT, HEAT_WIDTH, HEAT_TOP, HEAT_STEP, HEAT_HEIGHT = 128, 344, 27, 16.8, 15.2
WALL_LEFT, WALL_WIDTH, WALL_STEP = 96, 272, 35


def at(value: float) -> str:
    return f"{value:.1f}"


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
    step = TREND_WIDTH / max(1, len(asked))

    def height(minutes: int, weeks: int) -> float:
        return TREND_FLOOR - (TREND_FLOOR - TREND_TOP) * (minutes / weeks / 60) / most

    points = [_point(one, TREND_LEFT + step * (n + 0.5), step, height) for n, one in enumerate(asked)]
    return Trend(
        title=_("Average hours a village and week, %(count)s months") % {"count": len(asked)},
        line=" ".join(f"{point.x},{point.y}" for point in points),
        grid=tuple(
            Grid(y=at(y := height(hours * 60, 1)), label_y=at(y + 3), label=str(hours)) for hours in (0, 16, 32)
        ),
        points=tuple(points),
    )


def _point(one: MonthOfHours, x: float, step: float, height: object) -> Point:
    y = height(one.open_minutes, one.week_count)  # type: ignore[operator]
    standard = height(one.required_minutes, one.week_count)  # type: ignore[operator]
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


@dataclass(frozen=True)
class Bar:
    name: str
    name_y: str
    y: str
    width: str
    label: str
    label_x: str
    label_y: str
    anchor: str
    is_silent: bool


@dataclass(frozen=True)
class Bars:
    """Villages that fell short: open hours of the month beside what was required."""

    title: str
    height: str
    floor: str
    foot: str
    standard_x: str
    standard: str
    bars: tuple[Bar, ...]
    more: str


def shortfall_bars(villages: Sequence[VillageRow]) -> Bars:
    """At most twelve villages, open least first; the mark is the standard that most of them had."""
    shown = sorted(villages, key=lambda one: (one.open_minutes, one.code))[:MOST_BARS]
    required = max((one.required_minutes for one in shown), default=0)
    most = max([required, *(one.open_minutes for one in shown), 60]) * 1.05
    floor = len(shown) * BAR_STEP
    left_out = len(villages) - len(shown)
    return Bars(
        title=_("Villages that fell short, open and required hours"),
        height=at(floor + 20),
        floor=at(floor),
        foot=at(floor + 11),
        standard_x=at(BAR_LEFT + BAR_WIDTH * required / most),
        standard=pgettext("in a drawing", "required: %(hours)s h") % {"hours": wording.bare_hours(required)},
        bars=tuple(_bar(one, n * BAR_STEP + 3, BAR_WIDTH * one.open_minutes / most) for n, one in enumerate(shown)),
        more=ngettext("and %(count)s more", "and %(count)s more", left_out) % {"count": left_out}
        if left_out > 0
        else "",
    )


def _bar(village: VillageRow, y: float, width: float) -> Bar:
    silent = sum(week.state == SILENT for week in village.weeks)
    label = wording.whole_hours(village.open_minutes)
    if silent:
        weeks = ngettext("%(count)s week without a word", "%(count)s weeks without a word", silent) % {"count": silent}
        label = f"{label}{pgettext('between two findings', ', ')}{weeks}"
    inside = width > 70 and BAR_LEFT + width < BAR_LEFT + BAR_WIDTH * 0.94
    return Bar(
        name=wording.short_name(village.name),
        name_y=at(y + 9.5),
        y=at(y),
        width=at(width),
        label=label,
        label_x=at(BAR_LEFT + width + (-3 if inside else 3)),
        label_y=at(y + 9.4),
        anchor="end" if inside else "start",
        is_silent=silent > 0,
    )


@dataclass(frozen=True)
class HeatCell:
    x: str
    y: str
    inner_x: str
    inner_y: str
    middle_x: str
    middle_y: str
    text_x: str
    text_y: str
    width: str
    inner_width: str
    state: str
    label: str
    title: str


@dataclass(frozen=True)
class HeatLabel:
    x: str
    text: str


@dataclass(frozen=True)
class HeatRow:
    name: str
    y: str
    cells: tuple[HeatCell, ...]


@dataclass(frozen=True)
class Heat:
    """Each square a village's week; this month's weeks are framed."""

    title: str
    height: str
    months: tuple[HeatLabel, ...]
    standards: tuple[HeatLabel, ...]
    rows: tuple[HeatRow, ...]
    frame_x: str
    frame_width: str
    frame_height: str


def heat(villages: Sequence[VillageRow], *, month: Month) -> Heat:
    mondays = sorted({week.monday for village in villages for week in (*village.earlier_weeks, *village.weeks)})
    step = HEAT_WIDTH / max(1, len(mondays))
    column = {monday: HEAT_LEFT + n * step for n, monday in enumerate(mondays)}
    framed = [column[monday] for monday in mondays if Month.of_week(monday) == month]
    rows = tuple(
        HeatRow(
            name=village.name,
            y=at(HEAT_TOP + n * HEAT_STEP + 11),
            cells=tuple(
                _heat_cell(village, week, column[week.monday], HEAT_TOP + n * HEAT_STEP, step)
                for week in (*village.earlier_weeks, *village.weeks)
            ),
        )
        for n, village in enumerate(villages)
    )
    floor = HEAT_TOP + len(villages) * HEAT_STEP
    return Heat(
        title=ngettext("%(villages)s village, %(weeks)s weeks", "%(villages)s villages, %(weeks)s weeks", len(villages))
        % {"villages": len(villages), "weeks": len(mondays)},
        height=at(floor + 3),
        months=tuple(_month_labels(mondays, column)),
        standards=tuple(_standards(villages, mondays, column, step)),
        rows=rows,
        frame_x=at(framed[0] - 1),
        frame_width=at(len(framed) * step + 1),
        frame_height=at(floor - HEAT_TOP + 2.6),
    )


def _month_labels(mondays: Sequence[object], column: dict[object, float]) -> list[HeatLabel]:
    firsts: dict[Month, float] = {}
    for monday in mondays:
        firsts.setdefault(Month.of_week(monday), column[monday])  # type: ignore[arg-type]
    return [HeatLabel(at(x), wording.month_name(one)) for one, x in firsts.items()]


def _standards(
    villages: Sequence[VillageRow], mondays: Sequence[object], column: dict[object, float], step: float
) -> list[HeatLabel]:
    """What most villages were asked for in each week; none when they differ too much to say."""
    labels = []
    for monday in mondays:
        asked = [
            week.required_minutes
            for village in villages
            for week in (*village.earlier_weeks, *village.weeks)
            if week.monday == monday and week.required_minutes
        ]
        usual = max(set(asked), key=lambda one: (asked.count(one), one)) if asked else 0
        labels.append(HeatLabel(at(column[monday] + (step - 1.6) / 2), wording.bare_hours(usual)))
    return labels


def _heat_cell(village: VillageRow, week: Week, x: float, y: float, step: float) -> HeatCell:
    width = step - 1.6
    return HeatCell(
        x=at(x),
        y=at(y),
        inner_x=at(x + 0.5),
        inner_y=at(y + 0.5),
        middle_x=at(x + width / 2),
        middle_y=at(y + HEAT_HEIGHT / 2),
        text_x=at(x + width - 2.2),
        text_y=at(y + 10.6),
        width=at(width),
        inner_width=at(width - 1),
        state=week.state,
        label=wording.gap_hours(week) if week.state == SHORT else "",
        title=f"{village.name} {wording.day(week.monday)}",
    )


@dataclass(frozen=True)
class WallWeek:
    name: str
    y: str
    text_y: str
    name_y: str
    mark_y: str
    mark_foot: str
    middle_y: str
    triangle: str
    width: str
    open: str
    required: str
    required_x: str
    standard_x: str
    state: str
    verdict: str


@dataclass(frozen=True)
class WallWeeks:
    """The village sheet's bars: each week's hours, the standard as a mark."""

    title: str
    height: str
    floor: str
    foot: str
    usual_x: str
    usual: str
    weeks: tuple[WallWeek, ...]


def wall_weeks(weeks: Sequence[Week]) -> WallWeeks:
    most = max([16 * 60, *(max(week.open_minutes, week.required_minutes) for week in weeks)])
    asked = [week.required_minutes for week in weeks if week.required_minutes]
    usual = max(set(asked), key=lambda one: (asked.count(one), one)) if asked else 0
    floor = len(weeks) * WALL_STEP
    return WallWeeks(
        title=_("Open hours of %(weeks)s") % {"weeks": wording.weeks_in_words(len(weeks))},
        height=at(floor + 20),
        floor=at(floor),
        foot=at(floor + 14),
        usual_x=at(WALL_LEFT + WALL_WIDTH * usual / most),
        usual=_required(usual) if usual else "",
        weeks=tuple(_wall_week(week, n * WALL_STEP + 6, most, usual) for n, week in enumerate(weeks)),
    )


def _required(minutes: int) -> str:
    return pgettext("in a drawing", "required: %(duration)s") % {"duration": wording.drawn_duration(minutes)}


def _wall_week(week: Week, y: float, most: int, usual: int) -> WallWeek:
    width = WALL_WIDTH * week.open_minutes / most
    standard = WALL_LEFT + WALL_WIDTH * week.required_minutes / most
    return WallWeek(
        name=_("from %(day)s") % {"day": wording.day(week.monday)},
        y=at(y),
        text_y=at(y + 14.8),
        name_y=at(y + 15.5),
        mark_y=at(y - 3),
        mark_foot=at(y + 23),
        middle_y=at(y + 10),
        triangle=f"M389 {at(y + 16.5)}h14l-7 -13z",
        width=at(width),
        open=pgettext("in a drawing", "open %(duration)s") % {"duration": wording.drawn_duration(week.open_minutes)}
        if week.open_minutes
        else "",
        required=_required(week.required_minutes) if week.required_minutes not in (0, usual) else "",
        required_x=at(max(standard, WALL_LEFT + width) + 8),
        standard_x=at(standard) if week.required_minutes else "",
        state=week.state,
        verdict=_wall_verdict(week),
    )


def _wall_verdict(week: Week) -> str:
    if week.state == SHORT:
        return pgettext("in a drawing", "lacks %(duration)s") % {"duration": wording.drawn_duration(week.gap_minutes)}
    return {
        MET: pgettext("a week on the club's wall", "long enough"),
        SILENT: pgettext("a week on the club's wall", "nothing recorded"),
        EXEMPT: pgettext("a week on the club's wall", "exempt"),
        RUNNING: pgettext("a week on the club's wall", "not over yet"),
    }[week.state]
