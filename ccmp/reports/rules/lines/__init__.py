"""The lines of a paper: frozen figures turned into the words and numbers that stand in its tables."""

from ccmp.reports.rules.lines.hours import HoursLine, Mark, hours_lines, hours_total, verdict, week_heads, week_mark
from ccmp.reports.rules.lines.line import Line
from ccmp.reports.rules.lines.needs import NeedLine, need_lines
from ccmp.reports.rules.lines.tables import (
    activity_lines,
    attempts_sentence,
    flag_lines,
    label_lines,
    opening_lines,
    place_children_lines,
    place_hours_lines,
    take_up_lines,
    task_lines,
    themes_sentence,
    village_lines,
    visit_lines,
    with_their_counties,
)

__all__ = [
    "HoursLine",
    "Line",
    "Mark",
    "NeedLine",
    "activity_lines",
    "attempts_sentence",
    "flag_lines",
    "hours_lines",
    "hours_total",
    "label_lines",
    "need_lines",
    "opening_lines",
    "place_children_lines",
    "place_hours_lines",
    "take_up_lines",
    "task_lines",
    "themes_sentence",
    "verdict",
    "village_lines",
    "visit_lines",
    "week_heads",
    "week_mark",
    "with_their_counties",
]
