from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext, pgettext

from ccmp.reports.rules import wording
from ccmp.reports.rules.figures import EXEMPT, MET, RUNNING, SHORT, SILENT, Week
from ccmp.reports.rules.lines.line import Line
from ccmp.reports.rules.published import Sums, VillageRow
from ccmp.reports.rules.wording import number

MARKS = {MET: "●", SHORT: "▲", SILENT: "▨", EXEMPT: "○", RUNNING: "◐"}


@dataclass(frozen=True)
class Mark:
    """A state, told by its shape and its word."""

    state: str
    sign: str
    text: str


@dataclass(frozen=True)
class WeekHead:
    day: str
    required: str


@dataclass(frozen=True)
class HoursLine:
    name: str
    place: str
    cells: tuple[Mark, ...]
    open: str
    required: str
    verdict: Mark


def week_heads(villages: Sequence[VillageRow]) -> list[WeekHead]:
    """One column a week, with what most villages were asked for in it."""
    heads = []
    for at in range(len(villages[0].weeks)):
        asked = [village.weeks[at].required_minutes for village in villages if village.weeks[at].required_minutes]
        usual = max(set(asked), key=lambda one: (asked.count(one), one)) if asked else 0
        heads.append(WeekHead(f"{villages[0].weeks[at].monday:%m-%d}", wording.bare_hours(usual)))
    return heads


def hours_lines(villages: Sequence[VillageRow]) -> list[HoursLine]:
    return [
        HoursLine(
            name=village.name,
            place=village.township,
            cells=tuple(week_mark(week) for week in village.weeks),
            open=wording.hours(village.open_minutes),
            required=wording.hours(village.required_minutes),
            verdict=verdict(village),
        )
        for village in villages
    ]


def week_mark(week: Week) -> Mark:
    words = {
        SILENT: pgettext("a week in a table", "none"),
        EXEMPT: pgettext("a week in a table", "exempt"),
    }
    sign = "" if week.state == MET else MARKS[week.state]
    return Mark(week.state, sign, words.get(week.state) or wording.open_hours(week))


def verdict(village: VillageRow) -> Mark:
    silent = sum(week.state == SILENT for week in village.weeks)
    short = sum(week.state == SHORT for week in village.weeks)
    words = {
        MET: _("met"),
        EXEMPT: _("exempt"),
        RUNNING: _("not over"),
        SHORT: ngettext("%(count)s week short", "%(count)s weeks short", short) % {"count": short},
        SILENT: ngettext("%(count)s week silent", "%(count)s weeks silent", silent) % {"count": silent},
    }
    return Mark(village.verdict, MARKS[village.verdict], words[village.verdict])


def hours_total(villages: Sequence[VillageRow], totals: Sums) -> Line:
    sums = [sum(village.weeks[at].open_minutes for village in villages) for at in range(len(villages[0].weeks))]
    return Line(
        head=npgettext("the sum of a table", "%(count)s village", "All %(count)s villages", totals.villages)
        % {"count": number(totals.villages)},
        cells=(
            *(wording.hours(minutes) for minutes in sums),
            wording.hours(totals.open_minutes),
            wording.hours(totals.required_minutes),
            ngettext("%(count)s met", "%(count)s met", totals.met) % {"count": number(totals.met)},
        ),
        is_sum=True,
    )
