"""What is sent about a club. Moments have an offset; the seconds are dropped when they are recorded."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True)
class SessionEntry:
    """A session: `closed_at` empty while the door is open. `staffed_by` empty: whoever sends it was there."""

    UNSAID: ClassVar = ("made_at",)  # pressed twice, it is the same entry

    id: UUID
    village_code: str
    made_at: datetime
    opened_at: datetime
    closed_at: datetime | None = None
    attended: frozenset[UUID] = field(default_factory=frozenset)
    visitors: int = 0
    staffed_by: UUID | None = None


@dataclass(frozen=True)
class ActivityEntry:
    """A themed activity; minutes and heads."""

    UNSAID: ClassVar = ("made_at",)  # pressed twice, it is the same entry

    id: UUID
    village_code: str
    made_at: datetime
    theme: str
    held_at: datetime
    minutes: int
    children: int
    adults: int = 0
    title: str = ""


@dataclass(frozen=True)
class ClosureEntry:
    """Days on which the club asks not to open, first and last included."""

    UNSAID: ClassVar = ("made_at",)  # pressed twice, it is the same entry

    id: UUID
    village_code: str
    made_at: datetime
    starts_on: date
    ends_on: date
    reason: str
