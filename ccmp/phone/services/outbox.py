"""Taking what waited on a phone: each entry once, in its order, none in the way of another.

An entry and its receipt are one transaction: either both are there or neither, whatever is killed when. The receipt is
written first, so that the same entry coming twice at once waits for itself; the effect stands in a savepoint behind it,
so that a refusal takes back the effect and leaves the receipt.
"""

import logging
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.db import DataError, IntegrityError, InterfaceError, OperationalError, ProgrammingError, transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from psycopg.errors import InsufficientPrivilege

from ccmp.people.asking import asks
from ccmp.people.models import User
from ccmp.people.reach import as_of, posts_to_write_by
from ccmp.phone.entries import Answer, Delivery, SentEntry
from ccmp.phone.enums import EntryState
from ccmp.phone.rules.sent import (
    CannotBeStored,
    NoPostThen,
    NotInReach,
    NotReadable,
    SentAgainByItself,
    Trouble,
    WrittenAtOnce,
    brought_by,
    fingerprint_of,
    moment_of,
    read_entry,
    sentences_of,
    skew_of,
)
from ccmp.phone.services import receipts
from ccmp.phone.services.kinds import KINDS, carry_out
from ccmp.phone.services.replay import replay
from ccmp.refusals import Refusal, SameIdOtherContent
from ccmp.walls.asking import whole_reach
from ccmp.web.sent import Sent
from children.rules.held_numbers import NumberTried
from children.services.id_numbers import note_number_tried

log = logging.getLogger(__name__)

TRIES = 2  # what two did at the same moment is done one after the other when it is tried again
OTHER_CONTENT = _("Something else was already recorded under this number. Nothing was changed. Open the page again.")


@dataclass(frozen=True)
class Writer:
    """Who wrote an entry, with the post and reach that she had then."""

    user: User
    made_at: datetime


def take_outbox(
    *, entries: Sequence[Any], by: User, phone: UUID | None, at: datetime, clock: datetime | None
) -> list[Answer]:
    """Take entries as they were sent, one transaction each; the answers are in the same order.

    `clock` is what the phone's clock said when it sent them: the clock by which they were made.
    """
    with translation.override(by.language):
        read = [_read(said) for said in entries]
        known = receipts.known_of(one.id for one in read if isinstance(one, SentEntry))
        posts = posts_to_write_by(by, at=at)
        delivery = Delivery(by=by, at=at, phone=phone, skew=skew_of(clock, at=at), posts=posts, known=known)
        return [one if isinstance(one, Answer) else _take(one, delivery) for one in read]


def _read(said: Any) -> SentEntry | Answer:
    try:
        return read_entry(said)
    except NotReadable as refusal:
        number = said.get("id") if isinstance(said, dict) else None
        return Answer(number if isinstance(number, str) else None, is_kept=False, reason=str(refusal))


def _take(entry: SentEntry, delivery: Delivery) -> Answer:
    """Take one entry, and once more when somebody was in its way."""
    refusal: Refusal | None = Trouble()
    foregone: Refusal | None = None
    for tried in range(1, TRIES + 2):
        try:
            with transaction.atomic():
                refusal = _take_once(entry, delivery, foregone=foregone)
            break
        except IntegrityError:  # it came twice at once; or somebody recorded the same
            delivery.known.add(entry.id)
            foregone = WrittenAtOnce() if tried == TRIES else None
        except (OperationalError, InterfaceError) as error:
            log.warning("An outbox entry has to wait: %s", type(error).__name__)
    return _answer(entry, refusal, delivery)


def _answer(entry: SentEntry, refusal: Refusal | None, delivery: Delivery) -> Answer:
    if refusal is None:
        return Answer(str(entry.id), is_kept=True)
    delivery.missing.update(brought_by(entry))
    is_again = isinstance(refusal, SentAgainByItself)
    return Answer(str(entry.id), is_kept=False, reason=str(refusal), fields=sentences_of(refusal), is_again=is_again)


