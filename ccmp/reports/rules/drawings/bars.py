from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from ccmp.reports.rules import wording
from ccmp.reports.rules.drawings.coordinates import at
from ccmp.reports.rules.figures import SILENT
from ccmp.reports.rules.published import VillageRow

LEFT, WIDTH, STEP = 66, 127, 19
MOST_BARS = 12


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
    floor = len(shown) * STEP
    left_out = len(villages) - len(shown)
    return Bars(
        title=_("Villages that fell short, open and required hours"),
        height=at(floor + 20),
        floor=at(floor),
        foot=at(floor + 11),
        standard_x=at(LEFT + WIDTH * required / most),
        standard=pgettext("in a drawing", "required: %(hours)s h") % {"hours": wording.bare_hours(required)},
        bars=tuple(_bar(one, n * STEP + 3, WIDTH * one.open_minutes / most) for n, one in enumerate(shown)),
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
    inside = width > 70 and LEFT + width < LEFT + WIDTH * 0.94
    return Bar(
        name=wording.short_name(village.name),
        name_y=at(y + 9.5),
        y=at(y),
        width=at(width),
        label=label,
        label_x=at(LEFT + width + (-3 if inside else 3)),
        label_y=at(y + 9.4),
        anchor="end" if inside else "start",
        is_silent=silent > 0,
    )
