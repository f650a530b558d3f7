"""Writing the trail: called by name in the services, in the same transaction as the act."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Model

from ccmp.audit.models import AuditEntry
from ccmp.people.models import User


def record(*, by: User | None, at: datetime, did: str, on: Model, **detail: Any) -> None:
    """Note that a user did something with a row. `detail` names fields and counts, never a child's data."""
    record_many(by=by, at=at, did=did, on=[on], **detail)


def record_many(*, by: User | None, at: datetime, did: str, on: Sequence[Model], **detail: Any) -> None:
    """The same for many rows that came together: one line each, one insert."""
    AuditEntry.objects.bulk_create(
        [
            AuditEntry(
                at=at,
                by=by,
                did=did,
                on_kind=row._meta.label_lower,
                on_id=str(row.pk),
                village_code=getattr(row, "village_code", ""),
                detail=detail,
            )
            for row in on
        ],
        batch_size=5000,
    )
