"""An entry of a phone's outbox as it is sent, and what the server answers to it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from ccmp.people.models import Posting, User


@dataclass(frozen=True)
class SentEntry:
    """What was sent under an id. `kind` and `made_at` are as they could be read; `said` is the whole of it."""

    id: UUID
    kind: str
    made_at: datetime | None
    body: Any
    said: Mapping[str, Any]


@dataclass(frozen=True)
class Delivery:
    """One coming of an outbox: who sends it, from which phone, when, and how far ahead her phone's clock is."""

    by: User
    at: datetime
    phone: UUID | None = None
    skew: int | None = None  # seconds
    posts: list[Posting] = field(default_factory=list)  # by which she may still write
    known: set[UUID] = field(default_factory=set)  # entries that came before
    missing: set[UUID] = field(
        default_factory=set
    )  # what entries of this delivery would have made, had they been taken


@dataclass(frozen=True)
class Answer:
    """What became of one entry. `again`: not a refusal, the phone sends it once more by itself."""

    id: str | None
    is_kept: bool
    reason: str = ""
    fields: Mapping[str, list[str]] = field(default_factory=dict)
    is_again: bool = False

    def as_sent(self) -> dict[str, Any]:
        if self.is_kept:
            return {"id": self.id, "kept": True}
        said: dict[str, Any] = {"id": self.id, "kept": False, "reason": self.reason}
        if self.fields:
            said["fields"] = dict(self.fields)
        if self.is_again:
            said["again"] = True
        return said
