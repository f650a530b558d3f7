"""Visits and flags as they are sent. Moments have an offset; ratings are 0 fine, 1 worry, 2 danger."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True)
class VisitEntry:
    """A visit to one child. Items that are missing from `answers` were not asked."""

    id: UUID
    child: UUID
    made_at: datetime
    outcome: str
    checklist: int = 1
    answers: dict[str, int] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    note: str = ""
    seen_alone: bool | None = None
    not_alone_because: str = ""
    override: str = ""


@dataclass(frozen=True)
class FlagEntry:
    """A flag. Empty severity: the one that its kind has by itself; a reporter may only raise it."""

    UNSAID: ClassVar = ("made_at",)  # pressed twice, it is the same entry

    id: UUID
    village_code: str
    made_at: datetime
    kind: str
    seen: str
    child: UUID | None = None
    child_words: str = ""
    visit: UUID | None = None
    severity: str = ""
    situation: str = ""
    police_told_at: datetime | None = None
    police_told_whom: str = ""
