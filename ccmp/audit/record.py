"""Writing the trail: called by name in the services, in the same transaction as the act."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.db.models import Model

from ccmp.audit.marks import mark_of
from ccmp.audit.models import AuditEntry
from ccmp.many_rows import insert_many
from ccmp.people.models import User
from ccmp.web.seen import recorded

CHILD = "children.child"


def record(
    *, by: User | None, at: datetime, did: str, on: Model, about: Iterable[UUID] | None = None, **detail: Any
) -> None:
    """Note that a user did something with a row. `detail` names fields and counts, never a child's data.

    `about`: the children whom it names, where the row itself is no child's.
    """
    line = _line(by, at, did, on, detail)
    if about is not None:
        line.children = sorted(about)
    write([line])


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
    write([_line(by, received.get(row.pk, at), did, row, detail) for row in on])


def write(lines: Sequence[AuditEntry]) -> None:
    """Put lines into the trail, each with its mark."""
    for line in lines:
        line.mark = mark_of(line)
        recorded(line.children)
    insert_many(lines)


def _line(by: User | None, at: datetime, did: str, row: Model, detail: dict[str, Any]) -> AuditEntry:
    return AuditEntry(
        at=at,
        by_id=by.id if by else None,
        did=did,
        on_kind=row._meta.label_lower,
        on_id=str(row.pk),
        village_code=getattr(row, "village_code", ""),
        detail=detail,
        children=_child_of(row),
    )


def _child_of(row: Model) -> list[UUID]:
    """The child that a row is, or is about."""
    child = row.pk if row._meta.label_lower == CHILD else getattr(row, "child_id", None)
    return [child] if child else []
