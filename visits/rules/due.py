"""When a child is due: last completed visit plus the interval of the risk level of that day; a raised level pulls forward.

An attempt that found nobody does not count. The chain of deadlines follows from the facts alone, in the order of their
days, so that visits that arrive late or out of order give the same chain.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from ccmp.places.rules.standards import value
from visits.enums import Closing, RiskLevel

INTERVAL = {
    RiskLevel.HIGH: "visits.interval_days.high",
    RiskLevel.MEDIUM: "visits.interval_days.medium",
    RiskLevel.LOW: "visits.interval_days.low",
}
FIRST = "visits.first_visit_days"
RAISED = "visits.raised_to_high_days"


@dataclass(frozen=True)
class Turn:
    """What happened to a child's risk on a day: a completed visit (with its id), or a trigger that raised it to high."""

    on: date
    level: RiskLevel
    visit: UUID | None = None


@dataclass(frozen=True)
class Due:
    """One deadline of the chain."""

    level: RiskLevel
    set_on: date
    due_on: date
    rule: str
    closed_on: date | None = None
    closed_because: str = ""
    met_by: UUID | None = None


def chain_of_deadlines(*, registered_on: date, turns: Sequence[Turn]) -> list[Due]:
    """The deadlines of one child, oldest first; the last one runs. `turns` in the order of their days."""
    chain = [_due(RiskLevel.NOT_ASSESSED, registered_on, FIRST)]
    for turn in turns:
        running = chain[-1]
        if turn.visit is not None:
            chain[-1] = _closed(running, turn, Closing.VISITED)
            chain.append(_due(turn.level, turn.on, INTERVAL[turn.level]))
            continue
        sooner = _due(turn.level, turn.on, RAISED)
        if sooner.due_on < running.due_on:
            chain[-1] = _closed(running, turn, Closing.PULLED_FORWARD)
            chain.append(sooner)
        elif running.level != RiskLevel.HIGH:
            chain[-1] = _closed(running, turn, Closing.PULLED_FORWARD)
            chain.append(Due(turn.level, turn.on, max(running.due_on, turn.on), running.rule))
    return chain


def _due(level: RiskLevel, on: date, rule: str) -> Due:
    return Due(level, on, on + timedelta(days=value(rule, on=on)), rule)


def _closed(due: Due, turn: Turn, because: Closing) -> Due:
    return Due(due.level, due.set_on, due.due_on, due.rule, turn.on, because, turn.visit)
