from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ccmp.reports.rules import wording
from ccmp.reports.rules.figures import Activity, Opening
from ccmp.reports.rules.lines.line import Line
from ccmp.reports.rules.lines.needs import department_name
from ccmp.reports.rules.published import Breakdowns, Paper, Sums, VillageRow
from ccmp.reports.rules.wording import number, published
from children.rules.benefits import benefits
from clubs.enums import Theme
from visits.enums import Outcome, RiskLevel, Severity

TOGETHER = "\N{NO-BREAK SPACE}"


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
    listed = wording.joined([f"{Outcome(one.kind).label}{TOGETHER}{number(one.number)}" for one in failed])
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


def take_up_lines(paper: Paper) -> list[Line]:
    """By benefit, the widest gap first, and all of them together."""
    names = {code: str(one.name) for code, one in benefits().items()}
    lines = [
        Line(
            names.get(one.benefit) or _("Other benefits, together"),
            tuple(number(count) for count in (one.may_qualify, one.receiving, one.unclaimed, one.applied)),
        )
        for one in paper.take_up
    ]
    totals = paper.totals
    cells = (totals.may_qualify, totals.receiving, totals.unclaimed, totals.applied)
    return [*lines, Line(_("Together"), tuple(published(count) for count in cells), is_sum=True)] if lines else []


def themes_sentence(paper: Paper) -> str:
    """Which themes, the most frequent first; empty when none was held."""
    if not paper.themes:
        return ""
    return _("Themes: %(themes)s.") % {
        "themes": wording.joined([f"{Theme(one.kind).label}{TOGETHER}{number(one.number)}" for one in paper.themes])
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
                published(village.unclaimed),
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
