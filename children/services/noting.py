"""What somebody says of a child's file, written into it, with who said so and what stood there before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F

from ccmp.identifiers import new_id
from ccmp.people.models import User
from ccmp.sealed import blind_index
from children.enums import OF_THE_HOME, FileField
from children.models import Child, FileChange, Relative
from children.rules.file_fields import shown_text, value_of
from children.rules.id_tail import tail_mark
from children.rules.names import initials_of, pinyin_of

# What follows from the fields of a child, and is written with them.
KEPT_BESIDE = (
    "pinyin",
    "initials",
    "resident_id_index",
    "resident_id_tail",
    "resident_id_as_said",
    "no_id_reason",
    "version",
)


@dataclass(frozen=True)
class Saying:
    """One person's word about one field of a child's file, and when it was said and came."""

    child: Child
    field: FileField
    text: str
    by: User
    made_at: datetime
    at: datetime
    relative: Relative | None = None


def write_fields(child: Child, texts: Mapping[FileField, str], *, number_as_said: bool = False) -> None:
    """Write fields of a child and of its home: with the home changes what is read of each child who lives there.

    Whoever read one of them before has read an older version.
    """
    for field, text in texts.items():
        setattr(child.household if field in OF_THE_HOME else child, field, value_of(field, text))
    if texts.get(FileField.RESIDENT_ID):
        write_number(child, texts[FileField.RESIDENT_ID])
    if child.resident_id and (number_as_said or FileField.RESIDENT_ID in texts):
        child.resident_id_as_said = number_as_said
    of_home = [field.value for field in texts if field in OF_THE_HOME]
    of_child = [field.value for field in texts if field not in OF_THE_HOME]
    if of_home:
        child.household.save(update_fields=of_home)
        sisters = Child.objects.filter(household=child.household_id).exclude(pk=child.pk)
        sisters.update(version=F("version") + 1)
    if texts:
        child.pinyin, child.initials = pinyin_of(child.name), initials_of(child.name)
        child.version += 1
        child.save(update_fields=[*of_child, *KEPT_BESIDE])


def write_number(child: Child, number: str) -> None:
    """An ID number, with the marks by which it is found; whoever has one needs no reason why not."""
    child.resident_id, child.resident_id_index = number, blind_index(number)
    child.resident_id_tail, child.no_id_reason = tail_mark(number), ""


def note_change(
    first: Saying, *, taken: Mapping[str, tuple[str, str]], change_id: UUID | None = None, mark: str = ""
) -> None:
    """Note who said something of a file, and what of it was taken: field → (before, after). What lies sealed, masked."""
    FileChange.objects.create(
        id=change_id or new_id(),
        village_code=first.child.village_code,
        made_at=first.made_at,
        recorded_at=first.at,
        recorded_by=first.by,
        fingerprint=mark,
        child=first.child,
        relative=first.relative,
        taken={
            field: (shown_text(field, before), shown_text(field, after)) for field, (before, after) in taken.items()
        },
    )
