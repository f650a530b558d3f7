"""The children of a brought register who are in no file yet: their homes, parents and carers, shared by brothers and sisters."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from ccmp.identifiers import new_id
from ccmp.moments import start_of
from ccmp.refusals import Refusal
from children.entries import CarerEntry, ChildEntry, HouseholdEntry, ParentEntry
from children.enums import Relation, Sex
from children.models import Child, Household, Relative
from children.rules.care import ToldCare
from children.rules.held_numbers import gone_before
from children.rules.id_areas import Areas
from children.rules.names import initials_of, pinyin_of
from children.rules.register_sheet import PARENTS
from children.rules.registration import check_registration
from children.rules.sheet_rows import YES, Row, check_new, ethnic_of
from children.rules.similar import Described, likeness
from children.services.import_care import carer_entry, check_may_care
from children.services.import_compare import compare_parent, parent_entry
from children.services.import_homes import Homes
from children.services.import_known import Known, KnownChild
from children.services.import_plan import Change, Plan

OF_A_PERSON = ("name", "phone", "resident_id", "whereabouts", "since", "where")
AT_CELL = {"parents": "father_name", "carer": "carer_name"}  # fields of a registration that are no columns
A_PARENT = {Relation.FATHER.value: "father", Relation.MOTHER.value: "mother"}


class Beside:
    """The register, and what earlier rows said of the same home or person: it holds for the later ones."""

    def __init__(self, known: Known, villages: Mapping[str, str], *, areas: Areas, on: date) -> None:
        self.known, self.villages, self.on = known, dict(villages), on
        self.plan, self.areas = Plan(), areas
        self.homes = Homes.of(known)
        self.people: dict[tuple[UUID, str, str], ParentEntry | CarerEntry] = {}
        self.told: dict[object, tuple[str, int]] = {}
        self.first_rows: dict[object, int] = {}
        self.changes: list[tuple[str, Change]] = []

    def _agrees(self, row: Row, mark: object, key: str) -> None:
        """Two rows that say different things of one home or one grown-up: the second is refused, and names the first."""
        if not row[key]:
            return
        text, first = self.told.setdefault(mark, (row[key], row.number))
        if text != row[key]:
            row.refuse(
                key,
                _("Row %(row)d says otherwise of the same home or person. Write the same in both.") % {"row": first},
            )

    def change(self, who: str, found: list[Change]) -> None:
        """What an earlier row of the file said of the same home or person is not written twice."""
        for one in found:
            fresh = {name: pair for name, pair in one.taken.items() if self._is_first(one, name)}
            if fresh:
                self.changes.append((who, Change(one.child, one.relative, fresh)))

    def _is_first(self, change: Change, name: str) -> bool:
        if change.relative:
            mark: object = (change.relative, name)
        elif name in ("head_name", "neighbourhood", "address"):
            mark = (self.known.children[change.child].child.household_id, name)
        else:
            return True
        return self.first_rows.setdefault(("written", mark), -len(self.plan.lines)) == -len(self.plan.lines)

    def of_home(self, home: UUID, name: str) -> Relative | None:
        """A grown-up of a home of the register by name."""
        relatives = (one for known in self.known.of_home[home] for one in known.relatives.values())
        return next((one for one in relatives if name and one.name == name), None)

    def parent(
        self, row: Row, who: str, held: Relative | None, home: UUID, *, child: UUID, is_known: bool
    ) -> UUID | None:
        name = row[f"{who}_name"]
        if not name:
            return held.id if held else None
        person = held.id if held else (home, who, name)
        for part in OF_A_PERSON:
            self._agrees(row, (person, part), f"{who}_{part}")
        if held:
            self.change(who, compare_parent(row, who, held, child=child))
            return held.id
        entry = self.people.setdefault((home, who, name), parent_entry(row, who))
        if is_known:
            self.plan.parents.append((child, entry))  # type: ignore[arg-type]
        return entry.id


class NewChildren(Beside):
    """Rows of children who are in no file yet."""

    gone: Mapping[tuple[str, str, date], Child] = {}

    def register(self, row: Row) -> None:
        check_new(row)
        self._look_for_twins(row)
        self._look_for_gone(row)
        if row.problems:
            return
        home, child = self._home(row), new_id()
        parents = [(who, self._parent_of_new(row, who, home.id, child)) for who in PARENTS if row[f"{who}_name"]]
        entry = ChildEntry(
            id=child,
            household=home if isinstance(home, HouseholdEntry) else HouseholdEntry(home.id, home.head_name),
            parents=tuple(parent for _who, parent in parents),
            carer=self._carer_of_new(row, home.id, dict(parents)),
            **self._own(row),
        )
        self._check_as_registered(row, entry)
        if not row.problems:
            self.plan.entries.append(entry)

    def _check_as_registered(self, row: Row, entry: ChildEntry) -> None:
        """Whatever the register would refuse is refused here, at its cell: the preview promises what is written."""
        try:
            check_registration(replace(entry, made_at=start_of(self.on)), on=self.on, areas=self.areas)
        except Refusal as refusal:
            field = refusal.field or "name"
            row.refuse(AT_CELL.get(field, field), str(refusal))

    def _own(self, row: Row) -> dict[str, Any]:
        code, words = ethnic_of(row)
        taken = ("name", "hukou", "hukou_place", "school_stage", "school_name", "resident_id", "no_id_reason")
        return {key: row[key] for key in taken} | {
            "village_code": row.village_code,
            "made_at": None,
            "sex": Sex(row["sex"]).value,
            "born_on": row.day("born_on"),
            "ethnic_group": code,
            "ethnic_words": words,
            "is_boarding": row["is_boarding"] == YES,
        }

    def _home(self, row: Row) -> Household | HouseholdEntry:
        home = self.homes.find(row)
        if "neighbourhood" in row.problems:
            return home
        self._agrees(row, (home.id, "address"), "address")
        if isinstance(home, Household) and row["address"] not in ("", home.address):
            row.look.append(
                _("This home is in the register with another way to it, which stays: %(way)s")
                % {"way": home.address or "–"}
            )
        return home

    def _parent_of_new(self, row: Row, who: str, home: UUID, child: UUID) -> ParentEntry:
        held = next((one.parents[who] for one in self.known.of_home[home] if _is_named(one, who, row)), None)
        person = self.parent(row, who, held, home, child=child, is_known=False)
        if held:
            relation = next(one.relations[held.id] for one in self.known.of_home[home] if held.id in one.relations)
            return ParentEntry(held.id, held.name, relation)
        entry = self.people[home, who, row[f"{who}_name"]]
        assert isinstance(entry, ParentEntry)
        assert entry.id == person
        return entry

    def _carer_of_new(self, row: Row, home: UUID, parents: Mapping[str, ParentEntry]) -> CarerEntry | None:
        who = A_PARENT.get(row["carer_relation"])
        name = row["carer_name"]
        if who:
            return carer_entry(row, parents[who].id, parents[who].name)
        held = self.of_home(home, name)
        key = (home, "carer", name)
        for part in ("phone", "resident_id"):
            self._agrees(row, (held.id if held else key, part), f"carer_{part}")
        if held:
            entry = carer_entry(row, held.id, held.name)
            if entry:
                check_may_care(row, held, ToldCare(entry.kind, entry.since, is_entrusted=entry.is_entrusted))
            return entry
        fresh = carer_entry(row, new_id(), name)
        if fresh and name:
            first = self.people.setdefault(key, fresh)
            return carer_entry(row, first.id, name)
        return fresh

    def _look_for_gone(self, row: Row) -> None:
        """Who left the register, or died, has a file: it is taken up again, and not begun anew."""
        born_on = row.day("born_on")
        gone = self.gone.get((row.village_code, row["name"], born_on)) if born_on else None
        if gone and not (row["resident_id"] and gone.resident_id):
            row.refuse("name", gone_before(gone))

    def _look_for_twins(self, row: Row) -> None:
        """A child of the register who could be the same: a person looks, before two files are kept of one."""
        born_on = row.day("born_on")
        if born_on is None or not row["name"]:
            return
        asked = Described(row["name"], pinyin_of(row["name"]), initials_of(row["name"]), born_on)
        for known in self.known.by_birth[row.village_code, born_on]:
            one = known.child
            like = likeness(asked, Described(one.name, one.pinyin, one.initials, one.born_on))
            if like.is_enough and not (row["resident_id"] and one.resident_id):
                row.look.append(
                    _(
                        "Look at %(name)s of %(home)s's home: %(said)s. If it is the same child, write name and home as there."
                    )
                    % {"name": one.name, "home": one.household.head_name, "said": like.said}
                )


def _is_named(known: KnownChild, who: str, row: Row) -> bool:
    return who in known.parents and known.parents[who].name == row[f"{who}_name"]
