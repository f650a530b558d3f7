"""Parents who are away are in touch with child and carer once a week: what can be noted of it, and when it was too long ago."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from ccmp.identifiers import new_id
from ccmp.places.rules.standards import value
from ccmp.refusals import Refusal
from children.models import Relative


class BadContact(Refusal):
    """A contact that cannot have been."""


@dataclass(frozen=True)
class ContactEntry:
    """That a parent was in touch, as it is sent. `how` is a ContactHow."""

    UNSAID: ClassVar = ("made_at",)

    child: UUID
    relative: UUID
    on: date
    how: str
    with_child: bool = True
    with_carer: bool = False
    note: str = ""
    id: UUID = field(default_factory=new_id)
    made_at: datetime | None = None


def check_contact(entry: ContactEntry, relative: Relative, *, on: date) -> None:
    """Raises the refusal that names the first field which cannot be true. `on` is the day of the server."""
    if entry.on > on:
        raise BadContact(_("The day lies in the future. Note it once it has come."), field="on")
    if not entry.with_child and not entry.with_carer:
        raise BadContact(
            _("Tick whom the parent spoke with: the child, who looks after it, or both."), field="with_child"
        )
    if relative.died_on and entry.on >= relative.died_on:
        raise BadContact(
            _("By the file %(name)s died on %(day)s. Choose an earlier day, or say first where %(name)s is.")
            % {"name": relative.name, "day": relative.died_on},
            field="on",
        )


def silent_after(on: date) -> timedelta:
    """So long may pass without a word; from the next day on it is too long (dated standard)."""
    return timedelta(days=value("register.silence_days", on=on))
