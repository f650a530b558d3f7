"""Writing the trail: called by name in the services, in the same transaction as the act."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.db.models import Model

from ccmp.audit.models import AuditEntry
from ccmp.many_rows import insert_many
from ccmp.people.models import User


def record(*, by: User | None, at: datetime, did: str, on: Model, **detail: Any) -> None:
    """Note that a user did something with a row. `detail` names fields and counts, never a child's data."""
    record_many(by=by, at=at, did=did, on=[on], **detail)


def record_many(
    *,
    by: User | None,
    at: datetime,
    did: str,
    on: Sequence[Model],
    received: Mapping[UUID, datetime] = MappingProxyType({}),
    **detail: Any,
) -> None:
    """The same for many rows that came together: one line each, one insert. `received`: those of another moment."""
    insert_many(
        [
            AuditEntry(
                at=received.get(row.pk, at),
                by_id=by.id if by else None,
                did=did,
                on_kind=row._meta.label_lower,
                on_id=str(row.pk),
                village_code=getattr(row, "village_code", ""),
                detail=detail,
            )
            for row in on
        ]
    )
