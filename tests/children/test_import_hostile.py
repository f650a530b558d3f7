"""Files that are made to keep a worker busy for ever, or to fill its memory: read in a moment, or refused in one."""

import io
import zipfile
from collections.abc import Callable
from contextlib import suppress
from time import monotonic

import pytest

from children.rules.sheet_cells import MOST_COLUMNS
from children.rules.sheet_table import read_table
from children.rules.sheet_text import BadFile, text_rows
from children.tasks import read_register_file, write_register_file
from tests.children.register_340 import workbook
from tests.children.test_import_files import HEADINGS, ROW, read, said

SECONDS = 20.0  # what took minutes, or never came to an end, is a matter of one or two; machines differ
AN_END = b"</sheetData>"
CHILD = {
    "name": "陈雨欣", "head_name": "陈国富", "ethnic_group": "苗族", "born_on": "2015-03-01", "hukou": "农业户口",
    "school_stage": "小学",
}  # fmt: skip


def rewritten(change: Callable[[bytes], bytes]) -> bytes:
    """A right workbook of one child, with its sheet's XML changed."""
    right, made = zipfile.ZipFile(io.BytesIO(workbook([CHILD]))), io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in right.namelist():
            part = right.read(name)
            packed.writestr(name, change(part) if name == "xl/worksheets/sheet1.xml" else part)
    return made.getvalue()


def with_more(more: bytes) -> bytes:
    return rewritten(lambda part: part.replace(AN_END, more + AN_END))


def inside(comment: bytes) -> bytes:
    return rewritten(lambda part: part.replace(b"<sheetData>", b"<!--" + comment + b"--><sheetData>"))


def cell(row: int, at: str = "A") -> bytes:
    return b'<row r="%d"><c r="%s%d" t="inlineStr"><is><t>x</t></is></c></row>' % (row, at.encode(), row)


ENDLESS = {
    "a row far below the last": with_more(cell(900_000_000_000)),
    "merged cells over one another": rewritten(
        lambda part: part.replace(
            AN_END,
            b"".join(cell(row) for row in range(9, 3000))
            + AN_END
            + b"<mergeCells>"
            + b'<mergeCell ref="A2:A90000"/>' * 20_000
            + b"</mergeCells>",
        )
    ),
    "marks that are begun and never ended": inside(b"<mergeCell " * 20_000 + b"<row " * 20_000),
    "millions of columns": (",".join(HEADINGS) + "\n" + "," * 3_000_000).encode(),
    "millions of headings": ("," * 3_000_000 + "\n" + ",".join(HEADINGS)).encode(),
}


@pytest.mark.parametrize("content", ENDLESS.values(), ids=ENDLESS)
def test_a_file_that_is_made_to_be_read_for_ever_is_done_with_at_once(content):
    began = monotonic()

    with suppress(BadFile):
        read(content)

    assert monotonic() - began < SECONDS


def test_what_stands_beyond_the_last_column_of_a_table_is_not_kept():
    [row] = text_rows(("x," * 5_000).encode())

    assert len(row) == MOST_COLUMNS


def test_merged_cells_fill_their_rows_one_after_another():
    """Two homes, each merged over its children."""
    rows = "".join(
        f'<row r="{number}">{"".join(_in(place, text, number) for place, text in enumerate(row))}</row>'
        for number, row in enumerate(
            [
                HEADINGS,
                ("甲", "陈国富", *ROW[2:]), ("乙", "", *ROW[2:]),
                ("丙", "罗大山", *ROW[2:]), ("丁", "", *ROW[2:]), ("戊", "", *ROW[2:]),
            ],
            start=1,
        )
    )  # fmt: skip
    merged = b'<mergeCells><mergeCell ref="B2:B3"/><mergeCell ref="B4:B6"/></mergeCells>'
    content = rewritten(
        lambda part: (
            part[: part.index(b"<sheetData")] + b"<sheetData>" + rows.encode() + AN_END + merged + b"</worksheet>"
        )
    )

    assert [row["head_name"] for row in said(content)] == ["陈国富", "陈国富", "罗大山", "罗大山", "罗大山"]
    assert read_table(content, most=9, needs_village=False).merged == 3


def _in(place: int, text: str, row: int) -> str:
    return f'<c r="{"ABCDEFG"[place]}{row}" t="inlineStr"><is><t>{text}</t></is></c>'


def test_entities_of_an_xml_are_not_opened_wherever_they_are_declared():
    """Behind so long a comment that a look at the beginning does not find them."""
    declared = b'<!DOCTYPE worksheet [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
    content = rewritten(
        lambda part: part.replace(b"<worksheet", b"<!--" + b" " * 9_000 + b"-->" + declared + b"<worksheet", 1)
    )

    with pytest.raises(BadFile):
        read(content)


def test_no_worker_sits_at_a_file_for_ever():
    for task in (read_register_file, write_register_file):
        assert task.soft_time_limit < task.time_limit <= 900
