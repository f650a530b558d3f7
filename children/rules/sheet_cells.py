"""One cell of a brought register: what it says, as it is kept; or a sentence that says what to put right."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from children.rules.phone_mark import phone_digits
from children.rules.register_sheet import Column, columns, plain, words_of, written
from children.rules.resident_id import clean_number

SHORTENED = re.compile(r"^[0-9.]+[eE]\+?[0-9]+$")
DAY = re.compile(r"^(\d{4})[-/.年\\](\d{1,2})[-/.月\\](\d{1,2})[日号]?(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?$")
ONLY_DIGITS = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
MONTH = re.compile(r"^(\d{4})[-/.年](\d{1,2})月?$")
LITERAL = re.compile(r'^="([^"]*)"$')  # how a table is kept from taking a number for an amount
COUNTED = re.compile(r"^(\d{5})(?:\.\d+)?$")  # a day as spreadsheets count them
FIRST_COUNTED, COUNTED_FROM, COUNTED_TO = date(1899, 12, 30), 7_000, 60_000  # 1919 to 2064
BETWEEN_SIGNS = re.compile(r"(?<=[^\x00-\u024f]) (?=[^\x00-\u024f])")  # 李　明: set apart to fill the line
QUOTES = ("'", "’", "‘", "`")  # before a number, they keep it a text
MASK = "*"
MOST_COLUMNS = 200  # of a table; what stands further to the right is not read
FEWEST, MOST = 7, 13  # digits of a telephone number
LONGEST = {
    "name": 60, "head_name": 60, "neighbourhood": 60, "address": 200, "hukou_place": 120, "school_name": 80,
    "father_name": 60, "mother_name": 60, "carer_name": 60, "father_where": 80, "mother_where": 80,
}  # fmt: skip
NAMES = ("name", "head_name", "father_name", "mother_name", "carer_name")
OTHER_GROUP = "97"
CONTROL = {"Cc", "Cs", "Co", "Cn"}
WRITES_BACKWARDS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")


@dataclass(frozen=True)
class Cell:
    """A cell as the file has it: its text, and whether it is a formula or a number that the program shortened."""

    text: str = ""
    is_formula: bool = False
    is_shortened: bool = False


EMPTY = Cell()


class BadCell(Exception):
    """What is wrong with a cell, in the reader's language."""


def read_cell(column: Column, cell: Cell) -> str:
    """What a cell says, as it is kept: days as YYYY-MM-DD, choices by their values. Raises BadCell."""
    if not cell.text:
        return ""
    literal = LITERAL.match(cell.text.strip())
    if cell.is_formula and not literal:
        raise BadCell(
            _("There is a formula in this cell; its result is not read. Copy the cell and paste it as a value only.")
        )
    text = _tidy(literal[1] if literal else cell.text)
    if not text:
        return ""
    if cell.is_shortened and column.kind == "number":
        raise BadCell(_shortened(cell.text))
    match column.kind:
        case "day":
            return _day(text)
        case "number":
            return _number(text)
        case "phone":
            return _phone(text)
        case "choice":
            return _choice(column, text)
    return _words(column, text)


def _tidy(text: str) -> str:
    """Without spaces round it, line breaks and signs that nobody sees; what turns the writing round has no place here."""
    if text.isprintable() and " " not in text and not text.startswith(QUOTES):
        return text
    shown = "".join(" " if one in "\r\n\t\u3000\xa0" else one for one in text if one not in WRITES_BACKWARDS)
    kept = "".join(one for one in shown if unicodedata.category(one) not in CONTROL and one not in "\u200b\ufeff")
    return " ".join(kept.split()).lstrip("".join(QUOTES))


def _shortened(text: str) -> str:
    return _(
        "The spreadsheet took this number for an amount and dropped its last digits (%(text)s). Set the column to “Text” and "
        "type the number anew; the lost digits cannot be read."
    ) % {"text": text}


