"""Correcting a child's file, when two people may do so at once."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ccmp.audit.record import record
from ccmp.moments import day_of
from ccmp.people.entries import lock_villages
from ccmp.people.models import User
from ccmp.refusals import Refusal
from children.enums import OF_THE_HOME, FileField
from children.models import Child
from children.rules.correction import check_corrected, check_may_change
from children.rules.file_fields import exact_text, shown_text, text_of
from children.rules.resident_id import read_resident_id
from children.services.differences import follow
from children.services.hukou import keep_past_hukou
from children.services.id_numbers import check_in_no_other_file, noting_numbers_tried
from children.services.noting import Saying, note_change, write_fields

NOTHING_SEEN: Mapping[str, Any] = {}


def _held(child: Child, name: str) -> Any:
    """The home is asked for: let it be joined."""
    return getattr(child.household if name in OF_THE_HOME else child, name)


def _moved_on(child: Child, different: Mapping[str, Any], seen: Mapping[str, Any]) -> dict[str, Any]:
    """What another value may have come for since it was read; of what nobody says how it was read, all."""
    same = {name for name in different if name in seen and _shown(child, name) == shown_text(name, text_of(seen[name]))}
    return {name: value for name, value in different.items() if name not in same}


def _shown(child: Child, name: str) -> str:
    return shown_text(name, text_of(_held(child, name)))


class FileHasMovedOn(Refusal):
    """Somebody changed the file after it was read. Both values are told, and a person decides."""

    sentence = _("Somebody changed this file after you opened it. Compare both values, and send the one that holds.")

    def __init__(self, child: Child, changes: Mapping[str, Any]) -> None:
        super().__init__(field=next(iter(changes)))
        held = {
            name: shown_text(name, child.resident_id) if name == "resident_id" else _held(child, name)
            for name in changes
        }
        self.particulars = {
            "version": child.version,
            "values": {name: {"sent": changes[name], "held": held[name]} for name in changes},
        }


@noting_numbers_tried
@transaction.atomic
def change_child(
    *,
    child_id: UUID,
    version: int,
    changes: Mapping[str, Any],
    by: User,
    at: datetime,
    seen: Mapping[str, Any] = NOTHING_SEEN,
    changed_on: date | None = None,
    number_as_said: bool = False,
) -> Child:
    """Change fields of a file that was read at a version. The same change sent again changes nothing.

    `changes` maps names of FileField, those of the child and of its home, to values, `seen` to those that were read; the rest
    is as a Correction has it. Raises FileHasMovedOn when the file is at another version: with what is `seen` of each field,
    for those alone that somebody changed meanwhile.
    """
    lock_villages(Child.objects.filter(pk=child_id).values_list("village_code", flat=True))
    child = Child.objects.select_related("household").select_for_update(of=("self", "household")).get(pk=child_id)
    check_may_change(by, child)
    wanted = {name: changes[name].strip() if isinstance(changes[name], str) else changes[name] for name in changes}
    if wanted.get("resident_id"):
        wanted["resident_id"] = read_resident_id(wanted["resident_id"], on=day_of(at)).number
    different = {name: value for name, value in wanted.items() if _held(child, name) != value}
    if not different:
        return child
    moved_on = {} if child.version == version else _moved_on(child, different, seen)
    if moved_on:
        raise FileHasMovedOn(child, moved_on)
    texts = {FileField(name): text_of(value) for name, value in different.items()}
    _check(child, texts, changed_on, by=by, at=at)
    taken = {field.value: (exact_text(child, field), text) for field, text in texts.items()}
    _take(child, texts, changed_on, number_as_said=number_as_said)
    sayings = [Saying(child, field, text, by, at, at) for field, text in texts.items()]
    for one in sayings:
        follow(one)
    note_change(sayings[0], taken=taken)
    record(by=by, at=at, did="changed", on=child, fields=sorted(different))
    return child


def _check(child: Child, texts: Mapping[FileField, str], changed_on: date | None, *, by: User, at: datetime) -> None:
    said = {field.value: text for field, text in texts.items()}
    check_corrected(child, said, on=day_of(at), changed_on=changed_on)
    if said.get(FileField.RESIDENT_ID):
        check_in_no_other_file(child, said[FileField.RESIDENT_ID], by=by, at=at)


def _take(child: Child, texts: Mapping[FileField, str], changed_on: date | None, *, number_as_said: bool) -> None:
    if changed_on:
        keep_past_hukou(child, texts, until=changed_on)
    write_fields(child, texts, number_as_said=number_as_said)
