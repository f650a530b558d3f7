"""Handing a child over from one village of the programme to another: asked from either side, answered by the other."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ccmp.audit.record import record
from ccmp.identifiers import new_id
from ccmp.moments import day_of
from ccmp.people.entries import lock_villages, not_yet_held
from ccmp.people.models import User
from ccmp.places.models import Enrolment
from ccmp.sealed import blind_index
from ccmp.walls.asking import whole_reach
from children.enums import MoveKind, TransferAsker, TransferState
from children.models import Child, Household, Move, Transfer
from children.models.stay import TransferHasMovedOn
from children.rules.resident_id import clean_number
from children.rules.transfers import (
    AskedAlready,
    AskEntry,
    BadTransfer,
    Home,
    NoSuchFile,
    TransferEntry,
    check_has_come,
    check_may_answer,
    check_may_ask,
    check_may_hand_over,
    check_may_withdraw,
    check_transfer,
    first_day,
)
from children.services.handover import write_handover
from children.services.id_numbers import check_number_tries, count_number_try, noting_numbers_tried
from children.services.moves import locked, tell_of_moves
from children.services.rehoming import rehome

ANSWERED = ("answer", "handover", "to_household", "to_head_name", "to_neighbourhood")


@transaction.atomic
def ask_to_take_over(*, entry: TransferEntry, by: User, at: datetime) -> Transfer:
    """The village that a child leaves asks another one to take it over. Sent again, the transfer that is held comes back."""
    child, today = locked(entry.child), day_of(at)
    held = Transfer.objects.filter(pk=entry.id).first()
    check_may_hand_over(by, held.village_code if held else child.village_code)
    fresh = not_yet_held(Transfer, [entry])
    if held and not fresh:
        return held
    _check_village(entry.to_village_code, child, on=today)
    check_transfer(entry.on, child, on=today)
    transfer = _begin(entry, fresh[0][1], child, side=TransferAsker.OLD, by=by, at=at)
    record(by=by, at=at, did="asked to take over", on=transfer)
    return transfer


@noting_numbers_tried
@transaction.atomic
@whole_reach("the file of a child who came lies in another village")
def ask_for_child(*, entry: AskEntry, by: User, at: datetime) -> Transfer:
    """A village asks for the file of a child who came to it, by its full ID number. Neither name nor place is told."""
    check_may_ask(by, entry.to_village_code)
    fresh = not_yet_held(Transfer, [entry])
    if not fresh:
        return Transfer.objects.get(pk=entry.id)
    _check_home(entry.home, entry.to_village_code)
    check_has_come(entry.on, on=day_of(at))
    check_number_tries(by, on=day_of(at))
    count_number_try(by, on=day_of(at))
    files = Child.objects.filter(resident_id_index=entry.number_mark)
    lock_villages([entry.to_village_code, *files.values_list("village_code", flat=True)])
    child = files.select_for_update(of=("self",)).first()
    if child is None:
        raise NoSuchFile
    if child.village_code == entry.to_village_code:
        raise BadTransfer(_("This child has a file in your own village. Look for it in the list."), field="resident_id")
    transfer = _begin(entry, fresh[0][1], child, side=TransferAsker.NEW, by=by, at=at, **_columns(entry.home))
    record(by=by, at=at, did="asked for a child's file", on=transfer)
    return transfer


def number_mark(number: str) -> str:
    """By which the file of an ID number is found."""
    return blind_index(clean_number(number))


@transaction.atomic
@whole_reach("a child's file goes from one village to another")
def take_over(*, transfer_id: UUID, home: Home, by: User, at: datetime) -> Transfer:
    """The new village takes the child over, into one of its homes or a new one. Done already by the same: nothing changes."""
    transfer, child = _locked_transfer(transfer_id)
    check_may_answer(by, transfer)
    if _is_done_already(transfer, TransferState.DONE, by):
        return transfer
    _check_home(home, transfer.to_village_code)
    for name, value in _columns(home).items():
        setattr(transfer, name, value)
    return _carry_out(transfer, child, words=transfer.words, by=by, at=at)


@transaction.atomic
@whole_reach("a child's file goes from one village to another")
def hand_over(*, transfer_id: UUID, words: str, by: User, at: datetime) -> Transfer:
    """The old village hands over a child for whose file another one asked, with its words."""
    transfer, child = _locked_transfer(transfer_id)
    check_may_answer(by, transfer)
    if _is_done_already(transfer, TransferState.DONE, by):
        return transfer
    transfer.answer = words.strip()
    return _carry_out(transfer, child, words=words.strip(), by=by, at=at)


@transaction.atomic
def decline_transfer(*, transfer_id: UUID, answer: str, by: User, at: datetime) -> Transfer:
    """The side that was asked says no, and why."""
    transfer, _child = _locked_transfer(transfer_id)
    check_may_answer(by, transfer)
    if _is_done_already(transfer, TransferState.DECLINED, by):
        return transfer
    if not answer.strip():
        raise BadTransfer(_("Write why not: the other village reads it."), field="answer")
    transfer.answer = answer.strip()
    return _end(transfer, TransferState.DECLINED, did="declined", by=by, at=at)


@transaction.atomic
def withdraw_transfer(*, transfer_id: UUID, by: User, at: datetime) -> Transfer:
    """The side that asked takes it back."""
    transfer, _child = _locked_transfer(transfer_id)
    check_may_withdraw(by, transfer)
    if _is_done_already(transfer, TransferState.WITHDRAWN, by):
        return transfer
    return _end(transfer, TransferState.WITHDRAWN, did="took back", by=by, at=at)


@whole_reach("either side answers for a child who is in one of the two villages")
def _locked_transfer(transfer_id: UUID) -> tuple[Transfer, Child]:
    """Both villages are locked, and the rows: each side sees what the other did."""
    codes = Transfer.objects.filter(pk=transfer_id).values_list("village_code", "to_village_code").get()
    lock_villages(codes)
    transfer = Transfer.objects.select_for_update(of=("self",)).get(pk=transfer_id)
    return transfer, Child.objects.select_for_update(of=("self",)).get(pk=transfer.child_id)


def _is_done_already(transfer: Transfer, state: TransferState, by: User) -> bool:
    """The same answer by the same person once more."""
    return transfer.state == state and transfer.moves.filter(went_to=state, by=by).exists()


def _begin(
    entry: TransferEntry | AskEntry,
    mark: str,
    child: Child,
    *,
    side: TransferAsker,
    by: User,
    at: datetime,
    **home: Any,
) -> Transfer:
    if Transfer.objects.waiting().filter(child=child).exists():
        refusal = AskedAlready()
        refusal.tried = child if side == TransferAsker.NEW else None
        raise refusal
    is_offered = side == TransferAsker.OLD
    return Transfer.objects.create(
        id=entry.id,
        village_code=child.village_code,
        to_village_code=entry.to_village_code,
        made_at=entry.made_at or at,
        recorded_at=at,
        recorded_by=by,
        fingerprint=mark,
        child=child,
        asked_by_side=side,
        on=entry.on,
        words=entry.words.strip(),
        handover=write_handover(child, words=entry.words.strip(), on=day_of(at)) if is_offered else "",
        **home,
    )


def _check_village(code: str, child: Child, *, on: date) -> None:
    if code == child.village_code:
        raise BadTransfer(_("The child belongs to this village already. Choose another one."), field="to")
    if not Enrolment.objects.current(on=on).filter(village_code=code).exists():
        raise BadTransfer(
            _("This village is not in the programme. Note that the child moved away instead."), field="to"
        )


def _check_home(home: Home, village_code: str) -> None:
    if home.id is None and not home.head_name.strip():
        raise BadTransfer(_("Choose a home of your village, or write whose home it is."), field="home")
    if home.id and not Household.objects.filter(pk=home.id, village_code=village_code).exists():
        raise BadTransfer(_("This home belongs to another village. Choose one of your own village."), field="home")


def _columns(home: Home) -> dict[str, Any]:
    new = {"to_head_name": home.head_name.strip(), "to_neighbourhood": home.neighbourhood.strip()}
    return {"to_household_id": home.id} | ({} if home.id else new)


def _carry_out(transfer: Transfer, child: Child, *, words: str, by: User, at: datetime) -> Transfer:
    """The child moves, both sides keep the handover, the old one's reach ends and the new one's begins."""
    if transfer.state != TransferState.WAITING or child.village_code != transfer.village_code:
        raise TransferHasMovedOn
    transfer.on = first_day(transfer.on, child)
    check_transfer(transfer.on, child, on=day_of(at))
    transfer.handover = write_handover(child, words=words, on=day_of(at))
    rehome(child, to=_home_of(transfer), on=transfer.on, by=by, at=at)
    _note_move(transfer, by=by, at=at)
    tell_of_moves([child], by=by, at=at)
    return _end(transfer, TransferState.DONE, did="handed over", by=by, at=at)


def _home_of(transfer: Transfer) -> Household:
    if transfer.to_household is None:
        transfer.to_household = Household.objects.create(
            village_code=transfer.to_village_code,
            head_name=transfer.to_head_name,
            neighbourhood=transfer.to_neighbourhood,
        )
    return transfer.to_household


def _note_move(transfer: Transfer, *, by: User, at: datetime) -> None:
    """The old village's word that the child left: it stays there."""
    Move.objects.create(
        id=new_id(),
        village_code=transfer.village_code,
        made_at=at,
        recorded_at=at,
        recorded_by=by,
        fingerprint=transfer.fingerprint,
        child_id=transfer.child_id,
        kind=MoveKind.TRANSFERRED,
        on=transfer.on,
    )


def _end(transfer: Transfer, state: TransferState, *, did: str, by: User, at: datetime) -> Transfer:
    transfer.move_to(state, by=by, at=at)
    transfer.save(update_fields=["state", "on", *ANSWERED])
    record(by=by, at=at, did=did, on=transfer)
    return transfer