def _day(text: str) -> str:
    plain_text = (
        unicodedata.normalize("NFKC", text).replace(" 年", "年").replace("年 ", "年").replace("月 ", "月").strip()
    )
    found = DAY.match(plain_text) or ONLY_DIGITS.match(plain_text)
    counted = counted_day(plain_text)
    if counted:
        return counted.isoformat()
    if MONTH.match(plain_text) and not found:
        raise BadCell(_("The day is missing: write year, month and day, for example 2015-03-01."))
    if not found:
        raise BadCell(_("“%(text)s” is no date. Write year, month and day, for example 2015-03-01.") % {"text": text})
    try:
        return date(*(int(part) for part in found.groups()[:3])).isoformat()
    except ValueError:
        raise BadCell(_("There is no such day: %(text)s. Please look at month and day.") % {"text": text}) from None


def counted_day(text: str) -> date | None:
    """42064 is 2015-03-01: what is left of a day that was pasted into a column of texts."""
    found = COUNTED.match(text.strip())
    if not found or not COUNTED_FROM <= int(found[1]) <= COUNTED_TO:
        return None
    return FIRST_COUNTED + timedelta(days=int(found[1]))


def _number(text: str) -> str:
    plain_text = unicodedata.normalize("NFKC", text)
    if SHORTENED.match(plain_text.replace(" ", "")):
        raise BadCell(_shortened(plain_text))
    if MASK in plain_text:
        return "".join(plain_text.split()).upper()
    return clean_number(plain_text)


def _phone(text: str) -> str:
    if MASK in text:
        return "".join(unicodedata.normalize("NFKC", text).split())
    digits = phone_digits(text)
    if any(one.isalpha() for one in text) or not FEWEST <= len(digits) <= MOST:
        raise BadCell(_("“%(text)s” is no telephone number. Write one number, with its area code.") % {"text": text})
    return digits


def _choice(column: Column, text: str) -> str:
    known, word = words_of(column.choices), plain(text)
    value = known.get(word) or _of_a_class(column, word)
    if value:
        return value
    if column.choices == "ethnic_group" and word.endswith(("族", "人")) and len(word) > 1:
        return f"{OTHER_GROUP} {text}"
    choices = _(", ").join(written(column.choices).values())
    if column.choices == "ethnic_group":
        raise BadCell(
            _("“%(text)s” is no ethnic group that we know. Write it in full, as it stands in the hukou book.")
            % {"text": text}
        )
    raise BadCell(
        _("“%(text)s” is none of the words for this column. Write one of: %(choices)s.")
        % {"text": text, "choices": choices}
    )


def _of_a_class(column: Column, word: str) -> str:
    """小学三年级, 初二（1）班: the school is told by how it begins."""
    if column.choices != "school_stage":
        return ""
    beginnings = ("小学", "primary"), ("初中", "junior"), ("初一", "junior"), ("初二", "junior"), ("初三", "junior")
    more = ("高中", "senior"), ("幼儿园", "kindergarten"), ("中职", "vocational"), ("辍学", "dropped_out")
    return next((value for begins, value in (*beginnings, *more) if word.startswith(begins)), "")


def _words(column: Column, text: str) -> str:
    most = LONGEST.get(column.key, 200)
    if column.key in (*NAMES, "village"):
        text = BETWEEN_SIGNS.sub("", text)
    if len(text) > most:
        raise BadCell(_("Too long: %(length)d characters, at most %(most)d.") % {"length": len(text), "most": most})
    if column.key in NAMES:
        _check_name(text)
    return text


def _check_name(text: str) -> None:
    if not any(one.isalpha() for one in text):
        raise BadCell(_("“%(text)s” is no name. Write the name as it stands in the hukou book.") % {"text": text})
    if any(one.isdigit() for one in text):
        raise BadCell(
            _("There is a digit in the name “%(text)s”. Write the name as it stands in the hukou book.")
            % {"text": text}
        )
    if any(one in "?？" or one == "\ufffd" for one in text):
        raise BadCell(
            _(
                "A character of the name is lost (“%(text)s”). Type the name anew; a rare character can be typed by its strokes."
            )
            % {"text": text}
        )


def heading_of(key: str) -> str:
    return columns()[key].heading if key in columns() else key
