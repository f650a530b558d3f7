"""Correcting a child's file on a page, perhaps hours after it was read: what nobody else changed since is taken."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from django.db import transaction

from ccmp.audit.record import record
from ccmp.moments import day_of
from ccmp.people.entries import lock_villages, not_yet_held
from ccmp.people.models import User
from children.enums import FileField
from children.models import Child, Difference, FileChange
from children.rules.correction import check_corrected, check_may_change
from children.rules.file_fields import exact_text, texts_of
from children.services.differences import follow, keep_both, take_back
from children.services.hukou import keep_past_hukou
from children.services.id_numbers import check_in_no_other_file, noting_numbers_tried
from children.services.noting import Saying, note_change, write_fields


@dataclass(frozen=True)
class Correction:
    """A file's fields as somebody says them, and as she saw them before: names of FileField → text.

    `changed_on`: the hukou became another one on that day; without it, what the file said of it was wrong.
    `number_as_said`: the ID number differs from the rest, and a person compared it.
    """

    UNSAID: ClassVar = ("made_at",)

    id: UUID
    child: UUID
    made_at: datetime
    said: Mapping[str, str]
    seen: Mapping[str, str]
    changed_on: date | None = None
    number_as_said: bool = False

    @property
    def changed(self) -> dict[FileField, str]:
        """What she says otherwise than she saw it."""
        return {FileField(name): text for name, text in self.said.items() if text != self.seen.get(name)}


@dataclass(frozen=True)
class Corrected:
    """What became of a correction: the fields that were taken, and those of which both values are kept."""

    child: Child
    taken: list[FileField] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)


@noting_numbers_tried
@transaction.atomic
def correct_file(*, entry: Correction, by: User, at: datetime) -> Corrected:
    """Take the fields that nobody changed to something else since they were seen; keep both values of the others.

    Sent again, nothing changes.
    """
    lock_villages(Child.objects.filter(pk=entry.child).values_list("village_code", flat=True))
    files = Child.objects.select_related("household").select_for_update(of=("self", "household"))
    child = files.get(pk=entry.child)
    check_may_change(by, child)
    fresh = not_yet_held(FileChange, [entry])
    held = texts_of(child)
    sayings = [Saying(child, name, text, by, entry.made_at, at) for name, text in entry.changed.items() if name in held]
    if not fresh or not sayings:
        return Corrected(child)
    _check(child, entry, sayings, by=by, at=at)
    for one in sayings:
        take_back(one, seen=entry.seen.get(one.field, ""))
    exact = {one.field: exact_text(child, one.field) for one in sayings}
    free = [one for one in sayings if one.text == exact[one.field] or held[one.field] == entry.seen.get(one.field)]
    taken = {one.field: one.text for one in free if exact[one.field] != one.text}
    differences = [keep_both(one, held=held[one.field]) for one in sayings if one not in free]
    _take(child, entry, taken)
    for one in free:
        follow(one)
    changes = {field.value: (held[field], text) for field, text in taken.items()}
    note_change(sayings[0], taken=changes, change_id=entry.id, mark=fresh[0][1])
    record(by=by, at=at, did="changed", on=child, fields=sorted(taken), differing=len(differences))
    return Corrected(child, list(taken), differences)


def _check(child: Child, entry: Correction, sayings: list[Saying], *, by: User, at: datetime) -> None:
    said = {one.field.value: one.text for one in sayings}
    check_corrected(child, said, on=day_of(at), changed_on=entry.changed_on)
    if said.get(FileField.RESIDENT_ID):
        check_in_no_other_file(child, said[FileField.RESIDENT_ID], by=by, at=at)


def _take(child: Child, entry: Correction, taken: Mapping[FileField, str]) -> None:
    if entry.changed_on:
        keep_past_hukou(child, taken, until=entry.changed_on)
    write_fields(child, taken, number_as_said=entry.number_as_said)
