"""What every spreadsheet of the register is written with: text stays text, and memory does not grow with the rows."""

from collections.abc import Mapping, Sequence
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from children.rules.register_sheet import Column, columns, written

OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
TEXT = {"num_format": "@", "valign": "top"}
HEAD = {"bold": True, "bg_color": "#EFEBE3", "border": 1, "text_wrap": True, "valign": "vcenter", "num_format": "@"}
NEEDED = HEAD | {"font_color": "#A3112E"}
WRONG = TEXT | {"bg_color": "#F9D9DE", "border": 1, "border_color": "#A3112E"}
EXAMPLE = TEXT | {"italic": True, "font_color": "#6B6F6C"}
LONGEST = 32_767  # characters of a cell
MOST_IN_A_LIST = 255  # characters of a drop-down that lists its own words


def neutral(text: str) -> str:
    """A text that a program might take for a formula gets a sign before it that keeps it a text."""
    shown = "".join(one for one in text if one in "\t\r\n" or ord(one) >= 32)[: LONGEST - 1]
    return f"'{shown}" if shown.startswith(FORMULA_SIGNS) else shown


MARK = "＊"  # before a heading: this column is needed


def write_headings(
    sheet: Worksheet, book: Workbook, keys: Sequence[str], *, at: int = 0, is_asked: bool = False
) -> None:
    """Our headings, frozen above the rows. Where they ask, the needed ones have a mark and are red."""
    head, needed, text = book.add_format(HEAD), book.add_format(NEEDED), book.add_format(TEXT)
    for place, key in enumerate(keys):
        column = columns()[key]
        sheet.set_column(place, place, column.width, text)
    sheet.set_row(at, 30)
    for place, key in enumerate(keys):
        column = columns()[key]
        asks = is_asked and (column.is_needed or key == "village")  # asked for only where there are several
        sheet.write_string(at, place, f"{MARK}{column.heading}" if asks else column.heading, needed if asks else head)
    sheet.freeze_panes(at + 1, list(keys).index("name") + 1 if "name" in keys else 0)


def choices_of(column: Column) -> list[str]:
    return list(written(column.choices).values()) if column.choices else []


def drop_down(source: Any, message: str) -> dict[str, Any]:
    """A list that warns of other words and lets them stand: an ethnic group may be none of the list."""
    return {"validate": "list", "source": source, "error_type": "warning", "error_message": message}


def write_drop_downs(
    sheet: Worksheet, lists: Worksheet, offered: Mapping[int, Sequence[str]], rows: tuple[int, int], message: str
) -> None:
    """`offered`: words by place of the column. What is too long for a list of its own words stands on a hidden sheet."""
    long = [place for place, words in offered.items() if len(",".join(words)) > MOST_IN_A_LIST]
    for row in range(max((len(offered[place]) for place in long), default=0)):
        for at, place in enumerate(long):
            if row < len(offered[place]):
                lists.write_string(row, at, offered[place][row])
    lists.hide()
    for place, words in offered.items():
        source: object = words
        if place in long:
            name = xl_col_to_name(long.index(place))
            source = f"={lists.get_name()}!${name}$1:${name}${len(words)}"
        if words:
            sheet.data_validation(rows[0], place, rows[1], place, drop_down(source, message))
