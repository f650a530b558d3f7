"""The grown-ups of a file as people: what is said of one holds for all children who are related to her."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from ccmp.audit.record import record
from ccmp.moments import day_of
from ccmp.people.entries import lock_villages, not_yet_held
from ccmp.people.models import User
from ccmp.sealed import blind_index
from ccmp.web.spoken import masked_phone
from children.enums import FATHERS, MOTHERS, FileField
from children.models import Child, Difference, FileChange, Kinship, Relative
from children.rules.correction import check_may_change
from children.rules.kin import BadKin, check_kin, kin_seen, kin_texts, read_kin_number
from children.rules.phone_mark import phone_mark
from children.rules.resident_id import clean_number
from children.services.differences import follow, keep_both, take_back
from children.services.kin_rows import write_kin
from children.services.noting import Saying, note_change


@dataclass(frozen=True)
class KinEntry:
    """A grown-up's fields as somebody says them, and as she saw them before: names of FileField → text.

    Of what is not in `seen` nobody says that it was read: it was as the file has it.
    """

    UNSAID: ClassVar = ("made_at",)

    id: UUID
    child: UUID
    relative: UUID
    made_at: datetime
    said: Mapping[str, str]
    seen: Mapping[str, str]

    @property
    def changed(self) -> dict[FileField, str]:
        return {FileField(name): text for name, text in self.said.items() if text != self.seen.get(name)}


@dataclass(frozen=True)
class NewKinEntry:
    """A grown-up who is to stand in a child's file: somebody whom the home knows, or somebody new."""

    UNSAID: ClassVar = ("made_at",)

    id: UUID
    child: UUID
    relative: UUID
    relation: str
    made_at: datetime
    is_new: bool = True
    name: str = ""
    born_on: date | None = None
    phone: str = ""
    resident_id: str = ""
    works_at: str = ""
    address: str = ""


@transaction.atomic
def change_kin(*, entry: KinEntry, by: User, at: datetime) -> list[Difference]:
    """Take the fields that nobody changed to something else since they were seen; keep both values of the others.

    Sent again, nothing changes.
    """
    lock_villages(Child.objects.filter(pk=entry.child).values_list("village_code", flat=True))
    child = Child.objects.select_related("household").get(pk=entry.child)
    check_may_change(by, child)
    relative = Relative.objects.select_for_update(of=("self",)).get(pk=entry.relative, kinships__child=child)
    fresh = not_yet_held(FileChange, [entry])
    on = day_of(at)
    exact, shown = kin_texts(relative, on=on), kin_seen(relative, on=on)
    seen = _as_read(entry.seen, shown)
    changed = {field: text for field, text in entry.changed.items() if text != exact[field]}
    if not fresh or not changed:
        return []
    check_kin(relative, changed, on=on)
    sayings = [Saying(child, field, text, by, entry.made_at, at, relative) for field, text in changed.items()]
    for one in sayings:
        take_back(one, seen=seen[one.field])
    free = [one for one in sayings if shown[one.field] == seen[one.field]]
    differences = [keep_both(one, held=shown[one.field]) for one in sayings if one not in free]
    write_kin(relative, {one.field: one.text for one in free}, on=on)
    for one in free:
        follow(one)
    taken = {one.field.value: (exact[one.field], one.text) for one in free}
    note_change(sayings[0], taken=taken, change_id=entry.id, mark=fresh[0][1])
    record(by=by, at=at, did="changed", on=relative, fields=sorted(taken), differing=len(differences))
    return differences


def _as_read(seen: Mapping[str, str], shown: Mapping[str, str]) -> dict[str, str]:
    """A telephone that was read masked was the one of the file when its digits are."""
    phone = shown[FileField.KIN_PHONE]
    is_masked = bool(phone) and seen.get(FileField.KIN_PHONE) == masked_phone(phone)
    return {**shown, **seen, **({FileField.KIN_PHONE.value: phone} if is_masked else {})}


@transaction.atomic
def add_kin(*, entry: NewKinEntry, by: User, at: datetime) -> Relative:
    """Name one more grown-up in a child's file. Sent again, nothing changes."""
    lock_villages(Child.objects.filter(pk=entry.child).values_list("village_code", flat=True))
    child = Child.objects.select_related("household").get(pk=entry.child)
    check_may_change(by, child)
    fresh = not_yet_held(FileChange, [entry])
    if not fresh:
        return Relative.objects.get(pk=entry.relative)
    relative = _new_relative(child, entry, on=day_of(at)) if entry.is_new else _known_relative(child, entry.relative)
    _check_not_named(child, entry.relation, relative)
    Kinship.objects.create(child=child, relative=relative, relation=entry.relation)
    saying = Saying(child, FileField.KIN_NAME, relative.name, by, entry.made_at, at, relative)
    note_change(saying, taken={FileField.KIN_NAME.value: ("", relative.name)}, change_id=entry.id, mark=fresh[0][1])
    record(by=by, at=at, did="named", on=relative)
    return relative


def grown_ups_to_choose(child: Child, *, unnamed: bool = False) -> list[tuple[str, str]]:
    """The living grown-ups of a child's file and home, for a choice; with `unnamed`, who is not in the file yet. One query."""
    rows = Kinship.objects.filter(Q(child=child) | Q(relative__household=child.household_id))
    living = rows.filter(relative__died_on__isnull=True).select_related("relative").order_by("relation", "id")
    own = {one.relative_id for one in living if one.child_id == child.pk}
    found: dict[UUID, str] = {}
    for one in sorted(living, key=lambda row: row.child_id != child.pk):
        if not (unnamed and one.relative_id in own):
            found.setdefault(one.relative_id, f"{one.get_relation_display()} {one.relative.name}")
    return [(str(key), said) for key, said in found.items()]


def _new_relative(child: Child, entry: NewKinEntry, *, on: date) -> Relative:
    if not entry.name.strip():
        raise BadKin(_("Write the name."), field="name")
    if entry.born_on and entry.born_on > on:
        raise BadKin(_("The birth date lies in the future. Please check the year."), field="born_on")
    if entry.resident_id:
        read_kin_number(entry.resident_id, on=on, field="resident_id")
    number = clean_number(entry.resident_id)
    return Relative.objects.create(
        id=entry.relative,
        village_code=child.village_code,
        household_id=child.household_id,
        name=entry.name.strip(),
        born_on=entry.born_on,
        phone=entry.phone.strip(),
        phone_index=phone_mark(entry.phone),
        resident_id=number,
        resident_id_index=blind_index(number) if number else "",
        works_at=entry.works_at.strip(),
        address=entry.address.strip(),
    )


def _known_relative(child: Child, relative_id: UUID) -> Relative:
    return Relative.objects.get(pk=relative_id, household=child.household_id)


def _check_not_named(child: Child, relation: str, relative: Relative) -> None:
    if child.kinships.filter(relative=relative).exists():
        raise BadKin(_("This person stands in the file already."), field="who")
    for either in (FATHERS, MOTHERS):
        if relation in either and child.kinships.filter(relation__in=either).exists():
            raise BadKin(
                _("This parent stands in the file already. Change what is said of her or him instead."),
                field="relation",
            )
