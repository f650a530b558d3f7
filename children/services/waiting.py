"""What waits in the files that a reader reaches: one short line each, with a number and a door; nothing of what does not."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import ngettext

from ccmp.people.enums import VILLAGE_ROLES
from ccmp.people.models import User
from ccmp.people.reach import reach_of
from children.enums import TransferAsker
from children.models import Child, FileCheck, Relative, Transfer
from children.services.contact import silent_parents
from children.services.farewells import coming_of_age


@dataclass(frozen=True)
class Waiting:
    """`words` say the number; `state` gives their shape."""

    words: str
    url: str
    state: str = "short"


Count = Callable[[User, date], int]


def _sent_back(user: User, on: date) -> int:
    return FileCheck.objects.visible_to(user).open().count()


def _to_confirm(user: User, on: date) -> int:
    return Child.objects.visible_to(user).due_a_confirmation(on=on).count()


def _transfers(user: User, on: date) -> int:
    """Those that the other side asked for, and that are answered here."""
    mine = reach_of(user, "children.move_child")
    to_take = mine.rows(Transfer.objects.waiting(), column="to_village_code").filter(asked_by_side=TransferAsker.OLD)
    to_give = mine.rows(Transfer.objects.waiting()).filter(asked_by_side=TransferAsker.NEW)
    return to_take.count() + to_give.count()


def _farewells(user: User, on: date) -> int:
    return coming_of_age(user, on=on).count()


def _silent(user: User, on: date) -> int:
    """In a village alone: over a county every parent's last contact would be read for each page. The desk has a door to it."""
    if user.role_now not in VILLAGE_ROLES:
        return 0
    return len(silent_parents(Relative.objects.visible_to(user), on=on))


def _without_number(user: User, on: date) -> int:
    return Child.objects.visible_to(user).in_register(on=on).filter(resident_id_index__isnull=True).count()


def waiting_for(user: User, *, on: date) -> list[Waiting]:
    """The lines that are not zero, the most pressing first. One or two queries for each kind, however many wait."""
    found = []
    for count, url_name, state, say in LINES:
        number = count(user, on)
        if number:
            found.append(Waiting(say(number), reverse(url_name), state))
    return found


def _said_sent_back(number: int) -> str:
    return ngettext(
        "%(number)d file was sent back by the supervisor", "%(number)d files were sent back by the supervisor", number
    ) % {"number": number}


def _said_transfers(number: int) -> str:
    return ngettext("%(number)d transfer waits for an answer", "%(number)d transfers wait for an answer", number) % {
        "number": number
    }


def _said_silent(number: int) -> str:
    return ngettext(
        "Nobody heard from %(number)d parent for over a week",
        "Nobody heard from %(number)d parents for over a week",
        number,
    ) % {"number": number}


def _said_to_confirm(number: int) -> str:
    return ngettext(
        "%(number)d file is to be confirmed with the family",
        "%(number)d files are to be confirmed with the family",
        number,
    ) % {"number": number}


def _said_farewells(number: int) -> str:
    return ngettext("%(number)d child is 18 soon", "%(number)d children are 18 soon", number) % {"number": number}


def _said_without_number(number: int) -> str:
    return ngettext("%(number)d child has no ID number", "%(number)d children have no ID number", number) % {
        "number": number
    }


LINES: tuple[tuple[Count, str, str, Callable[[int], str]], ...] = (
    (_sent_back, "children:sent-back", "danger", _said_sent_back),
    (_transfers, "children:transfers", "short", _said_transfers),
    (_silent, "children:silent", "short", _said_silent),
    (_to_confirm, "children:to-confirm", "short", _said_to_confirm),
    (_farewells, "children:farewells", "running", _said_farewells),
    (_without_number, "children:no-id", "running", _said_without_number),
)
