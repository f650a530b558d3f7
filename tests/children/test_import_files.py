"""Files as they really come: every kind of table, and whatever only looks like one."""

import csv
import io
import zipfile
from datetime import date
from io import BytesIO

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from children.rules.register_sheet import columns
from children.rules.sheet_cells import BadCell, Cell, read_cell
from children.rules.sheet_table import read_table
from children.rules.sheet_text import BadFile
from children.services.sheet_writing import template_workbook
from tests.children.register_340 import right_rows, workbook
from tests.factories import CLOUD_FOOT, STONE_SHOOT

HEADINGS = ("儿童姓名", "户主姓名", "民族", "出生日期", "户口性质", "就学情况", "身份证号")
ROW = ("陈雨欣", "陈国富", "苗族", "2015-03-01", "农业户口", "小学", "")


def read(content: bytes, most: int = 5000):
    return read_table(content, most=most, needs_village=False)


def said(content: bytes) -> list[dict[str, str]]:
    return [{key: cell.text for key, cell in row.cells.items()} for row in read(content).rows]


def as_csv(*rows, separator=",", encoding="utf-8") -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows(rows)
    return text.getvalue().encode(encoding)


def day(text: str) -> str:
    return read_cell(columns()["born_on"], Cell(text))


# ── tables of every kind ────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gbk", "gb18030"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_text_file_is_read_in_every_writing(encoding, separator):
    [row] = said(as_csv(HEADINGS, ROW, separator=separator, encoding=encoding))

    assert (row["name"], row["born_on"]) == ("陈雨欣", "2015-03-01")


def test_a_rare_character_of_gb18030_is_kept():
    [row] = said(as_csv(HEADINGS, ("陈䶮", *ROW[1:]), encoding="gb18030"))

    assert row["name"] == "陈䶮"


def test_headings_may_stand_in_another_order_be_named_otherwise_and_have_a_title_above():
    content = as_csv(
        ("2026年儿童登记表",), ("出生 年月日", "＊姓名", "户主", "族别", "户口（农业/非农）", "学段", "备注"),
        ("2015/3/1", "陈雨欣", "陈国富", "苗", "农村", "小学", "无"),
    )  # fmt: skip

    table = read(content)

    assert table.keys == ["born_on", "name", "head_name", "ethnic_group", "hukou", "school_stage", ""]
    assert table.unknown == ["备注"]
    assert table.rows[0].number == 3


def test_missing_columns_are_named():
    with pytest.raises(BadFile) as refused:
        read(as_csv(("儿童姓名", "户主姓名", "民族"), ROW[:3]))

    assert all(name in str(refused.value) for name in ("户口性质", "就学情况", "出生日期"))


def test_a_table_without_the_birth_date_is_read_when_the_numbers_tell_it():
    assert len(said(as_csv((*HEADINGS[:3], *HEADINGS[4:]), (*ROW[:3], *ROW[4:])))) == 1


def test_merged_cells_count_for_each_row_and_hidden_rows_are_read():
    book = Workbook()
    sheet = book.active
    sheet.append(HEADINGS)
    sheet.append(ROW)
    sheet.append(("陈家豪", None, *ROW[2:]))
    sheet.merge_cells("B2:B3")
    sheet.row_dimensions[3].hidden = True
    content = BytesIO()
    book.save(content)

    table = read(content.getvalue())

    assert [row.cells["head_name"].text for row in table.rows] == ["陈国富", "陈国富"]
    assert (table.merged, table.hidden) == (1, 1)


def test_real_days_amounts_formulas_and_errors_of_a_spreadsheet():
    book = Workbook()
    sheet = book.active
    sheet.append(HEADINGS)
    sheet.append(("陈雨欣", "=A2", "苗族", date(2015, 3, 1), "农村", "#N/A", 520323201503010015))
    content = BytesIO()
    book.save(content)

    [row] = read(content.getvalue()).rows

    assert row.cells["head_name"].is_formula
    assert row.cells["born_on"].text == "2015-03-01"
    assert row.cells["resident_id"].is_shortened


