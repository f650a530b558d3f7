"""Counting what was tried at the door, at each account and from each address, and locking it for a while.

A try is counted before it is looked at, so that many at once do not slip through; what was right is taken off again.
Names that nobody has are counted in the same way: whoever asks learns nothing of who has an account.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils.translation import gettext_lazy as _

from ccmp.moments import day_of
from ccmp.people.enums import TryKind
from ccmp.people.models import DoorTry, User
from ccmp.people.trail import note
from ccmp.places.rules.standards import value
from ccmp.refusals import Refusal
from ccmp.sealed import blind_index

MOST = {
    TryKind.ACCOUNT: "door.tries_of_account",
    TryKind.ADDRESS: "door.tries_from_address",
    TryKind.SECOND_STEP: "door.tries_of_second_step",
    TryKind.MAIL: "door.letters_of_account",
}


class LockedOut(Refusal):
    """Too many tries. It opens by itself after a while; a superior opens an account at once."""

    def __init__(self, *, minutes: int, kind: TryKind) -> None:
        self.seconds = minutes * 60
        from_here = _("Too many tries from here. Wait %(minutes)s minutes, then try again.")
        at_account = _(
            "Too many tries. Wait %(minutes)s minutes; or ask your county office, for an official's account the "
            "administrator, who can open it for you at once."
        )
        super().__init__((from_here if kind == TryKind.ADDRESS else at_account) % {"minutes": minutes})


def count_try(kind: TryKind, of: str | UUID, *, at: datetime) -> DoorTry | None:
    """One more try. Raises LockedOut when it is one too many. Nothing is counted of an address that nobody knows."""
    if not of:
        return None
    mark, lock = mark_of(kind, of), timedelta(minutes=value("door.lock_minutes", on=day_of(at)))
    with transaction.atomic():
        DoorTry.objects.bulk_create([DoorTry(kind=kind, mark=mark, began_at=at)], ignore_conflicts=True)
        row = DoorTry.objects.select_for_update(of=("self",)).get(kind=kind, mark=mark)
        if not row.is_locked(at=at):
            _count(row, most=value(MOST[kind], on=day_of(at)), lock=lock, at=at)
    if row.locked_until is not None and row.is_locked(at=at):
        raise LockedOut(minutes=max(1, -int((at - row.locked_until) // timedelta(minutes=1))), kind=kind)
    return row


def _count(row: DoorTry, *, most: int, lock: timedelta, at: datetime) -> None:
    if row.locked_until is not None or at - row.began_at >= lock:
        row.count, row.began_at, row.locked_until = 0, at, None
    row.count += 1
    if row.count > most:
        row.locked_until = at + lock
        note(by=None, at=at, did="locked", on=row, kind=row.kind)
    row.save(update_fields=["count", "began_at", "locked_until"])


def forget_tries(kind: TryKind, of: str | UUID) -> None:
    """It was she: nothing is held against her account."""
    DoorTry.objects.of(kind, mark_of(kind, of)).delete()


def take_off_one(kind: TryKind, of: str | UUID) -> None:
    """What was right does not count against the address, from which others sign in too."""
    if of:
        DoorTry.objects.of(kind, mark_of(kind, of)).update(count=Greatest(F("count") - 1, 0))


def is_locked(user: User, *, at: datetime) -> bool:
    """Whether her account, or her second step, is locked. One query."""
    account = DoorTry.objects.of(TryKind.ACCOUNT, mark_of(TryKind.ACCOUNT, user.username))
    step = DoorTry.objects.of(TryKind.SECOND_STEP, mark_of(TryKind.SECOND_STEP, user.pk))
    return (account | step).filter(locked_until__gt=at).exists()


def mark_of(kind: TryKind, of: str | UUID) -> str:
    """A keyed fingerprint: somebody may type a password where the name belongs."""
    return blind_index(f"door:{kind}:{str(of).strip().casefold()}")
