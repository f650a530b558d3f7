"""A register in a text file: CSV as spreadsheets of every kind write it."""

import codecs
import csv
import io
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from ccmp.refusals import Refusal
from children.rules.sheet_cells import MOST_COLUMNS, Cell

SEPARATORS = ",;\t|，；"
LONGEST_FIELD = 10_000
MANY = 20  # of so many bytes of a text in UTF-8 not one is zero
MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


class BadFile(Refusal):
    """A file that cannot be read as a register."""

    field = "file"


def text_rows(content: bytes) -> Iterator[list[Cell]]:
    """The rows of a CSV in UTF-8, UTF-16, GBK or GB18030, parted by commas, semicolons or tabs. Raises BadFile."""
    text = _decoded(content)
    if "\x00" in text:
        raise BadFile(_("This is no table. Choose an Excel file (xlsx) or a CSV file."))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text))
    try:
        for row in reader:
            if any(len(one) > LONGEST_FIELD for one in row):
                raise BadFile(_("One cell holds more than ten thousand characters. Is it the right file?"))
            yield [Cell(one) for one in row[:MOST_COLUMNS]]
    except csv.Error:
        raise BadFile(
            _("The rows of this file cannot be told apart. Save it as an Excel file (xlsx) and bring that.")
        ) from None


def _decoded(content: bytes) -> str:
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return _as(content, encoding)
    sample = content[:4000]
    if sample.count(0) * MANY > len(sample):  # UTF-16 without its mark: every comma and digit has a zero beside it
        return _as(content, "utf-16-le" if sample[1::2].count(0) > sample[::2].count(0) else "utf-16-be")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _as(content, "gb18030")


def _as(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise BadFile(
            _("The characters of this file cannot be read. Save it as an Excel file (xlsx) and bring that.")
        ) from None


def _separator(text: str) -> str:
    """What stands most often in the first lines, outside of quotes."""
    first = "".join(part for place, part in enumerate(text[:4000].split('"')) if place % 2 == 0)
    return max(SEPARATORS[:4], key=first.count)