def _take_once(entry: SentEntry, delivery: Delivery, *, foregone: Refusal | None) -> Refusal | None:
    """Effect and receipt. Returns why it was not taken, if it was not. `foregone`: it is refused whatever it says."""
    held = receipts.held(entry, delivery)
    if held is not None and held.user_id != delivery.by.id:
        return SameIdOtherContent(OTHER_CONTENT)
    if held is not None and held.state == EntryState.KEPT:
        receipts.came_again(held, delivery)
        return None if held.fingerprint == fingerprint_of(entry) else SameIdOtherContent(OTHER_CONTENT)
    writer = foregone or _writer(entry, delivery)
    row = receipts.filled_in(held, entry, delivery, village_code=_village_of(writer, delivery))
    refusal: Refusal | None = writer if isinstance(writer, Refusal) else None
    if isinstance(writer, Writer):
        row.save(force_insert=held is None)
        refusal = _effect(entry, writer, delivery)
    if refusal is not None:
        refusal = receipts.why_not(entry, refusal, delivery)
        receipts.refuse(row, entry, refusal)
        row.save(force_insert=row._state.adding)
    return refusal


def _writer(entry: SentEntry, delivery: Delivery) -> Writer | Refusal:
    try:
        made_at = moment_of(entry, skew=delivery.skew, at=delivery.at)
    except Refusal as refusal:
        return refusal
    then = as_of(delivery.by, made_at, at=delivery.at, posts=delivery.posts)
    return Writer(then, made_at) if then.post else NoPostThen()


def _village_of(writer: Writer | Refusal, delivery: Delivery) -> str:
    """Where the county looks for it: the post she held then, or holds now."""
    user = writer.user if isinstance(writer, Writer) else delivery.by
    return user.post.place_code if user.post else ""


def _note_tries(refusal: Refusal, delivery: Delivery) -> None:
    """What a service noted of a number that was tried is taken back with the effect: it is noted beside the receipt."""
    for one in (refusal, refusal.__cause__):
        if isinstance(one, NumberTried):
            note_number_tried(one, by=delivery.by, at=delivery.at)


def _effect(entry: SentEntry, writer: Writer, delivery: Delivery) -> Refusal | None:
    """Do what the entry says, or nothing of it: with the reach of then, and beyond it only for a child who moved on since."""
    with asks(writer.user):
        refusal = _effect_within_reach(entry, writer, delivery)
    if isinstance(refusal, receipts.OF_ABSENCE):
        with whole_reach("what she wrote in time is taken in though the child has moved on"):
            refusal = _effect_within_reach(entry, writer, delivery)
    return refusal


def _effect_within_reach(entry: SentEntry, writer: Writer, delivery: Delivery) -> Refusal | None:
    """A server that is away, and two at once, are for the caller."""
    try:
        with transaction.atomic():
            if entry.kind in KINDS:
                carry_out(entry, made_at=writer.made_at, by=writer.user, at=delivery.at)
            else:
                replay(entry, Sent(entry.id, writer.made_at), writer.user)
    except Refusal as refusal:
        _note_tries(refusal, delivery)
        return refusal
    except ObjectDoesNotExist:
        return NotInReach()
    except (DataError, UnicodeError):
        return CannotBeStored()
    except (IntegrityError, OperationalError, InterfaceError):
        raise
    except ProgrammingError as error:
        return NotInReach() if isinstance(error.__cause__, InsufficientPrivilege) else _trouble(entry, error)
    except Exception as error:  # a fault of ours in one entry is no reason to refuse her the others
        return _trouble(entry, error)
    return None


def _trouble(entry: SentEntry, error: Exception) -> Refusal:
    where = "".join(traceback.format_tb(error.__traceback__))  # without its words: they may be a child's
    log.error("An outbox entry of kind %s failed: %s\n%s", entry.kind, type(error).__name__, where)
    return Trouble()
