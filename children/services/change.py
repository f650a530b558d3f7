"""Correcting a child's file, when two people may do so at once."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ccmp.audit.record import record
from ccmp.people.models import User
from ccmp.refusals import Refusal
from children.enums import FileField
from children.models import Child
from children.rules.correction import check_may_change
from children.rules.file_fields import text_of, texts_of
from children.rules.registration import BadRegistration
from children.services.differences import follow
from children.services.noting import Saying, note_change, write_fields


class FileHasMovedOn(Refusal):
    """Somebody changed the file after it was read. Both values are told, and a person decides."""

    sentence = _("Somebody changed this file after you opened it. Compare both values, and send the one that holds.")

    def __init__(self, child: Child, changes: Mapping[str, Any]) -> None:
        super().__init__(field=next(iter(changes)))
        held = {name: getattr(child, name) for name in changes}
        self.particulars = {
            "version": child.version,
            "values": {name: {"sent": changes[name], "held": held[name]} for name in changes},
        }


@transaction.atomic
def change_child(*, child_id: UUID, version: int, changes: Mapping[str, Any], by: User, at: datetime) -> Child:
    """Change fields of a file that was read at a version. The same change sent again changes nothing.

    `changes` maps names of FileField, those of the child itself, to values.
    Raises FileHasMovedOn when the file is at another version.
    """
    child = Child.objects.select_related("household").select_for_update(of=("self",)).get(pk=child_id)
    check_may_change(by, child)
    wanted = {name: changes[name].strip() if isinstance(changes[name], str) else changes[name] for name in changes}
    if wanted.get("name") == "":
        raise BadRegistration(_("Write the child's name."), field="name")
    different = {name: value for name, value in wanted.items() if getattr(child, name) != value}
    if not different:
        return child
    if child.version != version:
        raise FileHasMovedOn(child, different)
    held = texts_of(child)
    sayings = [Saying(child, FileField(name), text_of(value), by, at, at) for name, value in different.items()]
    write_fields(child, {one.field: one.text for one in sayings})
    for one in sayings:
        follow(one)
    note_change(sayings[0], taken={one.field.value: (held[one.field], one.text) for one in sayings})
    record(by=by, at=at, did="changed", on=child, fields=sorted(different))
    return child
