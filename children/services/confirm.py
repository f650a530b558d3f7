"""Confirming files with the family: what the file says was read out, and somebody of the family said that it is so."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from django.db import transaction

from ccmp.audit.record import record_many
from ccmp.many_rows import insert_many
from ccmp.moments import day_of
from ccmp.people.entries import ALL_AT_ONCE, Received, lock_villages, not_yet_held
from ccmp.people.models import User
from children.models import Child, Confirmation
from children.rules.confirmation import check_confirmation, check_may_confirm


@dataclass(frozen=True)
class ConfirmationEntry:
    """`version`: of the file, as it was read out. `with_whom`: a name."""

    UNSAID: ClassVar = ("made_at",)

    id: UUID
    child: UUID
    made_at: datetime
    on: date
    with_whom: str
    version: int


def confirm_file(*, entry: ConfirmationEntry, by: User, at: datetime) -> Confirmation:
    """Note that the family confirmed one file. Sent again, the confirmation that is held comes back."""
    confirm_files(entries=[entry], by=by, at=at)
    return Confirmation.objects.get(pk=entry.id)


@transaction.atomic
def confirm_files(
    *, entries: Sequence[ConfirmationEntry], by: User, at: datetime, received: Received = ALL_AT_ONCE
) -> list[Confirmation]:
    """Note confirmations: all of them or, when one is refused, none. Returns those that were new."""
    ids = {entry.child for entry in entries}
    lock_villages(Child.objects.filter(pk__in=ids).values_list("village_code", flat=True))
    children = Child.objects.select_for_update(of=("self",)).in_bulk(ids)
    fresh = not_yet_held(Confirmation, entries)
    for entry, _mark in fresh:
        child = children[entry.child]
        check_may_confirm(by, child)
        check_confirmation(child, on=entry.on, with_whom=entry.with_whom, today=day_of(at))
    rows = [_row(entry, mark, children[entry.child], by=by, at=received.get(entry.id, at)) for entry, mark in fresh]
    insert_many(rows)
    for row in rows:
        child = children[row.child_id]
        child.confirmed_on = max(child.confirmed_on or row.on, row.on)
    Child.objects.bulk_update([children[row.child_id] for row in rows], ["confirmed_on"])
    record_many(by=by, at=at, did="confirmed", on=rows, received=received)
    return rows


def _row(entry: ConfirmationEntry, mark: str, child: Child, *, by: User, at: datetime) -> Confirmation:
    return Confirmation(
        id=entry.id,
        village_code=child.village_code,
        made_at=entry.made_at,
        recorded_at=at,
        recorded_by=by,
        fingerprint=mark,
        child=child,
        on=entry.on,
        with_whom=entry.with_whom.strip(),
        version=min(entry.version, child.version),
    )
