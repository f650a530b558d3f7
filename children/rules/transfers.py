"""Handing a child over to another village: who may ask, who answers, and what can be true."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from ccmp.identifiers import new_id
from ccmp.people.models import User
from ccmp.people.reach import may
from ccmp.refusals import NotAllowed, Refusal
from ccmp.web.spoken import short_day
from children.enums import GoneWhy, TransferAsker
from children.models import OF_AGE, Child, Transfer, years_before
from children.rules.held_numbers import NumberTried

MOVE = "children.move_child"


class BadTransfer(Refusal):
    """A transfer that cannot be."""


class NoSuchFile(Refusal):
    """No other village has a file with this number."""

    field = "resident_id"
    sentence = _("No other village has a file with this ID number. Check the number, or register the child.")


class AskedAlready(NumberTried):
    """One waits already; whose it is, is not told."""

    sentence = _("This child's file is being handed over already. Wait until that is answered, or ask the county.")


@dataclass(frozen=True)
class Home:
    """Where the child will live: a home of the village by its id, or a new one by its head."""

    id: UUID | None = None
    head_name: str = ""
    neighbourhood: str = ""


@dataclass(frozen=True)
class TransferEntry:
    """The village that a child leaves asks another one to take it over from a day on."""

    UNSAID: ClassVar = ("made_at",)

    child: UUID
    to_village_code: str
    on: date
    words: str = ""
    id: UUID = field(default_factory=new_id)
    made_at: datetime | None = None


@dataclass(frozen=True)
class AskEntry:
    """A village asks for the file of a child who came to it, by the full ID number. Only a mark of it is kept."""

    UNSAID: ClassVar = ("made_at", "resident_id")

    resident_id: str
    number_mark: str
    to_village_code: str
    on: date
    home: Home
    words: str = ""
    id: UUID = field(default_factory=new_id)
    made_at: datetime | None = None


def check_may_hand_over(by: User, village_code: str) -> None:
    if not may(by, MOVE, at_place=village_code):
        raise NotAllowed(_("A child is handed over by its village or by the county's office."))


def check_may_ask(by: User, village_code: str) -> None:
    if not may(by, MOVE, at_place=village_code):
        raise NotAllowed(_("You can ask for a child's file for your own village only."))


def side_that_asked(transfer: Transfer) -> str:
    return transfer.village_code if transfer.asked_by_side == TransferAsker.OLD else transfer.to_village_code


def side_that_answers(transfer: Transfer) -> str:
    return transfer.to_village_code if transfer.asked_by_side == TransferAsker.OLD else transfer.village_code


def check_may_answer(by: User, transfer: Transfer) -> None:
    if not may(by, MOVE, at_place=side_that_answers(transfer)):
        raise NotAllowed(_("The other village answers this, or its county's office."))


def check_may_withdraw(by: User, transfer: Transfer) -> None:
    if not may(by, MOVE, at_place=side_that_asked(transfer)):
        raise NotAllowed(_("Only the village that asked takes it back."))


def first_day(day: date, child: Child) -> date:
    """In the new village: the day that was said when it was asked, or the first one after the stay that the file knows.

    Who answers cannot choose the day; who asked by a number could not see the file.
    """
    return max(day, child.gone_on or child.here_since)


def check_has_come(day: date, *, on: date) -> None:
    if day > on:
        raise BadTransfer(_("The day lies in the future. Note it once it has come."), field="on")


def check_transfer(day: date, child: Child, *, on: date) -> None:
    """Raises the refusal that names what cannot be true. `day` is the first one in the new village, `on` is today."""
    check_has_come(day, on=on)
    if child.gone_why == GoneWhy.DIED:
        raise BadTransfer(_("By the file this child has died. If that is wrong, note first that the child is back."))
    if child.born_on <= years_before(on, OF_AGE):
        raise BadTransfer(_("This child is 18 or older by now, and belongs to no register of children any more."))
    first = child.gone_on or child.here_since
    if day < first:
        raise BadTransfer(
            _("By the file the child was in the old village until %(day)s. Choose that day or a later one.")
            % {"day": short_day(first, on=on)},
            field="on",
        )
