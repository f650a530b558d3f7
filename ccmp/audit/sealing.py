"""The chain: each line of the trail in its place behind the one before it, and now and then an anchor outside.

Many transactions write at once, so lines are not chained as they are written: a sealer takes what is committed and has no
seal yet, by the order of their numbers, one sealer at a time.
"""

import logging
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from ccmp.audit.marks import FIRST, bears_its_mark, digest_of, hash_of, moment
from ccmp.audit.models import AuditAnchor, AuditEntry, AuditSeal, EntryQuerySet
from ccmp.many_rows import insert_many

log = logging.getLogger("ccmp.audit")

AT_ONCE = 5_000
LATE = 100_000  # so many lines may be committed before one that was begun earlier
ANCHOR_EVERY = timedelta(hours=1)


def seal_trail(*, at: datetime, everything: bool = False) -> int:
    """Seal what is not sealed yet; how many lines that were. Another sealer at work is left alone.

    Looked for are the newest lines, which is all there is in the ordinary course; `everything` looks through the whole.
    """
    sealed = 0
    while number := _seal_some(everything=everything):
        sealed += number
    drop_anchor(at=at)
    return sealed


@transaction.atomic
def _seal_some(*, everything: bool) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtext('audit seal'))")
        if cursor.fetchone() != (True,):
            return 0
    last = AuditSeal.objects.newest()
    seals = _links(last, list(_unsealed(everything=everything)))
    insert_many(seals)
    return len(seals)


def _unsealed(*, everything: bool) -> EntryQuerySet:
    rows = AuditEntry.objects.unsealed()
    newest = AuditSeal.objects.order_by("-entry_id").first()
    if newest and not everything:
        rows = rows.filter(pk__gt=newest.entry_id - LATE)
    return rows.order_by("pk", "at")[:AT_ONCE]


def _links(last: AuditSeal | None, entries: list[AuditEntry]) -> list[AuditSeal]:
    sequence, previous, seals = (last.sequence, last.hash, []) if last else (0, FIRST, [])
    for entry in entries:
        if not bears_its_mark(entry):
            log.error("Line %s of the trail does not bear its mark.", entry.pk)
        sequence += 1
        seal = AuditSeal(
            sequence=sequence, entry_id=entry.pk, entry_at=entry.at, digest=digest_of(entry), previous=previous
        )
        previous = seal.hash = hash_of(seal)
        seals.append(seal)
    return seals


def drop_anchor(*, at: datetime) -> None:
    """Once an hour: how far the chain goes, kept in the database, in a file and in the log."""
    with transaction.atomic():
        before, last = AuditAnchor.objects.newest(), AuditSeal.objects.newest()
        if last is None or (before and (last.sequence == before.sequence or at - before.at < ANCHOR_EVERY)):
            return
        AuditAnchor.objects.bulk_create(
            [AuditAnchor(sequence=last.sequence, hash=last.hash, at=at)], ignore_conflicts=True
        )
    _tell_outside(f"{moment(at)} {last.sequence} {last.hash}")


def _tell_outside(line: str) -> None:
    log.info("Anchor of the trail: %s", line)
    try:
        path = Path(settings.AUDIT_ANCHORS)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="ascii") as file:
            file.write(f"{line}\n")
    except OSError:
        log.exception("The trail's anchor could not be written into its file; it stands in the log above.")
