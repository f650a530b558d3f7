"""Bringing divisions in from a table of 12-digit codes: all of its rows or, when one is refused, none."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from ccmp.places.models import Place
from ccmp.places.rules.division_codes import check_level, parent_of
from ccmp.refusals import Refusal

COLUMNS = ("code", "name", "level", "valid_from", "valid_until", "replaced_by")
ENCODINGS = ("utf-8-sig", "gb18030")  # GB 18030 reads GBK too
BATCH = 5000
Facts = tuple[str, str, date | None, date | None, str | None]


class UnreadableTable(Refusal):
    """A file that is no table of divisions."""


@dataclass(frozen=True)
class RefusedRow:
    """A row that cannot be taken: its number as a spreadsheet shows it, and why."""

    number: int
    reason: str


@dataclass(frozen=True)
class ImportedDivisions:
    """How many rows were new, changed or the same. With a refused row nothing was written."""

    new: int
    changed: int
    same: int
    refused: tuple[RefusedRow, ...] = ()


@dataclass(frozen=True)
class _Row:
    number: int
    code: str
    facts: Facts


def read_text(content: bytes) -> str:
    """The text of a file in UTF-8 or GBK. Raises UnreadableTable."""
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableTable(_("The file is neither UTF-8 nor GBK. Save it as “CSV UTF-8” and bring it again."))


@transaction.atomic
def import_divisions(*, lines: Iterable[str]) -> ImportedDivisions:
    """Add the places that are new, change those that differ. Bringing the same table again changes nothing.

    `lines` are those of a CSV with the columns of COLUMNS. Raises UnreadableTable for other columns; a row that cannot be
    taken is told in `refused`, with its number. Places that the table does not name stay as they are.
    """
    rows, refused = _read(lines)
    held = {code: facts for code, *facts in Place.objects.values_list("code", *COLUMNS[1:-1], "replaced_by_id")}
    refused += _refuse_orphans(rows, known=held.keys() | {row.code for row in rows})
    fresh = [row for row in rows if row.code not in held]
    changed = [row for row in rows if row.code in held and tuple(held[row.code]) != row.facts]
    counts = ImportedDivisions(
        len(fresh),
        len(changed),
        len(rows) - len(fresh) - len(changed),
        tuple(sorted(refused, key=lambda row: row.number)),
    )
    if not refused:
        _write(fresh + changed)
    return counts


def _read(lines: Iterable[str]) -> tuple[list[_Row], list[RefusedRow]]:
    table = csv.reader(lines)
    header = next(table, [])
    if [name.strip() for name in header] != list(COLUMNS):
        raise UnreadableTable(
            _("The columns must be %(wanted)s, in this order. The file has: %(found)s.")
            % {"wanted": ",".join(COLUMNS), "found": ",".join(header) or "–"}
        )
    rows: dict[str, _Row] = {}
    refused: list[RefusedRow] = []
    for cells in table:
        if not any(cells):
            continue
        try:
            row = _row(table.line_num, cells)
            if row.code in rows:
                raise Refusal(
                    _("%(code)s stands in row %(row)s already.") % {"code": row.code, "row": rows[row.code].number}
                )
            rows[row.code] = row
        except Refusal as refusal:
            refused.append(RefusedRow(table.line_num, str(refusal)))
    return list(rows.values()), refused


def _row(number: int, cells: list[str]) -> _Row:
    if len(cells) != len(COLUMNS):
        raise Refusal(
            _("The row has %(found)s cells instead of %(wanted)s.") % {"found": len(cells), "wanted": len(COLUMNS)}
        )
    code, name, level, valid_from, valid_until, replaced_by = (cell.strip() for cell in cells)
    known_level = check_level(code, level)
    if not name:
        raise Refusal(_("The name is missing."))
    first, end = _day(valid_from), _day(valid_until)
    if first and end and end <= first:
        raise Refusal(_("It ends on %(end)s, which is not after it begins (%(first)s).") % {"end": end, "first": first})
    if replaced_by and not end:
        raise Refusal(_("It is replaced by another code and has no last day: fill in valid_until."))
    return _Row(number, code, (name, known_level.value, first, end, replaced_by or None))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Refusal(_("“%(text)s” is no date. Write it as 2011-10-22.") % {"text": text}) from None


def _refuse_orphans(rows: Iterable[_Row], *, known: set[str]) -> list[RefusedRow]:
    refused = []
    for row in rows:
        parent, successor = parent_of(row.code), row.facts[-1]
        if parent and parent not in known:
            reason = _("Nothing is known of %(parent)s, in which %(code)s lies. Bring it in the same file or before.")
            refused.append(RefusedRow(row.number, reason % {"parent": parent, "code": row.code}))
        elif successor and (successor not in known or successor == row.code):
            reason = _("It is replaced by %(code)s, which is no other place that is known.")
            refused.append(RefusedRow(row.number, reason % {"code": successor}))
    return refused


def _write(rows: Iterable[_Row]) -> None:
    Place.objects.bulk_create(
        [
            Place(code=row.code, name=name, level=level, valid_from=first, valid_until=end, replaced_by_id=successor)
            for row in rows
            for name, level, first, end, successor in [row.facts]
        ],
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "level", "valid_from", "valid_until", "replaced_by"],
    )
