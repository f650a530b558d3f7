"""Taking a month out of the trail: its lines go into a file and its table out of the way; its seals and anchors stay."""

import gzip
import hashlib
import json
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from ccmp.audit.marks import moment
from ccmp.audit.models import DETACHED, AuditEntry
from ccmp.audit.months import bounds_of, months_held, table_of
from ccmp.audit.record import write
from ccmp.audit.verifying import verify_trail
from ccmp.moments import Month, day_of


class CannotBePutAway(Exception):
    """A month that has to stay where it is, with why."""


@transaction.atomic
def put_away(month: Month, path: Path, *, at: datetime) -> int:
    """Write a month's lines into a file (gzip, a JSON document a line) and detach its table; how many lines those were.

    Raises CannotBePutAway for a month that still runs, was not sealed as a whole, or of a trail that is not whole.
    """
    _check(month, path, at)
    first, end = bounds_of(month)
    rows = AuditEntry.objects.filter(at__gte=first, at__lt=end)
    if rows.unsealed().exists():
        raise CannotBePutAway(f"Lines of {month} have no seal yet. Run: manage.py seal_audit --everything")
    if wrong := verify_trail().wrong:
        raise CannotBePutAway(f"The trail is not whole ({wrong[0]}). Nothing is put away before that is cleared up.")
    if rows.filter(did=DETACHED).exists():
        raise CannotBePutAway(f"{month} tells of other months that were put away. It stays.")
    number, digest = _write(rows, path)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SELECT audit_put_month_away(%s)", [table_of(month)])
    said = {"lines": number, "sha256": digest}
    line = AuditEntry(at=at, by=None, did=DETACHED, on_kind="month", on_id=str(month), detail=said)
    write([line])
    return number


def _check(month: Month, path: Path, at: datetime) -> None:
    if month >= Month.of(day_of(at)):
        raise CannotBePutAway(f"{month} is not over.")
    if month not in months_held():
        raise CannotBePutAway(f"The trail has no table of {month}.")
    if path.exists():
        raise CannotBePutAway(f"{path} is there already.")


def _write(rows: Any, path: Path) -> tuple[int, str]:
    number = 0
    with gzip.open(path, "wt", encoding="ascii") as file:
        for entry in rows.order_by("pk").iterator(chunk_size=2_000):
            file.write(json.dumps(_told(entry), sort_keys=True) + "\n")
            number += 1
    return number, hashlib.sha256(path.read_bytes()).hexdigest()


def _told(entry: AuditEntry) -> dict[str, Any]:
    return {
        "id": entry.pk,
        "number": str(entry.number),
        "at": moment(entry.at),
        "by": str(entry.by_id or ""),
        "did": entry.did,
        "on_kind": entry.on_kind,
        "on_id": entry.on_id,
        "village_code": entry.village_code,
        "detail": entry.detail,
        "children": [str(child) for child in entry.children],
        "mark": entry.mark,
    }
