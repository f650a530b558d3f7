"""Consent, purpose by purpose: given to a text that was read out, taken back at any time. See ADR 0022."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from django.db import transaction

from ccmp.audit.record import record, record_many
from ccmp.many_rows import insert_many
from ccmp.moments import day_of
from ccmp.people.entries import ALL_AT_ONCE, Received, lock_villages, not_yet_held
from ccmp.people.models import User
from children.consent_texts import least_version
from children.enums import ConsentEvidence, ConsentPurpose
from children.models import Child, Consent
from children.rules.consent import (
    AgreedAlready,
    NothingToTakeBack,
    check_consent,
    check_may_note_consent,
    check_withdrawal,
)


@dataclass(frozen=True)
class ConsentEntry:
    """`given_by` and `relation`: of a grown-up of the file. `signature`: strokes, see children.rules.consent."""

    UNSAID: ClassVar = ("made_at",)

    id: UUID
    child: UUID
    made_at: datetime
    purpose: str
    text_version: int
    given_by: str
    relation: str
    on: date
    evidence: str
    signature: str = ""
    child_agrees: bool = False


SAID = ("id", "made_at", "purpose", "text_version", "given_by", "relation", "on", "evidence", "child_agrees")


def give_consent(*, entry: ConsentEntry, by: User, at: datetime) -> Consent:
    """Note that a guardian agreed to one purpose. Sent again, the consent that is held comes back."""
    give_consents(entries=[entry], by=by, at=at)
    return Consent.objects.get(pk=entry.id)


@transaction.atomic
def give_consents(
    *, entries: Sequence[ConsentEntry], by: User, at: datetime, received: Received = ALL_AT_ONCE
) -> list[Consent]:
    """Note consents: all of them or, when one is refused, none. Returns those that were new."""
    ids = {entry.child for entry in entries}
    lock_villages(Child.objects.filter(pk__in=ids).values_list("village_code", flat=True))
    children = Child.objects.in_bulk(ids)
    fresh = not_yet_held(Consent, entries)
    rows = [_checked(entry, mark, children[entry.child], by=by, at=received.get(entry.id, at)) for entry, mark in fresh]
    _make_room(rows)
    insert_many(rows)
    record_many(by=by, at=at, did="agreed", on=rows, received=received)
    return rows


def _checked(entry: ConsentEntry, mark: str, child: Child, *, by: User, at: datetime) -> Consent:
    check_may_note_consent(by, child)
    check_consent(
        child,
        purpose=entry.purpose,
        version=entry.text_version,
        on=entry.on,
        evidence=entry.evidence,
        signature=entry.signature,
        child_agrees=entry.child_agrees,
        today=day_of(at),
    )
    return Consent(
        **{name: getattr(entry, name) for name in SAID},
        village_code=child.village_code,
        recorded_at=at,
        recorded_by=by,
        fingerprint=mark,
        child=child,
        signature=entry.signature if entry.evidence == ConsentEvidence.SCREEN else "",
    )


def _make_room(rows: Sequence[Consent]) -> None:
    """What was agreed to in words that hold no more ends where it is agreed to anew. What still holds, holds."""
    running = Consent.objects.filter(child__in=[row.child_id for row in rows], withdrawn_on__isnull=True)
    held = {(one.child_id, one.purpose): one for one in running}
    for row in rows:
        old = held.get((row.child_id, row.purpose))
        if old is None:
            continue
        if old.on > row.on or old.text_version >= least_version(row.purpose, on=row.on):
            raise AgreedAlready()
        _close(old, on=row.on, withdrawn_by=row.given_by, by=row.recorded_by, at=row.recorded_at)


@transaction.atomic
def withdraw_consent(
    *, child: Child, purpose: ConsentPurpose, on: date, withdrawn_by: str, by: User, at: datetime
) -> Consent:
    """Note that somebody takes a consent back, from a day on. Said again, nothing changes."""
    lock_villages([child.village_code])
    check_may_note_consent(by, child)
    consents = Consent.objects.filter(child=child, purpose=purpose).newest_first()
    last = consents.filter(withdrawn_on__isnull=True).first() or consents.first()
    if last is not None and (last.withdrawn_on, last.withdrawn_by) == (on, withdrawn_by.strip()):
        return last
    if last is None or last.withdrawn_on is not None:
        raise NothingToTakeBack()
    check_withdrawal(given_on=last.on, on=on, withdrawn_by=withdrawn_by, today=day_of(at))
    _close(last, on=on, withdrawn_by=withdrawn_by, by=by, at=at)
    record(by=by, at=at, did="withdrew", on=last)
    return last


def _close(consent: Consent, *, on: date, withdrawn_by: str, by: User, at: datetime) -> None:
    consent.withdrawn_on, consent.withdrawn_by = on, withdrawn_by.strip()
    consent.withdrawal_recorded_by, consent.withdrawal_recorded_at = by, at
    consent.save(update_fields=["withdrawn_on", "withdrawn_by", "withdrawal_recorded_by", "withdrawal_recorded_at"])
