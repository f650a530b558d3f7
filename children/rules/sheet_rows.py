"""One row of a brought register: what it says of a child, and what cannot be so."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from ccmp.refusals import Refusal
from children.enums import FATHERS, MOTHERS, EthnicGroup, Relation, Whereabouts
from children.models import OF_AGE, years_before
from children.rules.id_areas import Areas
from children.rules.register_sheet import PARENTS, Column, columns, written
from children.rules.resident_id import BadResidentId, check_number, read_resident_id
from children.rules.sheet_cells import EMPTY, MASK, OTHER_GROUP, BadCell, Cell, counted_day, read_cell

DAYS = (*(f"{who}_since" for who in PARENTS), "carer_since", "carer_paper_signed_on", "born_on")
NOBODY = "none"  # of a carer's relation
YES = "yes"


@dataclass
class Row:
    """A row: its number in the file, what each column says, what is wrong at which column, and what to look at."""

    number: int
    said: dict[str, str] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)
    look: list[str] = field(default_factory=list)
    village_code: str = ""
    of_the_number: list[str] = field(default_factory=list)  # to look at where the number is new to the register

    def __getitem__(self, key: str) -> str:
        return self.said.get(key, "")

    def day(self, key: str) -> date | None:
        return date.fromisoformat(self[key]) if self[key] else None

    def refuse(self, key: str, sentence: str) -> None:
        """Say what is wrong at a column; what was said first stays."""
        self.problems.setdefault(key, sentence)

    @property
    def number_is_masked(self) -> bool:
        return MASK in self["resident_id"]


def read_row(number: int, cells: Mapping[str, Cell], *, villages: Mapping[str, str], on: date, areas: Areas) -> Row:
    """Read a row by itself. `villages`: the names of her villages and their codes → code."""
    row = Row(number)
    for key, column in columns().items():
        _read(row, column, cells.get(key, EMPTY))
    _find_village(row, villages)
    _check_days(row, on=on)
    _check_number(row, on=on, areas=areas)
    _check_birth(row, on=on)
    for who in PARENTS:
        _check_parent(row, who, on=on)
    _check_carer(row, on=on)
    return row


def _read(row: Row, column: Column, cell: Cell) -> None:
    try:
        row.said[column.key] = read_cell(column, cell)
    except BadCell as bad:
        row.refuse(column.key, str(bad))
        return
    if column.kind == "day" and counted_day(cell.text):
        words = {"heading": column.heading, "text": cell.text, "day": row[column.key]}
        row.look.append(
            _("%(heading)s: “%(text)s” is how a spreadsheet counts its days; it was read as %(day)s.") % words
        )


def _find_village(row: Row, villages: Mapping[str, str]) -> None:
    codes = set(villages.values())
    if not row["village"] and len(codes) == 1:
        row.village_code = next(iter(codes))
    elif not row["village"]:
        row.refuse("village", _("Write in which village the child lives."))
    elif villages.get(row["village"]):
        row.village_code = villages[row["village"]]
    elif row["village"] in villages:
        row.refuse("village", _("Several of your villages are called so. Write the village's code of twelve digits."))
    else:
        sentence = _("“%(name)s” is none of your villages. Choose one from the list in the template.")
        row.refuse("village", sentence % {"name": row["village"]})


def _check_days(row: Row, *, on: date) -> None:
    for key in DAYS:
        day = row.day(key)
        if day and day > on:
            row.refuse(key, _("This day lies in the future. Please check the year."))
        elif day and day.year < 1900:
            row.refuse(key, _("This day lies more than a hundred years back. Please check the year."))


def _check_number(row: Row, *, on: date, areas: Areas) -> None:
    if "resident_id" in row.problems or row.number_is_masked:
        return
    if not row["resident_id"]:
        return
    if row["no_id_reason"]:
        row.refuse("no_id_reason", _("Give the ID number, or the reason why there is none, not both."))
    try:
        born_on = None if "born_on" in row.problems else row.day("born_on")
        number = check_number(row["resident_id"], born_on=born_on, sex=row["sex"], on=on, areas=areas)
    except BadResidentId as bad:
        row.refuse("resident_id", str(bad))
        return
    _fill_in_from(row, number.number, on=on)
    for warning in number.warnings:
        if warning.of == "area":
            row.of_the_number.append(warning.sentence)
        else:
            row.refuse(warning.of, warning.sentence)


def _fill_in_from(row: Row, number: str, *, on: date) -> None:
    """Sex and birth date that are left empty are told by the number."""
    read = read_resident_id(number, on=on)
    for key, told in (("sex", read.sex.value), ("born_on", read.born_on.isoformat())):
        if not row[key] and key not in row.problems:
            row.said[key] = told


def _check_birth(row: Row, *, on: date) -> None:
    born_on = row.day("born_on")
    if born_on and born_on <= years_before(on, OF_AGE):
        row.refuse("born_on", _("The register is for children under 18. By this birth date the child is 18 or older."))


def _check_parent(row: Row, who: str, *, on: date) -> None:
    rest = [f"{who}_{part}" for part in ("phone", "resident_id", "since", "where")]
    if not row[f"{who}_name"]:
        if any(row[key] for key in rest) or row[f"{who}_whereabouts"] not in ("", Whereabouts.HOME):
            row.refuse(f"{who}_name", _("Write this parent's name, or leave all of this parent's cells empty."))
        return
    where = row[f"{who}_whereabouts"]
    if where in (Whereabouts.MISSING, Whereabouts.DEAD) and not row[f"{who}_since"]:
        row.refuse(f"{who}_since", _("Say since when; about will do."))
    if where == Whereabouts.AWAY and not row[f"{who}_since"]:
        row.refuse(f"{who}_since", _("Say since when this parent is away; about will do: the first of the month."))
    if row[f"{who}_where"] and where not in ("", Whereabouts.AWAY):
        row.refuse(
            f"{who}_where", _("A place is written here, but this parent is not said to be away. Please check both.")
        )
    _check_grown_up(row, f"{who}_resident_id", on=on)
    if row["resident_id"] and row["resident_id"] == row[f"{who}_resident_id"] and not row.number_is_masked:
        row.refuse(f"{who}_resident_id", _("This is the child's own ID number."))


def _check_grown_up(row: Row, key: str, *, on: date) -> None:
    """An ID number of a grown-up can be one, and nobody is younger than her child."""
    if not row[key] or MASK in row[key]:
        return
    try:
        read = read_resident_id(row[key], on=on)
    except Refusal as bad:
        row.refuse(key, str(bad))
        return
    born_on = row.day("born_on")
    if born_on and key != "carer_resident_id" and read.born_on >= born_on:
        row.refuse(key, _("By this ID number the parent is younger than the child."))


def _check_carer(row: Row, *, on: date) -> None:
    relation, name = row["carer_relation"], row["carer_name"]
    rest = [row[f"carer_{part}"] for part in ("phone", "resident_id", "kind", "since", "paper_signed_on")]
    if not relation and (name or any(rest)):
        row.refuse(
            "carer_relation",
            _("Choose what the carer is to the child; “%(nobody)s” if nobody looks after it.")
            % {"nobody": written("relation")[NOBODY]},
        )
    if not relation:
        return
    if relation == NOBODY and name:
        row.refuse("carer_name", _("It says that nobody looks after the child, and names somebody. Please check both."))
    if relation in (Relation.FATHER, Relation.MOTHER):
        _check_parent_cares(row, "father" if relation == Relation.FATHER else "mother")
    elif relation != NOBODY and not name:
        row.refuse("carer_name", _("Write who looks after the child."))
    if not row["carer_since"]:
        row.refuse("carer_since", _("Say since when; about will do."))
    _check_entrusted(row)
    _check_grown_up(row, "carer_resident_id", on=on)


def _check_entrusted(row: Row) -> None:
    if row["carer_paper_signed_on"] and row["carer_is_entrusted"] != YES:
        row.refuse(
            "carer_is_entrusted",
            _("A paper is signed only where the child is entrusted: write “%(yes)s”, or leave the day out.")
            % {"yes": written("tick")[YES]},
        )


def _check_parent_cares(row: Row, who: str) -> None:
    parent = row[f"{who}_name"]
    if not parent:
        row.refuse(
            f"{who}_name", _("By the carer's column this parent looks after the child. Write the parent's name.")
        )
    elif row["carer_name"] and row["carer_name"] != parent:
        row.refuse(
            "carer_name",
            _("By the relation the carer is the parent %(parent)s; here stands another name.") % {"parent": parent},
        )


def check_care_told(row: Row) -> None:
    """What is told anew of who looks after a child. What the register holds already, it may say as it was told then."""
    since, born_on = row.day("carer_since"), row.day("born_on")
    if since and born_on and since < born_on:
        row.refuse("carer_since", _("The day lies before the child was born. Please check it."))
    if row["carer_is_entrusted"] == YES and row["carer_relation"] in (*FATHERS, *MOTHERS):
        words = {"no": written("tick")["no"]}
        row.refuse(
            "carer_is_entrusted",
            _("Parents look after their own child without being entrusted: write “%(no)s”.") % words,
        )


def check_new(row: Row) -> None:
    """What a child who is not in the register yet must have besides."""
    check_care_told(row)
    for key, column in columns().items():
        if column.is_needed and not row[key]:
            row.refuse(key, _("This cell is empty; for a new child it is needed."))
    if not row["sex"]:
        row.refuse("sex", _("This cell is empty; for a new child it is needed."))
    if not row["born_on"]:
        row.refuse("born_on", _("This cell is empty; for a new child it is needed."))
    if row.number_is_masked:
        row.refuse("resident_id", _("The number is masked. For a new child it is written in full."))
    elif not row["resident_id"] and not row["no_id_reason"]:
        row.refuse("resident_id", _("Write the ID number, or choose why there is none yet."))
    for key in (
        "father_phone",
        "mother_phone",
        "carer_phone",
        "father_resident_id",
        "mother_resident_id",
        "carer_resident_id",
    ):
        if MASK in row[key]:
            row.refuse(key, _("The number is masked. For a new child it is written in full."))


def ethnic_of(row: Row) -> tuple[str, str]:
    """The code of the ethnic group, and its words where it has none."""
    code, _space, words = row["ethnic_group"].partition(" ")
    return (EthnicGroup(code).value, words) if code == OTHER_GROUP else (code, "")
