"""Correcting a child's file, when two people may do so at once."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ccmp.audit.record import record
from ccmp.people.models import User
from ccmp.people.reach import may
from ccmp.refusals import NotAllowed, Refusal
from children.models import Child
from children.rules.names import initials_of, pinyin_of
from children.rules.registration import BadRegistration

CHANGEABLE = ("name", "ethnic_group", "ethnic_words", "hukou", "school_stage", "is_boarding")


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

    `changes` maps names of CHANGEABLE to values. Raises FileHasMovedOn when the file is at another version.
    """
    child: Child = Child.objects.select_for_update(of=("self",)).get(pk=child_id)
    if not may(by, "children.change_child", at_place=child.village_code):
        raise NotAllowed(_("You can change the files of your own village only."))
    wanted = {name: changes[name].strip() if isinstance(changes[name], str) else changes[name] for name in changes}
    if wanted.get("name") == "":
        raise BadRegistration(_("Write the child's name."), field="name")
    different = {name: value for name, value in wanted.items() if getattr(child, name) != value}
    if not different:
        return child
    if child.version != version:
        raise FileHasMovedOn(child, different)
    for name in CHANGEABLE:
        setattr(child, name, different.get(name, getattr(child, name)))
    child.pinyin, child.initials = pinyin_of(child.name), initials_of(child.name)
    child.version += 1
    child.save(update_fields=[*different, "pinyin", "initials", "version"])
    record(by=by, at=at, did="changed", on=child, fields=sorted(different))
    return child
