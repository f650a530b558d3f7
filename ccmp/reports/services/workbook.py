"""A report's figures as a spreadsheet: the same numbers as the paper's, row by row, no name of a child."""

from collections.abc import Sequence
from io import BytesIO

import xlsxwriter
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from xlsxwriter.worksheet import Worksheet

from ccmp.reports.enums import Edition
from ccmp.reports.rules import lines, wording
from ccmp.reports.rules.paper_pages import Imprint, page_of
from ccmp.reports.rules.published import Paper, Sums, VillageRow

Cell = str | int | float
Rows = Sequence[Sequence[Cell]]
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
OPTIONS = {
    "constant_memory": True,
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def workbook_of(paper: Paper, imprint: Imprint) -> bytes:
    """The bytes of an .xlsx with a sheet on the report itself, one of villages, and one of places above them."""
    content = BytesIO()
    book = xlsxwriter.Workbook(content, OPTIONS)
    book.set_properties(
        {"title": page_of(paper, imprint).html_title, "created": wording.in_china(paper.cut_off).replace(tzinfo=None)}
    )
    _write(book.add_worksheet(_("The report")), _about(paper, imprint))
    _write(book.add_worksheet(_("Hours by week")), _hours(paper))
    _write(book.add_worksheet(_("Villages")), _villages(paper))
    if paper.counties:
        _write(book.add_worksheet(_("Counties")), _places([*paper.provinces, *paper.counties]))
    if paper.take_up:
        _write(book.add_worksheet(_("Benefits")), _take_up(paper))
    book.close()
    return content.getvalue()


def neutral(value: Cell) -> Cell:
    """A text that a spreadsheet might take for a formula gets a sign before it that keeps it a text."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_SIGNS) and value != "–" else value


def _write(sheet: Worksheet, rows: Rows) -> None:
    sheet.set_column(0, 0, 24)
    sheet.freeze_panes(1, 1)
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            sheet.write(at, column, neutral(value))


def _about(paper: Paper, imprint: Imprint) -> Rows:
    return [
        [page_of(paper, imprint).html_title],
        [_("Edition"), str(Edition(paper.edition).label)],
        [_("Version"), imprint.version],
        [_("Facts until"), wording.cut_off(paper.cut_off)],
        [_("Verification code"), imprint.code],
        [_("Small numbers"), _("A count from 1 to 4 in one village reads “fewer than 5”; – is withheld.")],
        *([_("Rule"), version] for version in paper.rule_versions),
    ]


def _hours(paper: Paper) -> Rows:
    mondays = [f"{week.monday}" for week in paper.villages[0].weeks]
    head = [_("Village"), _("Code"), _("Township"), *mondays, _("Open hours"), _("Required hours"), _("This month")]
    return [head, *([*_who(one), *(_week(week) for week in one.weeks), *_sum_of_hours(one)] for one in paper.villages)]


def _week(week: object) -> Cell:
    mark = lines.week_mark(week)  # type: ignore[arg-type]
    return float(mark.text) if mark.text.replace(".", "").isdigit() else mark.text


def _who(village: VillageRow) -> list[Cell]:
    return [village.name, village.code, village.township]


def _sum_of_hours(village: VillageRow) -> list[Cell]:
    return [round(village.open_minutes / 60, 2), round(village.required_minutes / 60, 2), lines.verdict(village).text]


def _villages(paper: Paper) -> Rows:
    head = [
        _("Village"), _("Code"), _("Township"), _("Registered children"), _("Left-behind children"), _("Visits due"),
        _("Visits made in time"), _("Visits overdue"), _("Children who came"), _("Attendances"), _("Activities"),
        _("Flags raised"), pgettext("column", "Needs met"), pgettext("column", "Benefits not received"),
    ]  # fmt: skip
    rows = [
        [
            *_who(one), one.children, _count(one.left_behind), one.visits_due, one.visits_in_time, one.visits_overdue,
            one.children_attending, one.attendances, one.activities, _count(one.flags_raised), _count(one.needs_met),
            _count(one.unclaimed),
        ]
        for one in paper.villages
    ]  # fmt: skip
    return [head, *rows]


def _take_up(paper: Paper) -> Rows:
    """As on the paper; the numbers as numbers."""
    head = [
        pgettext("column", "Benefit"), pgettext("column of benefits", "May qualify"), pgettext("column of benefits", "Received"),
        pgettext("column of benefits", "Not received"), pgettext("column of benefits", "of these applied for"),
    ]  # fmt: skip
    named = zip(lines.take_up_lines(paper), paper.take_up, strict=False)
    rows: list[list[Cell]] = [
        [line.head, one.may_qualify, one.receiving, one.unclaimed, one.applied] for line, one in named
    ]
    return [head, *rows]


def _count(value: int | str | None) -> Cell:
    return value if isinstance(value, int) else wording.published(value)


def _places(places: Sequence[Sums]) -> Rows:
    head = [
        pgettext("column", "Province, county"), _("Code"), _("Villages"), _("Villages that met the standard"), _("Open hours"),
        _("Required hours"), _("Registered children"), _("Left-behind children"), _("Visits due"), _("Visits made in time"),
        _("Flags raised"), _("Flags taken up in time"), _("Tasks sent"), _("What children really received"),
        _("Benefits that children may qualify for"), _("Benefits received"), pgettext("column", "Benefits not received"),
    ]  # fmt: skip
    rows = [
        [
            one.name, one.code, one.villages, one.met, round(one.open_minutes / 60, 2), round(one.required_minutes / 60, 2),
            one.children, _count(one.left_behind), one.visits_due, one.visits_in_time, _count(one.flags_raised),
            _count(one.flags_in_time), _count(one.tasks_sent), _count(one.tasks_confirmed),
            _count(one.may_qualify), _count(one.receiving), _count(one.unclaimed),
        ]
        for one in places
    ]  # fmt: skip
    return [head, *rows]