def test_the_example_row_of_the_template_is_left_out():
    table = read_table(
        _filled(template_workbook({CLOUD_FOOT: "云脚村", STONE_SHOOT: "石笋沟村"})), most=9, needs_village=True
    )

    assert (len(table.rows), table.examples) == (1, 1)


def _filled(template: bytes) -> bytes:
    book = load_workbook(BytesIO(template))
    sheet = book.worksheets[0]
    headings = [cell.value.removeprefix("＊") for cell in sheet[1]]
    for heading, text in zip(HEADINGS, ROW, strict=True):
        sheet.cell(3, headings.index(heading) + 1, text)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def test_the_template_has_its_villages_as_a_list_its_cells_as_text_and_says_how_to_fill_it_in():
    book = load_workbook(BytesIO(template_workbook({CLOUD_FOOT: "云脚村", STONE_SHOOT: "石笋沟村"})))

    sheet = book["儿童登记表"]
    lists = {one.formula1 for one in sheet.data_validations.dataValidation}
    assert '"云脚村,石笋沟村"' in lists
    marked = {"village"} | {key for key, one in columns().items() if one.is_needed}
    assert [cell.value for cell in sheet[1]] == [
        f"＊{one.heading}" if key in marked else one.heading for key, one in columns().items()
    ]
    assert {sheet.column_dimensions[letter].number_format for letter in "IJ"} == {"@"}
    told = {row[0].value: row[2].value for row in book["填写说明"].iter_rows(min_row=14)}
    assert told["性别"] == "女，男"
    assert told.keys() >= {one.heading for one in columns().values()}
    assert (sheet.freeze_panes, book["选项"].sheet_state) == ("F2", "hidden")


def _book(*sheets: tuple[str, list[tuple]]) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def test_a_cover_and_an_empty_sheet_may_come_before_the_register():
    table = read(_book(("封面", [("绥阳县",)]), ("Sheet2", []), ("名单", [HEADINGS, ROW])))

    assert (table.sheet, len(table.rows), table.unread) == ("名单", 1, [])


def test_other_sheets_with_children_are_named_for_they_are_not_read():
    table = read(_book(("一组", [HEADINGS, ROW]), ("二组", [HEADINGS, ROW]), ("空表", [HEADINGS]), ("说明", [("略",)])))

    assert (table.sheet, len(table.rows), table.unread) == ("一组", 1, ["二组"])


def test_headings_in_two_rows_are_read_as_one():
    groups = ("户主", "儿童基本情况", None, None, None, None, "父亲情况", None, None, "备注")
    below = (None, "姓名", "民族", "出生日期", "户口性质", "就学情况", "姓名", "联系电话", "民族", None)
    row = ("陈国富", "陈雨欣", "苗族", "2015-03-01", "农业户口", "小学", "陈志强", "13800002716", "汉族", "无")

    table = read(_book(("表", [("2026年登记表",), groups, below, row])))

    assert table.keys == [
        "head_name", "name", "ethnic_group", "born_on", "hukou", "school_stage", "father_name", "father_phone", "", "",
    ]  # fmt: skip
    assert [(one.number, one.cells["father_name"].text) for one in table.rows] == [(4, "陈志强")]
    assert (table.at, table.unknown) == (3, ["父亲·民族", "备注"])


# ── what is no table ────────────────────────────────────────────────────────────────────────────────────────────────


def _zip(parts: dict[str, bytes]) -> bytes:
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, part in parts.items():
            packed.writestr(name, part)
    return content.getvalue()


