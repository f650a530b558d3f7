"""The receipt of an entry: one row for each id, whatever came of it and however often it came."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from ccmp.people.models import User
from ccmp.phone.entries import Delivery, SentEntry
from ccmp.phone.enums import EntryState
from ccmp.phone.models import OutboxEntry, Phone
from ccmp.phone.rules.sent import (
    FormRefused,
    NotInReach,
    WaitsForAnother,
    as_json,
    brought_by,
    fingerprint_of,
    ids_in,
    storable,
    told_moment,
)
from ccmp.refusals import NotAllowed, Refusal
from ccmp.walls.asking import whole_reach
from visits.rules.visits import NoSuchChild

OF_ABSENCE = (NotInReach, NotAllowed, NoSuchChild)  # how it is refused when what it is about is not there
WAITS = timedelta(days=14)  # for an entry that was not taken; after that, what follows it is refused for itself
LONGEST_REASON = 2000


def is_hers(phone_id: UUID, by: User) -> bool:
    """Did she set up this phone?"""
    return Phone.objects.filter(pk=phone_id, user=by).exists()


def known_of(ids: Iterable[UUID]) -> set[UUID]:
    """Which of these came before. One query."""
    with whole_reach("an entry's number is used once in the country"):
        return set(OutboxEntry.objects.filter(pk__in=ids).values_list("pk", flat=True))


def held(entry: SentEntry, delivery: Delivery) -> OutboxEntry | None:
    """The receipt that is there already, locked."""
    if entry.id not in delivery.known:
        return None
    with whole_reach("an entry's number is used once in the country"):
        return OutboxEntry.objects.select_for_update(of=("self",)).filter(pk=entry.id).first()


def came_again(receipt: OutboxEntry, delivery: Delivery) -> None:
    """The same entry, once more: it is counted, and nothing else."""
    receipt.times_sent += 1
    receipt.received_at = max(receipt.received_at, delivery.at)
    receipt.save(update_fields=["times_sent", "received_at"])


def filled_in(receipt: OutboxEntry | None, entry: SentEntry, delivery: Delivery, *, village_code: str) -> OutboxEntry:
    """The receipt as one for an entry that is kept, new or in place of what was refused; not written yet."""
    row = receipt or OutboxEntry(id=entry.id, user=delivery.by, first_received_at=delivery.at, times_sent=0)
    row.phone, row.skew, row.village_code = delivery.phone, delivery.skew, village_code
    row.kind, row.made_at, row.fingerprint = entry.kind, told_moment(entry.made_at), fingerprint_of(entry)
    row.state, row.reason, row.body, row.brings = EntryState.KEPT, "", "", []
    row.received_at = max(row.first_received_at, delivery.at)
    row.times_sent += 1
    return row


def refuse(row: OutboxEntry, entry: SentEntry, refusal: Refusal) -> None:
    """Make it the receipt of what was refused: why, and what it said."""
    row.state = EntryState.REFUSED
    row.reason = storable(str(refusal))[:LONGEST_REASON] or type(refusal).__name__
    row.body = as_json(entry.said)
    row.brings = sorted(brought_by(entry))


def why_not(entry: SentEntry, refusal: Refusal, delivery: Delivery) -> Refusal:
    """Why it is not taken: because an entry that it follows was not, if that is so."""
    if not isinstance(refusal, OF_ABSENCE) or isinstance(refusal, FormRefused):
        return refusal
    about = ids_in(entry.body) - {entry.id}
    if about & delivery.missing:
        return WaitsForAnother()
    lately = OutboxEntry.objects.of(delivery.by).refused().filter(received_at__gte=delivery.at - WAITS)
    follows = lately.filter(brings__overlap=list(about)).exclude(pk=entry.id).exists()
    return WaitsForAnother() if follows else refusal
