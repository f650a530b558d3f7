from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import ngettext

from ccmp.moments import Month
from ccmp.reports.rules import wording
from ccmp.reports.rules.drawings.coordinates import at
from ccmp.reports.rules.figures import SHORT, Week
from ccmp.reports.rules.published import VillageRow

LEFT, WIDTH, TOP, STEP, HEIGHT = 128, 344, 27, 16.8, 15.2


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
    step = WIDTH / max(1, len(mondays))
    column = {monday: LEFT + n * step for n, monday in enumerate(mondays)}
    framed = [column[monday] for monday in mondays if Month.of_week(monday) == month]
    floor = TOP + len(villages) * STEP
    return Heat(
        title=ngettext("%(villages)s village, %(weeks)s weeks", "%(villages)s villages, %(weeks)s weeks", len(villages))
        % {"villages": len(villages), "weeks": len(mondays)},
        height=at(floor + 3),
        months=tuple(_month_labels(mondays, column)),
        standards=tuple(_standards(villages, mondays, column, step)),
        rows=tuple(_heat_row(village, TOP + n * STEP, column, step) for n, village in enumerate(villages)),
        frame_x=at(framed[0] - 1),
        frame_width=at(len(framed) * step + 1),
        frame_height=at(floor - TOP + 2.6),
    )


def _heat_row(village: VillageRow, y: float, column: dict[date, float], step: float) -> HeatRow:
    weeks = (*village.earlier_weeks, *village.weeks)
    return HeatRow(
        name=village.name,
        y=at(y + 11),
        cells=tuple(_heat_cell(village, week, column[week.monday], y, step) for week in weeks),
    )


def _month_labels(mondays: Sequence[date], column: dict[date, float]) -> list[HeatLabel]:
    firsts: dict[Month, float] = {}
    for monday in mondays:
        firsts.setdefault(Month.of_week(monday), column[monday])
    return [HeatLabel(at(x), wording.month_name(one)) for one, x in firsts.items()]


def _standards(
    villages: Sequence[VillageRow], mondays: Sequence[date], column: dict[date, float], step: float
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
        middle_y=at(y + HEIGHT / 2),
        text_x=at(x + width - 2.2),
        text_y=at(y + 10.6),
        width=at(width),
        inner_width=at(width - 1),
        state=week.state,
        label=wording.gap_hours(week) if week.state == SHORT else "",
        title=f"{village.name} {wording.day(week.monday)}",
    )
