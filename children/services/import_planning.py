"""Planning a brought register: each row beside the register and beside the other rows of the same file."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from ccmp.audit.record import record_many
from ccmp.identifiers import new_id
from ccmp.moments import day_of
from ccmp.people.models import User
from ccmp.sealed import blind_index
from children.enums import FileField, Relation
from children.models import Child, Relative
from children.rules.file_fields import said
from children.rules.held_numbers import held_by, held_in
from children.rules.id_areas import Areas
from children.rules.register_sheet import PARENTS
from children.rules.resident_id import masked
from children.rules.sheet_cells import heading_of
from children.rules.sheet_rows import NOBODY, Row, check_new
from children.services.id_numbers import check_number_tries, count_number_try
from children.services.import_care import compare_care
from children.services.import_compare import (
    becomes,
    compare_child,
    compare_parent,
)
from children.services.import_known import Known, KnownChild, gone_children, held_numbers, read_known
from children.services.import_new import A_PARENT, NewChildren
from children.services.import_plan import CHANGED, NEW, REFUSED, SAME, Becomes, Plan, line_of

Progress = Callable[[int], None]
EVERY = 100  # rows between two signs of life


def plan_register(
    rows: Sequence[Row], villages: Mapping[str, str], *, by: User, at: datetime, progress: Progress = lambda done: None
) -> Plan:
    """Plan what these rows would do. `villages`: code → name. Raises TooManyNumbers."""
    on = day_of(at)
    check_number_tries(by, on=on)
    codes = {row.village_code for row in rows if row.village_code}
    planner = Planner(read_known(codes, on=on), villages, areas=Areas.known(), on=on)
    planner.gone = gone_children(codes, {row["name"] for row in rows}, on=on)
    planner.note_numbers_elsewhere(rows, by=by, at=at)
    for place, row in enumerate(rows, start=1):
        planner.take(row)
        if place % EVERY == 0:
            progress(place)
    return planner.plan


class Planner(NewChildren):
    """The rows of one file in turn."""

    held: Mapping[str, Child] = {}

    def __init__(self, known: Known, villages: Mapping[str, str], *, areas: Areas, on: date) -> None:
        super().__init__(known, villages, areas=areas, on=on)
        self.namesakes: dict[object, tuple[int, str, bool]] = {}

    def note_numbers_elsewhere(self, rows: Sequence[Row], *, by: User, at: datetime) -> None:
        """Numbers that stand in files of others' villages: that they do is told, and no more; it is counted and noted there."""
        numbers = {row["resident_id"] for row in rows if row["resident_id"] and not row.number_is_masked}
        self.held = held_numbers(numbers)
        tried = [child for child in self.held.values() if child.village_code not in self.villages]
        record_many(by=by, at=at, did="named its ID number elsewhere", on=tried)
        for _child in tried:
            count_number_try(by, on=self.on)
            check_number_tries(by, on=self.on)

    def take(self, row: Row) -> None:
        known = self._find(row) if row.village_code else None
        self._check_once(row, known)
        if known is None or known.child.resident_id != row["resident_id"]:
            row.look += row.of_the_number
        self.changes, before = [], (len(self.plan.entries), len(self.plan.cares), len(self.plan.parents))
        if not row.problems or known:
            self._compare(row, known) if known else self.register(row)
        elif not known:
            check_new(row)
        is_other = (
            bool(self.changes) or (len(self.plan.entries), len(self.plan.cares), len(self.plan.parents)) != before
        )
        kind = REFUSED if row.problems else CHANGED if known and is_other else SAME if known else NEW
        line = line_of(row, kind, self.villages)
        line.changes = self._said(known, before[1:]) if kind in (CHANGED, NEW) else []
        self.plan.changes += [change for _who, change in self.changes]
        self.plan.lines.append(line)

    def _said(self, known: KnownChild | None, before: tuple[int, int]) -> list[Becomes]:
        told = [one for who, change in self.changes for one in becomes(change, who, on=self.on)]
        if known is None:
            return told
        told += [
            Becomes(heading_of("carer_name"), *(said(FileField.CARE, text, on=self.on) for text in one.taken))
            for one in self.plan.cares[before[0] :]
        ]
        parents = self.plan.parents[before[1] :]
        return told + [
            Becomes(heading_of(f"{_who(one.relation)}_name"), _("nothing written"), one.name) for _child, one in parents
        ]

    # ── which child a row means ─────────────────────────────────────────────────────────────────────────────────────

    def _find(self, row: Row) -> KnownChild | None:
        """By the ID number; else by name, birth date and home in the village."""
        born_on = row.day("born_on")
        if row["resident_id"] and not row.number_is_masked:
            holder = self.held.get(blind_index(row["resident_id"]))
            if holder:
                return self._holder(row, holder)
        if born_on is None:
            return None
        same = self.known.by_name[row.village_code, row["name"], born_on]
        found = [one for one in same if self._is_meant(row, one)]
        if len(found) > 1:
            row.refuse(
                "name",
                _("Several children of your register are called so and were born on this day. Write the ID number."),
            )
        return found[0] if found else None

    def _is_meant(self, row: Row, one: KnownChild) -> bool:
        if row.number_is_masked and row["resident_id"] == masked(one.child.resident_id):
            return True
        if row["resident_id"] and one.child.resident_id and not row.number_is_masked:
            return False  # two numbers, two children
        return one.child.household.head_name == row["head_name"]

    def _holder(self, row: Row, holder: Child) -> KnownChild | None:
        known = self.known.children.get(holder.id)
        if known and holder.village_code == row.village_code:
            if row["name"] not in ("", holder.name):
                words = {"held": holder.name}
                row.look.append(
                    _("By your register this is the number of %(held)s. Is it the same child, under another name?")
                    % words
                )
            return known
        if holder.village_code == row.village_code or holder.village_code not in self.villages:
            row.refuse("resident_id", str(held_by(holder, row.village_code, on=self.on)))
        else:
            row.refuse("resident_id", str(held_in(self.villages[holder.village_code])))
        return None

    def _check_once(self, row: Row, known: KnownChild | None) -> None:
        """The same child twice in one file: the second row is refused, and names the first."""
        marks: list[object] = [known.child.id] if known else []
        if row["resident_id"] and not row.number_is_masked:
            marks.append(row["resident_id"])
        if row["name"] and row["born_on"] and not row["resident_id"]:
            marks.append((row.village_code, row["name"], row["born_on"], row["head_name"]))
        for mark in marks:
            first = self.first_rows.setdefault(mark, row.number)
            if first != row.number:
                key = "resident_id" if mark == row["resident_id"] else "name"
                row.refuse(key, _("The same child stands in row %(row)d already.") % {"row": first})
        self._look_for_namesake(row, known)

    def _look_for_namesake(self, row: Row, known: KnownChild | None) -> None:
        """Two rows of one name and birth date: one child written twice, once with its number and once without, perhaps."""
        if known or not row["name"] or not row["born_on"]:
            return
        mark = ("namesake", row.village_code, row["name"], row["born_on"])
        first, home, has_number = self.namesakes.setdefault(
            mark, (row.number, row["head_name"], bool(row["resident_id"]))
        )
        if first == row.number or row.problems or (has_number and row["resident_id"]):
            return
        words = {"row": first}
        if home == row["head_name"]:
            row.refuse("name", _("The same child stands in row %(row)d already.") % words)
        else:
            row.look.append(_("Row %(row)d has a child of the same name and birth date. Is it the same child?") % words)

    # ── a child who is in the register ──────────────────────────────────────────────────────────────────────────────

    def _compare(self, row: Row, known: KnownChild) -> None:
        home = known.child.household_id
        self.homes.join(row, known.child.household)
        for key in ("head_name", "neighbourhood", "address"):
            self._agrees(row, (home, key), key)
        self.change("child", compare_child(row, known, on=self.on))
        for who in PARENTS:
            self.parent(row, who, known.parents.get(who), home, child=known.child.id, is_known=True)
        self._care(row, known)

    def _care(self, row: Row, known: KnownChild) -> None:
        relation = row["carer_relation"]
        if not relation:
            return
        who = A_PARENT.get(relation)
        if who and who in known.parents:
            held: Relative | None = known.parents[who]
        else:
            held = next((one for one in known.relatives.values() if one.name == row["carer_name"]), None)
            held = held or self.of_home(known.child.household_id, row["carer_name"])
        if held and not who and relation != NOBODY:
            self.change("carer", compare_parent(row, "carer", held, child=known.child.id))
        person = held if relation != NOBODY else None
        key = (known.child.household_id, who or "carer", row[f"{who}_name"] if who else row["carer_name"])
        fresh = self.people.get(key)
        person_id = person.id if person else fresh.id if fresh else new_id()
        name = person.name if person else row[f"{who}_name"] if who else row["carer_name"]
        self.plan.cares += compare_care(row, known, person, person_id, name)


def _who(relation: str) -> str:
    return "father" if relation == Relation.FATHER else "mother"
