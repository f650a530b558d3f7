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
from ccmp.places.models.fields import CODE_DIGITS
from ccmp.web.seen import recorded

CHILD = "children.child"


def record(
    *, by: User | None, at: datetime, did: str, on: Model | None, about: Iterable[UUID] | None = None, **detail: Any
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


def _line(by: User | None, at: datetime, did: str, row: Model | None, detail: dict[str, Any]) -> AuditEntry:
    kind = row._meta.label_lower if row is not None else ""
    return AuditEntry(
        at=at,
        by_id=by.id if by else None,
        did=did,
        on_kind=kind,
        on_id=str(row.pk) if row is not None else "",
        village_code=_place_of(row),
        detail=detail,
        children=_child_of(row),
    )


def _place_of(row: Model | None) -> str:
    """The village, or the place, county or township, that a row is about; twelve digits or nothing."""
    codes = (getattr(row, name, "") for name in ("village_code", "place_code", "county_code"))
    return next((code for code in codes if code and len(code) == CODE_DIGITS), "")


def _child_of(row: Model | None) -> list[UUID]:
    """The child that a row is, or is about."""
    if row is None:
        return []
    child = row.pk if row._meta.label_lower == CHILD else getattr(row, "child_id", None)
    return [child] if child else []