def _spoiled(part: str, change) -> bytes:
    """A real workbook of which one part is changed."""
    with zipfile.ZipFile(BytesIO(workbook(right_rows()[:2]))) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    return _zip(parts | {part: change(parts[part])})


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SHEET = "xl/worksheets/sheet1.xml"
NO_TABLES = {
    "empty": b"",
    "spaces": b" \r\n\t\n",
    "only headings": as_csv(HEADINGS),
    "only headings in xlsx": workbook([]),
    "an old xls": OLE + b"\x00" * 512,
    "a locked xlsx": OLE + b"\x00" * 64 + "EncryptedPackage".encode("utf-16-le"),
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4,
    "a pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj",
    "a zip of something else": _zip({"a.txt": b"a"}),
    "half a workbook": workbook(right_rows()[:2])[:2000],
    "a bomb": _zip({"[Content_Types].xml": b"", SHEET: b"<a>" + b" " * 60_000_000}),
    "a thousand parts": _zip({f"{n}.xml": b"" for n in range(1000)}),
    "entities": _spoiled(SHEET, lambda text: b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]>' + text),
    "entities in the words": _spoiled("xl/sharedStrings.xml", lambda text: b'<!DOCTYPE a [<!ENTITY b "c">]>' + text),
    "broken xml": _spoiled(SHEET, lambda text: text[:-200]),
    "too many": as_csv(HEADINGS, *[ROW] * 11),
    "larger than 10 MB": b"a" * 10_000_001,
    "a NUL": as_csv(HEADINGS, ROW) + b"\x00",
    "one long cell": as_csv(HEADINGS, ("陈" * 20_000, *ROW[1:])),
}


@pytest.mark.parametrize("kind", NO_TABLES)
def test_what_is_no_register_is_refused_with_a_sentence(kind):
    with pytest.raises(BadFile) as refused:
        read(NO_TABLES[kind], most=10)

    assert len(str(refused.value)) > 5


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=400))
def test_no_bytes_break_the_reader(content):
    try:
        read(content)
    except BadFile:
        return


# ── cells ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "text",
    [
        "2015-03-01", "2015/3/1", "2015.3.1", "2015年3月1日", "20150301", "２０１５／３／１", " 2015-3-1 ", "2015-03-01 00:00:00",
        "'2015-3-1", "42064", "42064.0", '="2015-3-1"', "‘2015-3-1",
    ],
)  # fmt: skip
def test_a_day_is_read_in_many_ways(text):
    assert day(text) == date(2015, 3, 1).isoformat()


@pytest.mark.parametrize(
    "text", ["3/1/2015", "2015", "2015-13-01", "2015-02-30", "去年", "15年3月", "0", "2015.", "99999"]
)
def test_what_is_no_day_is_told(text):
    with pytest.raises(BadCell):
        day(text)


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("sex", "女孩", "2"), ("ethnic_group", "苗", "06"), ("ethnic_group", "穿青人", "97 穿青人"), ("hukou", "农村", "rural"),
        ("school_stage", "小学三年级", "primary"), ("school_stage", "初二(1)班", "junior"), ("is_boarding", "√", "yes"),
        ("resident_id", "５２０３２３２０１５０３０１００１ｘ", "52032320150301001X"),
        ("father_phone", "138 0000 2716", "13800002716"),
        ("name", "陈\u200b雨\u202e欣 ", "陈雨欣"), ("name", "Anna\nLi", "Anna Li"), ("carer_relation", "外婆", "64"),
        ("name", "李　明", "李明"), ("name", "Anna Li", "Anna Li"), ("resident_id", '="520323201503010015"', "520323201503010015"),
        ("father_whereabouts", "打工", "away"), ("head_name", "陈国富\x00", "陈国富"),
    ],
)  # fmt: skip
def test_a_cell_is_read_as_people_write_it(key, text, value):
    assert read_cell(columns()[key], Cell(text)) == value


@pytest.mark.parametrize("text", ["4.52E+17", "5.20323E+17", "4.52e17"])
def test_a_number_that_a_spreadsheet_shortened_is_explained(text):
    with pytest.raises(BadCell) as refused:
        read_cell(columns()["resident_id"], Cell(text))

    assert "文本" in str(refused.value)


@given(st.sampled_from(sorted(columns())), st.text(max_size=80))
def test_no_text_breaks_a_cell(key, text):
    try:
        kept = read_cell(columns()[key], Cell(text))
    except BadCell:
        return

    assert "\x00" not in kept


def test_a_workbook_written_with_dates_far_off_is_read():
    content = BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, HEADINGS)
    sheet.write_row(1, 0, ROW)
    sheet.write_datetime(1, 3, date(2015, 3, 1), book.add_format({"num_format": 'yyyy"年"m"月"d"日"'}))
    book.close()

    assert said(content.getvalue())[0]["born_on"] == "2015-03-01"
