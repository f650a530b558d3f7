"""The lines of a paper: frozen figures turned into the words and numbers that stand in its tables."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext, pgettext

from ccmp.people.enums import DepartmentKind
from ccmp.reports.rules import needs as need_kinds
from ccmp.reports.rules import wording
from ccmp.reports.rules.figures import EXEMPT, MET, RUNNING, SHORT, SILENT, Activity, Opening, Week
from ccmp.reports.rules.published import Breakdowns, Need, Paper, Sums, VillageRow
from ccmp.reports.rules.wording import number, published
from clubs.enums import Theme
from visits.enums import Outcome, RiskLevel, Severity

MARKS = {MET: "●", SHORT: "▲", SILENT: "▨", EXEMPT: "○", RUNNING: "◐"}


@dataclass(frozen=True)
class Mark:
    """A state, told by its shape and its word."""

    state: str
    sign: str
    text: str


@dataclass(frozen=True)
class NeedLine:
    who: str
    about: str
    what: str
    ask: str


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


@dataclass(frozen=True)
class Line:
    """A row of any table: its head and its cells; a quiet second word beside the head."""

    head: str
    cells: tuple[str, ...]
    quiet: str = ""
    is_sum: bool = False


def need_lines(needs: Sequence[Need], *, place: str) -> list[NeedLine]:
    return [_need_line(need, place) for need in needs]


def _need_line(need: Need, place: str) -> NeedLine:
    by = wording.day(need.act_by)
    if need.kind == need_kinds.MANDATORY_LATE:
        return NeedLine(
            who=ngettext("%(count)s mandatory report", "%(count)s mandatory reports", need.number)
            % {"count": number(need.number)},
            about=ngettext("%(count)s township", "%(count)s townships", need.places) % {"count": number(need.places)},
            what=_("not taken up within 24 hours"),
            ask=_("County civil affairs and public security: meet before %(day)s") % {"day": by},
        )
    if need.kind == need_kinds.TASKS:
        return NeedLine(
            who=ngettext("%(count)s task of a department", "%(count)s tasks of departments", need.number)
            % {"count": number(need.number)},
            about=wording.joined([f"{department_name(one.kind, place)} {number(one.number)}" for one in need.departments]),
            what=ngettext(
                "past its day, by up to %(days)s day", "past their day, by up to %(days)s days", need.longest_days
            )
            % {"days": number(need.longest_days)},
            ask=_("%(departments)s: say before %(day)s when they will be done")
            % {"day": by, "departments": wording.joined([department_name(one.kind, place) for one in need.departments[:3]])},
        )
    return NeedLine(
        who=need.name,
        about=_about_village(need),
        what=_what_village(need),
        ask=_ask_village(need) % {"township": need.township, "day": by},
    )


def department_name(kind_or_name: str, place: str) -> str:
    """A department as its own county's paper calls it: 县教育局, not 绥阳县教育局. The foundation's papers tell the kind."""
    if kind_or_name in DepartmentKind.values:
        return str(DepartmentKind(kind_or_name).label)
    return place[-1] + kind_or_name.removeprefix(place) if place and kind_or_name.startswith(place) else kind_or_name


def _about_village(need: Need) -> str:
    return ngettext("%(township)s, %(count)s child", "%(township)s, %(count)s children", need.children) % {
        "township": need.township,
        "count": number(need.children),
    }


def _what_village(need: Need) -> str:
    parts = []
    if need.silent_weeks:
        parts.append(
            ngettext("nothing recorded in %(count)s week", "nothing recorded in %(count)s weeks", need.silent_weeks)
            % {"count": need.silent_weeks}
        )
    if need.short_weeks:
        text = ngettext(
            "%(count)s week short of %(gap)s", "%(count)s weeks short of %(gap)s together", need.short_weeks
        )
        parts.append(text % {"count": need.short_weeks, "gap": wording.duration(need.gap_minutes)})
    if need.visits_overdue:
        text = ngettext("%(count)s home visit overdue", "%(count)s home visits overdue", need.visits_overdue)
        parts.append(text % {"count": number(need.visits_overdue)})
    return pgettext("between two faults", "; ").join(parts)


def _ask_village(need: Need) -> str:
    if need.silent_weeks:
        return _("%(township)s: visit the village before %(day)s")
    if need.gap_minutes:
        return _("%(township)s: agree the hours or a stand-in before %(day)s")
    return _("%(township)s: have the visits made before %(day)s")


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


def label_lines(totals: Sums) -> list[Line]:
    def share(count: object) -> str:
        return f"{wording.percent(count, totals.children)}%" if isinstance(count, int) and totals.children else "–"

    named = [
        (_("Registered children, under 18"), totals.children),
        (_("Left behind, by the law's definition (under 16)"), totals.left_behind),
        (_("Both parents away for work"), totals.left_by_both),
        (_("One parent away for work"), totals.left_by_one),
    ]
    return [Line(name, (published(count), share(count))) for name, count in named]


def visit_lines(breakdowns: Breakdowns, totals: Sums) -> list[Line]:
    order = list(RiskLevel.values)
    rows = sorted(breakdowns.visits, key=lambda one: order.index(one.level))
    lines = [
        Line(
            str(RiskLevel(one.level).label),
            tuple(number(n) for n in (one.due, one.in_time, one.late, one.due - one.in_time - one.late, one.overdue)),
        )
        for one in rows
    ]
    due, in_time, late = (sum(getattr(one, name) for one in rows) for name in ("due", "in_time", "late"))
    cells = (due, in_time, late, due - in_time - late, sum(one.overdue for one in rows))
    return [*lines, Line(_("Together"), tuple(number(n) for n in cells), is_sum=True)]


def attempts_sentence(breakdowns: Breakdowns, totals: Sums) -> str:
    made = ngettext(
        "%(count)s visit was made, to %(children)s children.",
        "%(count)s visits were made, to %(children)s children.",
        totals.visits_made,
    ) % {
        "count": number(totals.visits_made),
        "children": number(totals.children_visited),
    }
    failed = [one for one in breakdowns.attempts if one.kind != Outcome.COMPLETED]
    if not failed:
        return made
    listed = wording.joined([f"{Outcome(one.kind).label} {number(one.number)}" for one in failed])
    return wording.sentences([made, _("Attempts that do not count: %(attempts)s.") % {"attempts": listed}])


def flag_lines(breakdowns: Breakdowns) -> list[Line]:
    order = list(Severity.values)
    rows = sorted(breakdowns.flags, key=lambda one: order.index(one.severity))
    names = ("raised", "in_time", "late", "waiting", "overdue")
    lines = [
        Line(str(Severity(one.severity).label), tuple(number(getattr(one, name)) for name in names)) for one in rows
    ]
    together = tuple(number(sum(getattr(one, name) for one in rows)) for name in names)
    return [*lines, Line(_("Together"), together, is_sum=True)]


def task_lines(breakdowns: Breakdowns, *, place: str) -> list[Line]:
    rows = sorted(breakdowns.tasks, key=lambda one: (-one.overdue, -one.sent, one.kind, one.name))
    return [
        Line(
            department_name(one.name or one.kind, place),
            (
                number(one.sent),
                _of(one.accepted_in_time, one.accept_due),
                _of(one.completed_in_time, one.complete_due),
                _of(one.confirmed, one.completed),
                number(one.returned),
                number(one.overdue),
            ),
        )
        for one in rows
    ]


def _of(part: int, whole: int) -> str:
    return f"{number(part)} / {number(whole)}" if whole else "–"


def themes_sentence(paper: Paper) -> str:
    """Which themes, the most frequent first; empty when none was held."""
    if not paper.themes:
        return ""
    return _("Themes: %(themes)s.") % {
        "themes": wording.joined([f"{Theme(one.kind).label} {number(one.number)}" for one in paper.themes])
    }


def village_lines(villages: Sequence[VillageRow]) -> list[Line]:
    """Every village's other figures; sensitive ones as they may be printed."""
    return [
        Line(
            village.name,
            (
                number(village.children),
                published(village.left_behind),
                _of(village.visits_in_time, village.visits_due),
                number(village.visits_overdue),
                number(village.attendances),
                number(village.activities),
                published(village.flags_raised),
                published(village.needs_met),
            ),
            quiet=village.township,
        )
        for village in villages
    ]


