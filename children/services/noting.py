"""What somebody says of a child's file, written into it, with who said so and what stood there before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ccmp.identifiers import new_id
from ccmp.people.models import User
from children.enums import OF_THE_HOME, FileField
from children.models import Child, FileChange, Relative
from children.rules.file_fields import value_of
from children.rules.names import initials_of, pinyin_of


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


def write_fields(child: Child, texts: Mapping[FileField, str]) -> None:
    """Write fields of a child and of its home. Whoever read the child before has read an older version."""
    for field, text in texts.items():
        setattr(child.household if field in OF_THE_HOME else child, field, value_of(field, text))
    of_home = [field.value for field in texts if field in OF_THE_HOME]
    of_child = [field.value for field in texts if field not in OF_THE_HOME]
    if of_home:
        child.household.save(update_fields=of_home)
    if of_child:
        child.pinyin, child.initials = pinyin_of(child.name), initials_of(child.name)
        child.version += 1
        child.save(update_fields=[*of_child, "pinyin", "initials", "version"])


def note_change(
    first: Saying, *, taken: Mapping[str, tuple[str, str]], change_id: UUID | None = None, mark: str = ""
) -> None:
    """Note who said something of a file, and what of it was taken: field → (before, after)."""
    FileChange.objects.create(
        id=change_id or new_id(),
        village_code=first.child.village_code,
        made_at=first.made_at,
        recorded_at=first.at,
        recorded_by=first.by,
        fingerprint=mark,
        child=first.child,
        relative=first.relative,
        taken=dict(taken),
    )
