"""Leaving a village's register and coming back to it: who may note it, and which day can be true."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from ccmp.identifiers import new_id
from ccmp.people.models import User
from ccmp.people.reach import may
from ccmp.refusals import Refusal
from ccmp.web.spoken import short_day
from children.enums import GoneWhy, MoveKind
from children.models import OF_AGE, Child, years_before
from children.rules.belonging import not_here

LEAVING = {MoveKind.LEFT: GoneWhy.LEFT, MoveKind.DIED: GoneWhy.DIED, MoveKind.MISTAKEN: GoneWhy.MISTAKEN}


class BadMove(Refusal):
    """A move that cannot be true."""


class GoneAlready(Refusal):
    """The file says already that the child is gone."""

    def __init__(self, child: Child, *, on: date) -> None:
        words = {"name": child.name, "day": short_day(child.gone_on or on, on=on), "why": child.get_gone_why_display()}
        super().__init__(
            _(
                "%(name)s is not in the register since %(day)s: %(why)s. If that is wrong, note first that the child is back."
            )
            % words,
            field="on",
        )


@dataclass(frozen=True)
class MoveEntry:
    """That a child left, died, was registered by mistake or came back, as it is sent. `on`: the first day of it."""

    UNSAID: ClassVar = ("made_at",)

    child: UUID
    kind: MoveKind
    on: date
    where: str = ""
    note: str = ""
    id: UUID = field(default_factory=new_id)
    made_at: datetime | None = None


def check_may_move(by: User, child: Child) -> None:
    if not may(by, "children.move_child", at_place=child.village_code):
        raise not_here(
            by, child, _("That a child leaves or comes back is noted in its village or in the county's office.")
        )


def check_is_here(child: Child, *, on: date) -> None:
    """Before the page opens. Raises GoneAlready."""
    if child.gone_on is not None:
        raise GoneAlready(child, on=on)


def check_is_gone(child: Child) -> None:
    if child.gone_on is None:
        raise BadMove(
            _("%(name)s is in the register: nobody has noted that the child left.") % {"name": child.name}, field="on"
        )


def check_leave(entry: MoveEntry, child: Child, *, on: date) -> None:
    """Raises the refusal that names the first field which cannot be true. `on` is the day of the server."""
    check_is_here(child, on=on)
    _check_day(entry.on, child, on=on)
    if entry.kind == MoveKind.LEFT and not entry.where.strip():
        raise BadMove(_("Write where the child lives now; province and town will do."), field="where")
    if entry.kind == MoveKind.MISTAKEN and not entry.note.strip():
        raise BadMove(_("Write why the registration was a mistake."), field="note")


def check_return(entry: MoveEntry, child: Child, *, on: date) -> None:
    check_is_gone(child)
    if entry.on > on:
        raise BadMove(_("The day lies in the future. Note it once it has come."), field="on")
    if child.gone_on is not None and entry.on < child.gone_on:
        raise BadMove(
            _("By the file the child left on %(day)s. Choose that day or a later one.")
            % {"day": short_day(child.gone_on, on=on)},
            field="on",
        )
    if child.born_on <= years_before(entry.on, OF_AGE):
        raise BadMove(_("By then the child is 18 or older. If the birth date is wrong, correct it first."), field="on")


def _check_day(day: date, child: Child, *, on: date) -> None:
    if day > on:
        raise BadMove(_("The day lies in the future. Note it once it has come."), field="on")
    if day < child.born_on:
        raise BadMove(_("The day lies before the child was born. Please check it."), field="on")
    if day < child.here_since:
        raise BadMove(
            _("The child belongs to this register since %(day)s. Choose that day or a later one.")
            % {"day": short_day(child.here_since, on=on)},
            field="on",
        )
