"""The heat map of weeks as SVG, and the bar of one week: drawn by templates, laid out here."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.utils.translation import gettext as _

from ccmp.moments import Month
from ccmp.web import spoken
from clubs.enums import WeekState
from clubs.rules.open_hours import Week
from clubs.services.compliance import Comparison, Row

register = template.Library()

NAMES, CELL, HEAD, STEP, SUM = 160, 34, 50, 20, 50
BAR_FULL = 2160  # minutes that fill a week's bar: 36 hours, a little above the highest standard


@dataclass(frozen=True)
class Cell:
    x: int
    y: int
    week: Week
    title: str
    missing: str

    @property
    def left(self) -> float:
        return self.x + 0.5

    @property
    def top(self) -> float:
        return self.y + 2.5

    @property
    def middle(self) -> float:
        return self.x + 16

    @property
    def centre(self) -> float:
        return self.y + 10.5

    @property
    def triangle(self) -> str:
        return f"M{self.x + 3} {self.y + 14}h7l-3.5-6.5z"


@register.inclusion_tag("clubs/heat_map.html")
def heat_map(comparison: Comparison) -> dict[str, Any]:
    """Rows of villages, columns of weeks; the weeks of the month that is looked at stand in a frame."""
    mondays = comparison.mondays
    in_month = [number for number, monday in enumerate(mondays) if Month.of_week(monday) == comparison.month]
    height = HEAD + STEP * len(comparison.rows)
    return {
        "width": NAMES + CELL * len(mondays) + SUM,
        "height": height + 6,
        "end": NAMES + CELL * len(mondays) + SUM,
        "months": _months(comparison),
        "weeks": [_week_head(comparison, number) for number in range(len(mondays))],
        "lines": [_line(row, HEAD + STEP * number) for number, row in enumerate(comparison.rows)],
        "box": {
            "x": NAMES + CELL * in_month[0] + 1.5,
            "y": HEAD - 1,
            "width": CELL * len(in_month) - 1,
            "height": STEP * len(comparison.rows) + 3,
        },
        "label": NAMES - 6,
    }


def _months(comparison: Comparison) -> list[dict[str, Any]]:
    heads: list[dict[str, Any]] = []
    last = None
    for number, monday in enumerate(comparison.mondays):
        month = Month.of_week(monday)
        if month != last:
            heads.append({"x": NAMES + CELL * number + 4, "name": spoken.spoken_month(month.first_day)})
            last = month
    return heads


def _week_head(comparison: Comparison, number: int) -> dict[str, Any]:
    """The Monday, and what most of the villages owed in that week."""
    monday = comparison.mondays[number]
    owed = [row.weeks[number].required_minutes for row in comparison.all_rows]
    usual = max(set(owed), key=owed.count) if owed else 0
    return {
        "x": NAMES + CELL * number + 16,
        "day": f"{monday.month}-{monday.day}" if monday.day <= 7 or number == 0 else str(monday.day),
        "standard": spoken.hours_in_tenths(usual).removesuffix(".0"),
    }


def _line(row: Row, y: int) -> dict[str, Any]:
    return {
        "y": y + 15,
        "name": row.name,
        "code": row.club.village_code,
        "cells": [_cell(row, week, NAMES + CELL * number + 4, y) for number, week in enumerate(row.weeks)],
        "missing": spoken.hours_in_tenths(row.missing).removesuffix(".0"),
        "is_unknown": bool(row.silent),
        "is_met": not row.needs_help,
    }


def _cell(row: Row, week: Week, x: int, y: int) -> Cell:
    title = _("%(village)s, week of %(monday)s: %(state)s; required %(required)s, open %(open)s") % {
        "village": row.name,
        "monday": f"{week.monday:%m-%d}",
        "state": WeekState(week.state).label,
        "required": spoken.spoken_minutes(week.required_minutes),
        "open": spoken.spoken_minutes(week.open_minutes),
    }
    missing = _one_decimal(week.missing_minutes) if week.state == WeekState.SHORT else ""
    return Cell(x, y, week, title, missing)


def _one_decimal(minutes: int) -> str:
    hours = spoken.hours_in_tenths(minutes)
    return hours if "." in hours else f"{hours}.0"


@register.inclusion_tag("clubs/week_bar.html")
def week_bar(week: Week) -> dict[str, Any]:
    """One week: a bar of what was open, a line at the standard with its number."""
    top = max(BAR_FULL, week.open_minutes, week.required_minutes)
    at = 100 * week.required_minutes / top
    return {
        "week": week,
        "done": f"{100 * week.open_minutes / top:.1f}%",
        "standard": f"{at:.1f}%",
        "anchor": "end" if at > 40 else "start",
        "state": week.state,
    }
