"""Referrals and tasks as a county officer sends them."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True)
class TaskEntry:
    """What one department is asked. `disclosed`: values of `referrals.enums.Disclosed`."""

    id: UUID
    department: UUID
    title: str
    asked: str
    disclosed: frozenset[str]
    done_when: str = ""


@dataclass(frozen=True)
class ReferralEntry:
    """A referral with the tasks that go out at once. `flag` empty: opened for a child without a flag.

    `without_consent_because`: asked for where nobody agreed that departments are told, and no law asks for it.
    """

    id: UUID
    goal: str
    tasks: tuple[TaskEntry, ...]
    flag: UUID | None = None
    child: UUID | None = None
    goal_due_on: date | None = None
    answer: str = ""
    without_consent_because: str = ""
