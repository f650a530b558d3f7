"""A register in an Excel file (xlsx), read row by row; nothing in it is believed or run."""

import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO
from typing import Any

from django.utils.translation import gettext_lazy as _
from openpyxl import load_workbook
from openpyxl.utils.cell import range_boundaries

from children.rules.sheet_cells import MOST_COLUMNS, Cell
from children.rules.sheet_text import BadFile

OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
MOST_UNPACKED = 120_000_000  # bytes of all parts together
MOST_PARTS = 400
MOST_TIMES = 200  # what is packed so much tighter is no table of words
SMALL = 2_000_000  # bytes; a small part may be packed as tight as it likes
MOST_DIGITS = 15  # a spreadsheet keeps no more of a number
LAST_ROW = 1_048_576  # that a spreadsheet has
# Never past the end of a mark, however many are begun: what is hostile is read in one go too.
MERGED = re.compile(rb'<mergeCell [^<>]*?ref="([A-Z0-9:]+)"')
HIDDEN = re.compile(rb'<row (?=[^<>]*?hidden="(?:1|true)")[^<>]*?\br="(\d+)"')
DAMAGED = _("This Excel file is damaged. Open it, save it anew, and bring it again.")
DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


@dataclass
class Marks:
    """What the sheet says beside its cells: merged ranges (first column, first row, last column, last row), hidden rows."""

    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)


def is_workbook(content: bytes) -> bool:
    return content.startswith(b"PK\x03\x04")


def check_is_no_old_excel(content: bytes) -> None:
    """Raises BadFile for an xls, and for an xlsx that is locked with a password."""
    if not content.startswith(OLD_EXCEL):
        return
    if ENCRYPTED in content:
        raise BadFile(
            _("This file is locked with a password. Take the password away in Excel, save it, and bring it again.")
        )
    raise BadFile(
        _(
            "This is an Excel file of the old kind (xls). Open it, choose “Save as” and “Excel workbook (xlsx)”, and bring that."
        )
    )


@dataclass
class Sheet:
    """A sheet by its name: its rows, read as they are asked for, and the marks beside them."""

    title: str
    rows: Iterator[list[Cell]]
    marks: Marks


def workbook_sheets(content: bytes) -> Iterator[Sheet]:
    """The sheets that are not hidden, one after the other. Raises BadFile."""
    check_is_no_bomb(content)
    try:
        book = load_workbook(BytesIO(content), read_only=True, data_only=False, keep_links=False)
        shown = [one for one in book.worksheets if one.sheet_state == "visible"]
        marks = [_marks(content, one) for one in shown]
    except Exception:  # a broken file breaks a reader anywhere
        raise BadFile(DAMAGED) from None
    if not shown:
        raise BadFile(_("There is no sheet in this file."))
    for one, beside in zip(shown, marks, strict=True):
        yield Sheet(one.title, _rows(one), beside)


def _rows(sheet: Any) -> Iterator[list[Cell]]:
    try:
        sheet.reset_dimensions()
        gap = None
        for cells in sheet.iter_rows(max_col=MOST_COLUMNS, max_row=LAST_ROW):
            # Where rows are missing the reader gives one and the same empty one for each: a million of them are soon gone by.
            yield [] if cells is gap else [_cell(one) for one in _without_empty_end(cells)]
            gap = cells
    except Exception:  # a broken file breaks a reader anywhere
        raise BadFile(DAMAGED) from None


def _without_empty_end(cells: Sequence[Any]) -> Sequence[Any]:
    """Each row is as wide as the widest may be; what is empty at its end is not looked at twice."""
    last = len(cells)
    while last and cells[last - 1].value is None:
        last -= 1
    return cells[:last]


def check_is_no_bomb(content: bytes) -> None:
    """Before anything is unpacked: how much it says that it holds, and whether it declares entities. Raises BadFile."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            parts = packed.infolist()
            if len(parts) > MOST_PARTS or sum(one.file_size for one in parts) > MOST_UNPACKED:
                raise BadFile(_("Unpacked, this file is far too large for a register. Is it the right file?"))
            for one in parts:
                if one.file_size > SMALL and one.file_size > MOST_TIMES * max(one.compress_size, 1):
                    raise BadFile(_("Unpacked, this file is far too large for a register. Is it the right file?"))
                if one.filename.endswith((".xml", ".rels")) and DECLARED.search(packed.open(one).read(4096)):
                    raise BadFile(
                        _("There is something in this file that has no place in a table, so it is not opened.")
                    )
            if "[Content_Types].xml" not in packed.namelist():
                raise BadFile(_("This is no table. Choose an Excel file (xlsx) or a CSV file."))
    except (zipfile.BadZipFile, OSError, EOFError, RuntimeError, NotImplementedError):
        raise BadFile(DAMAGED) from None


def _marks(content: bytes, sheet: Any) -> Marks:
    with zipfile.ZipFile(BytesIO(content)) as packed:
        written = packed.read(sheet._worksheet_path)
    merged = [range_boundaries(one.decode()) for one in MERGED.findall(written)]
    return Marks(merged, {int(one) for one in HIDDEN.findall(written)})


def _cell(one: Any) -> Cell:
    value = one.value
    if value is None:
        return Cell()
    if one.data_type == "f":
        return Cell(str(value), is_formula=True)
    if isinstance(value, bool):
        return Cell("是" if value else "否")
    if isinstance(value, datetime):
        return Cell(value.date().isoformat())
    if isinstance(value, date):
        return Cell(value.isoformat())
    if isinstance(value, int | float):
        return _number(value)
    return Cell("" if one.data_type == "e" else str(value))


def _number(value: float) -> Cell:
    """As it would be typed; a long one has lost its last digits."""
    if abs(value) >= 10**MOST_DIGITS:
        return Cell(f"{value:.2E}", is_shortened=True)
    return Cell(str(int(value)) if value == int(value) else f"{value:.10g}")