def place_hours_lines(places: Sequence[Sums]) -> list[Line]:
    """Counties or provinces: how many villages met the standard, and the hours behind it."""
    return [
        Line(
            place.name,
            (
                number(place.villages),
                number(place.met),
                number(place.short),
                number(place.silent),
                number(place.exempt),
                wording.hours(place.open_minutes),
                wording.hours(place.required_minutes),
                f"{wording.percent(place.open_minutes, place.required_minutes)}%" if place.required_minutes else "–",
            ),
            is_sum=not place.above_code,
        )
        for place in places
    ]


def place_children_lines(places: Sequence[Sums]) -> list[Line]:
    return [
        Line(
            place.name,
            (
                number(place.children),
                published(place.left_behind),
                published(place.left_by_both),
                published(place.left_by_one),
                _of(place.visits_in_time, place.visits_due),
                _published_of(place.high_in_time, place.high_due),
                _published_of(place.flags_in_time, place.flags_raised),
                _published_of(place.tasks_confirmed, place.tasks_completed),
            ),
            is_sum=not place.above_code,
        )
        for place in places
    ]


def _published_of(part: object, whole: object) -> str:
    return _of(part, whole) if isinstance(part, int) and isinstance(whole, int) else "–"


def with_their_counties(paper: Paper) -> list[Sums]:
    """Each province, followed by its counties."""
    return [
        one
        for province in paper.provinces
        for one in (province, *(c for c in paper.counties if c.above_code == province.code))
    ]


def activity_lines(activities: Sequence[Activity]) -> list[Line]:
    return [
        Line(
            str(Theme(one.theme).label),
            (
                ngettext("%(day)s, %(count)s person", "%(day)s, %(count)s people", one.people)
                % {"day": wording.day(one.held_on), "count": one.people},
            ),
        )
        for one in activities
    ]


def opening_lines(openings: Sequence[Opening]) -> list[Line]:
    return [Line(wording.weekdays(one.weekdays), (f"{one.opens_at}–{one.closes_at}",)) for one in openings]
