"""A brought file as a table: which of its columns are ours, and its rows by our columns."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from children.rules.register_sheet import columns, columns_of, is_example, joined_headings
from children.rules.sheet_cells import EMPTY, MOST_COLUMNS, Cell
from children.rules.sheet_text import BadFile, text_rows
from children.rules.sheet_workbook import Marks, Sheet, check_is_no_old_excel, is_workbook, workbook_sheets

FIRST_ROWS = 15  # among these the headings are looked for
FEWEST_KNOWN = 3
PROBLEM = "问题"  # the column that our own annotated copy adds
BIGGEST = 10_000_000  # bytes
Numbered = Iterator[tuple[int, list[Cell]]]


@dataclass
class TableRow:
    """A row of the file: its number as the spreadsheet counts it, its cells by our columns, and as they stand."""

    number: int
    cells: Mapping[str, Cell]
    whole: list[Cell]


@dataclass
class Table:
    """What was read of a file; `unknown` are headings that are none of ours.

    `at`: the row of the headings. `above`: what stands over them. `unread`: other sheets that have children too.
    """

    headings: list[str]
    keys: list[str]
    at: int = 1
    above: list[list[Cell]] = field(default_factory=list)
    sheet: str = ""
    unread: list[str] = field(default_factory=list)
    rows: list[TableRow] = field(default_factory=list)
    hidden: int = 0
    merged: int = 0
    examples: int = 0

    @property
    def unknown(self) -> list[str]:
        return [
            one.strip()
            for one, key in zip(self.headings, self.keys, strict=True)
            if not key and one.strip() not in ("", PROBLEM)
        ]


def read_table(content: bytes, *, most: int, needs_village: bool) -> Table:
    """Read a file. Raises BadFile, with a sentence that says what to do."""
    if not content.strip(b"\x00 \r\n\t"):
        raise BadFile(gettext_lazy("This file is empty."))
    if len(content) > BIGGEST:
        raise too_big()
    check_is_no_old_excel(content)
    sheets = workbook_sheets(content) if is_workbook(content) else iter([Sheet("", text_rows(content), Marks())])
    table, numbered, marks = _first_with_headings(sheets)
    _check_columns(table, needs_village=needs_village)
    _take_rows(table, numbered, marks, most=most)
    table.unread = [one.title for one in sheets if _has_children(one)]
    if not table.rows:
        raise BadFile(gettext_lazy("There are only headings in this file, and no child."))
    return table


def too_big() -> BadFile:
    return BadFile(
        gettext_lazy(
            "This file is larger than 10 MB. Take pictures and other sheets out of it, or part it by villages."
        )
    )


def _first_with_headings(sheets: Iterator[Sheet]) -> tuple[Table, Numbered, Marks]:
    """Of the first sheet that is a register; a cover and notes may come before it."""
    for sheet in sheets:
        found = _find_headings(enumerate(sheet.rows, start=1))
        if found:
            found[0].sheet = sheet.title
            return *found, sheet.marks
    raise BadFile(
        gettext_lazy(
            "No headings of a register were found: whose child it is, its name, its birth date. "
            "Take our template, and copy your rows into it."
        )
    )


def _find_headings(numbered: Numbered) -> tuple[Table, Numbered] | None:
    """The first row with enough headings of ours, and the rows below it. A title may stand above, and groups (“父亲”) too."""
    above: list[list[Cell]] = []
    for number, cells in numbered:
        headings = _best([cell.text for cell in cells], above)
        if _known(headings) >= FEWEST_KNOWN:
            table = Table(headings, columns_of(headings), number, above)
            return _with_subheadings(table, cells, numbered)
        if number >= FIRST_ROWS:
            break
        above.append(cells)
    return None


def _best(headings: list[str], above: list[list[Cell]]) -> list[str]:
    """By themselves, or below the groups that the row above names."""
    joined = joined_headings([cell.text for cell in above[-1]], headings) if above else headings
    return joined if _known(joined) > _known(headings) else headings


def _with_subheadings(table: Table, cells: list[Cell], numbered: Numbered) -> tuple[Table, Numbered]:
    """The headings may go on in the row below: “父亲” over “姓名” and “电话”."""
    following = next(numbered, None)
    if following is None:
        return table, numbered
    joined = joined_headings([cell.text for cell in cells], [cell.text for cell in following[1]])
    if _known(joined) > _known(table.headings):
        return Table(joined, columns_of(joined), following[0], [*table.above, cells]), numbered
    return table, chain([following], numbered)


def _known(headings: list[str]) -> int:
    return sum(bool(key) for key in columns_of(headings))


def _has_children(sheet: Sheet) -> bool:
    found = _find_headings(enumerate(sheet.rows, start=1))
    if not found:
        return False
    table, numbered = found
    named = (dict(zip(table.keys, cells, strict=False)).get("name", EMPTY).text for _number, cells in numbered)
    return any(name.strip() and not is_example(name) for name in named)


def _check_columns(table: Table, *, needs_village: bool) -> None:
    """Names what is missing. The birth date may be told by the ID number."""
    missing = [one.heading for key, one in columns().items() if one.is_needed and key not in table.keys]
    if "born_on" not in table.keys and "resident_id" not in table.keys:
        missing.append(columns()["born_on"].heading)
    if needs_village and "village" not in table.keys:
        missing.insert(0, columns()["village"].heading)
    if missing:
        raise BadFile(
            _("These columns are missing: %(names)s. Add them, or copy your rows into our template.")
            % {"names": _(", ").join(missing)}
        )


def _take_rows(table: Table, numbered: Numbered, marks: Marks, *, most: int) -> None:
    filler = _Filler(marks, table.at)
    for number, cells in numbered:
        whole = filler.fill(number, cells)
        by_key = {key: cell for key, cell in zip(table.keys, whole, strict=False) if key}
        if not any(cell.text.strip() for cell in by_key.values()) or _are_headings(by_key):
            continue
        if is_example(by_key.get("name", EMPTY).text) or is_example(by_key.get("head_name", EMPTY).text):
            table.examples += 1
            continue
        if len(table.rows) >= most:
            raise BadFile(
                _("There are more than %(most)d children in this file. Part it, for example by villages.")
                % {"most": most}
            )
        table.hidden += number in marks.hidden
        table.rows.append(TableRow(number, by_key, whole))
    table.merged = filler.filled


def _are_headings(cells: Mapping[str, Cell]) -> bool:
    """Headings once more, as they stand on each page of a table that was printed."""
    return columns_of([cells.get("name", EMPTY).text]) == ["name"] and _known([one.text for one in cells.values()]) > 1


class _Filler:
    """What stands in a merged cell counts for each of its rows."""

    def __init__(self, marks: Marks, headings: int) -> None:
        self.beginning: dict[int, list[tuple[int, int]]] = {}  # row → columns, each with its last row
        for column, top, _last_column, bottom in marks.merged:
            if bottom > top > headings and column <= MOST_COLUMNS:
                self.beginning.setdefault(top, []).append((column, bottom))
        self.running: dict[int, tuple[int, Cell]] = {}  # column → last row, cell; merged cells do not overlap
        self.filled = 0

    def fill(self, number: int, cells: list[Cell]) -> list[Cell]:
        self.running = {column: one for column, one in self.running.items() if number <= one[0]}
        for column, (_bottom, cell) in self.running.items():
            cells += [EMPTY] * (column - len(cells))
            if not cells[column - 1].text:
                cells[column - 1] = cell
                self.filled += 1
        for column, bottom in self.beginning.get(number, ()):
            cells += [EMPTY] * (column - len(cells))
            self.running[column] = (bottom, cells[column - 1])
        return cells
