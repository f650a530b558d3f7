"""A child leaves its village's register, dies, was there by mistake, or comes back: the stay ends, or a new one begins."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from ccmp.audit.record import record, record_many
from ccmp.moments import day_of
from ccmp.people.entries import lock_villages, not_yet_held
from ccmp.people.models import User
from children.enums import GoneWhy, TransferState
from children.models import Child, Move, PastStay, Transfer
from children.rules.moves import LEAVING, MoveEntry, check_leave, check_may_move, check_return


@transaction.atomic
def note_leaving(*, entry: MoveEntry, by: User, at: datetime) -> Child:
    """The child no longer belongs to the register from a day on. Sent again, nothing changes.

    What is under way for it, flags and referrals, goes on; no visit is due any more.
    """
    child = locked(entry.child)
    check_may_move(by, child)
    fresh = not_yet_held(Move, [entry])
    if not fresh:
        return child
    check_leave(entry, child, on=day_of(at))
    child.gone_on, child.gone_why = entry.on, LEAVING[entry.kind]
    _keep(child, entry, fresh[0][1], by=by, at=at)
    if child.gone_why != GoneWhy.LEFT:
        end_waiting_transfers([child], by=by, at=at)
    record(by=by, at=at, did="noted as gone", on=child, why=child.gone_why)
    return child


@transaction.atomic
def note_return(*, entry: MoveEntry, by: User, at: datetime) -> Child:
    """The child is back in the same village since a day: the stay before is past, a new one begins."""
    child = locked(entry.child)
    check_may_move(by, child)
    fresh = not_yet_held(Move, [entry])
    if not fresh:
        return child
    check_return(entry, child, on=day_of(at))
    end_stay(child)
    child.here_since, child.gone_on, child.gone_why = entry.on, None, ""
    _keep(child, entry, fresh[0][1], by=by, at=at)
    record(by=by, at=at, did="noted as back", on=child)
    return child


def locked(child_id: UUID) -> Child:
    """The child, its village and itself locked: what is checked stays true while it is written."""
    lock_villages(Child.objects.filter(pk=child_id).values_list("village_code", flat=True))
    return Child.objects.select_for_update(of=("self",)).get(pk=child_id)


def end_stay(child: Child) -> None:
    """Write the stay of a child who is gone down as past."""
    assert child.gone_on is not None
    PastStay.objects.create(
        child=child,
        village_code=child.village_code,
        household_id=child.household_id,
        since=child.here_since,
        until=child.gone_on,
        why=child.gone_why,
    )


def end_waiting_transfers(children: Sequence[Child], *, by: User | None, at: datetime) -> None:
    """Who died, came of age, or never was, is handed over to nobody: there is nothing to answer any more."""
    for transfer in Transfer.objects.waiting().filter(child__in=children).order_by("id"):
        transfer.move_to(TransferState.OVER, by=by, at=at)
        transfer.save(update_fields=["state"])
        record_many(by=by, at=at, did="was over", on=[transfer])


def tell_of_moves(children: Sequence[Child], *, by: User | None, at: datetime) -> None:
    """What higher floors do once children left, came back or moved."""
    for follow in settings.AFTER_A_MOVE:
        import_string(follow)(children=children, by=by, at=at)


def _keep(child: Child, entry: MoveEntry, mark: str, *, by: User, at: datetime) -> None:
    child.version += 1
    child.save(update_fields=["here_since", "gone_on", "gone_why", "version"])
    Move.objects.create(
        id=entry.id,
        village_code=child.village_code,
        made_at=entry.made_at or at,
        recorded_at=at,
        recorded_by=by,
        fingerprint=mark,
        child=child,
        kind=entry.kind,
        on=entry.on,
        where=entry.where.strip(),
        note=entry.note.strip(),
    )
    tell_of_moves([child], by=by, at=at)
