"""Spreadsheets that go out: the template, and her own file with what is wrong said at each cell."""

from collections.abc import Mapping, Sequence
from io import BytesIO

from django.utils.translation import gettext as _
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from children.rules.register_sheet import Column, columns, example_row, notes
from children.rules.sheet_cells import Cell, heading_of
from children.rules.sheet_formats import (
    EXAMPLE,
    HEAD,
    NEEDED,
    OPTIONS,
    TEXT,
    WRONG,
    choices_of,
    neutral,
    write_drop_downs,
    write_headings,
)
from children.rules.sheet_table import PROBLEM, Table
from children.services.import_plan import Line
from children.services.import_villages import village_words

SHEET, NOTES, LISTS = "儿童登记表", "填写说明", "选项"
LAST_ROW = 5_001
WIDEST = 40  # characters of a column of somebody else's


def template_workbook(villages: Mapping[str, str]) -> bytes:
    """An .xlsx to be filled in: headings, drop-downs, an example row, what to write. `villages`: code → name."""
    content = BytesIO()
    book = Workbook(content, OPTIONS | {"in_memory": True})
    sheet, lines, lists = (book.add_worksheet(name) for name in (SHEET, NOTES, LISTS))
    keys = [key for key in columns() if key != "village" or len(villages) > 1]
    write_headings(sheet, book, keys, is_asked=True)
    example = book.add_format(EXAMPLE)
    for place, key in enumerate(keys):
        sheet.write_string(1, place, example_row().get(key, ""), example)
    _write_notes(lines, book, [columns()[key] for key in keys])
    write_drop_downs(sheet, lists, _offered(keys, villages), (1, LAST_ROW), _message())
    book.close()
    return content.getvalue()


def _offered(keys: Sequence[str], villages: Mapping[str, str]) -> dict[int, list[str]]:
    """What may be chosen, by place of the column."""
    words = {place: choices_of(columns()[key]) for place, key in enumerate(keys) if key}
    return words | {place: village_words(villages) for place, key in enumerate(keys) if key == "village"}


def _message() -> str:
    return _("Choose a word of the list, or write it in full.")


def _write_notes(sheet: Worksheet, book: Workbook, asked: Sequence[Column]) -> None:
    """What to know, and below it each column: whether it is needed, and what may stand there."""
    text, head, needed = (book.add_format(one | {"text_wrap": True}) for one in (TEXT, HEAD, NEEDED))
    for place, width in enumerate((20, 10, 90)):
        sheet.set_column(place, place, width, text)
    lines = [f"{number}. {line}" for number, line in enumerate(notes(), start=1)]
    for row, line in enumerate(lines):
        sheet.merge_range(row, 0, row, 2, line, text)
    for place, heading in enumerate((_("Column"), _("Needed"), _("What to write"))):
        sheet.write_string(len(lines) + 1, place, heading, head)
    for row, column in enumerate(asked, start=len(lines) + 2):
        sheet.write_string(row, 0, column.heading, needed if column.is_needed else head)
        sheet.write_string(row, 1, _("needed") if column.is_needed else "", text)
        sheet.write_string(row, 2, _asked(column), text)


def _asked(column: Column) -> str:
    kinds = {
        "day": _("A day, for example 2015-03-01."),
        "number": _("The 18 characters of the ID number; the cell's format is “Text”."),
        "phone": _("One telephone number."),
    }
    return _(", ").join(choices_of(column)) or kinds.get(column.kind, "")


def annotated_copy(table: Table, lines: Sequence[Line], villages: Mapping[str, str]) -> bytes:
    """Her own rows as .xlsx, each where it stood: refused cells coloured and explained, a first column that says it in words."""
    content = BytesIO()
    book = Workbook(content, OPTIONS | {"in_memory": True})
    sheet, lists = (book.add_worksheet(name) for name in (SHEET, LISTS))
    wrong, text = book.add_format(WRONG), book.add_format(TEXT | {"text_wrap": True})
    _write_above(sheet, book, table)
    for row, line in zip(table.rows, lines, strict=True):
        _write_annotated(sheet, row.number - 1, row.whole, table.keys, line, wrong, text)
    offered = {place + 1: words for place, words in _offered(table.keys, villages).items()}
    write_drop_downs(sheet, lists, offered, (table.at, table.rows[-1].number - 1), _message())
    sheet.autofilter(table.at - 1, 0, table.rows[-1].number - 1, len(table.headings))
    book.close()
    return content.getvalue()


def _write_above(sheet: Worksheet, book: Workbook, table: Table) -> None:
    """Widths, what stands over the headings, and the headings."""
    head, text = book.add_format(HEAD), book.add_format(TEXT)
    sheet.set_column(0, 0, 60, text)
    for place, (key, heading) in enumerate(zip(table.keys, table.headings, strict=True), start=1):
        sheet.set_column(place, place, columns()[key].width if key else min(WIDEST, 2 * len(heading) + 4), text)
    for row, cells in enumerate(table.above):
        for place, cell in enumerate(cells, start=1):
            if cell.text:
                sheet.write_string(row, place, neutral(cell.text))
    for place, heading in enumerate([PROBLEM, *table.headings]):
        sheet.write_string(table.at - 1, place, neutral(heading), head)
    sheet.freeze_panes(table.at, 1)


def _write_annotated(
    sheet: Worksheet, at: int, whole: Sequence[Cell], keys: Sequence[str], line: Line, wrong: Format, told: Format
) -> None:
    sheet.write_string(at, 0, problems_said(line), told)
    for place, cell in enumerate(whole, start=1):
        key = keys[place - 1] if place <= len(keys) else ""
        text = neutral(cell.text)
        if key and key in line.problems:
            sheet.write_string(at, place, text, wrong) if text else sheet.write_blank(at, place, None, wrong)
            sheet.write_comment(at, place, line.problems[key], {"x_scale": 2})
        elif text:
            sheet.write_string(at, place, text)


def problems_said(line: Line) -> str:
    """All that is wrong with a row, by its headings."""
    return "\n".join(f"{heading_of(key)}：{sentence}" for key, sentence in line.problems.items())
