"""When a child is due: last completed visit plus the interval of the risk level of that day; a raised level pulls forward.

An attempt that found nobody does not count. The chain of deadlines follows from the facts alone, in the order of their
days, so that visits that arrive late or out of order give the same chain.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
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
    village_code: str = ""


@dataclass(frozen=True)
class Stay:
    """A time in a village's register; `until` is the first day after it."""

    since: date
    until: date | None = None
    village_code: str = ""


def chain_of_deadlines(*, registered_on: date, turns: Sequence[Turn]) -> list[Due]:
    """The deadlines of one child who never moved, oldest first; the last one runs. `turns` in the order of their days."""
    return chain_over_stays([Stay(registered_on)], turns)


def chain_over_stays(stays: Sequence[Stay], turns: Sequence[Turn]) -> list[Due]:
    """The deadlines of one child through all its stays, oldest first; none runs once the last stay is over.

    What is due when a child leaves goes along: the next village has it on the same day or, when that is past, on the
    child's first day there. A turn between two stays counts from the next one on.
    """
    chain: list[Due] = []
    waiting, last = list(turns), None
    for stay in stays:
        between = [turn for turn in waiting if last is not None and turn.on < stay.since]
        within = [turn for turn in waiting if turn not in between and (stay.until is None or turn.on < stay.until)]
        waiting = [turn for turn in waiting if turn not in between and turn not in within]
        here = _chain([_carried_over(last, between, stay) if last else _first(stay)], within)
        last = here[-1]
        if stay.until is not None:
            here[-1] = replace(last, closed_on=stay.until, closed_because=Closing.LEFT)
        chain += [replace(due, village_code=stay.village_code) for due in here]
    return chain


def _first(stay: Stay) -> Due:
    return _due(RiskLevel.NOT_ASSESSED, stay.since, FIRST)


def _carried_over(last: Due, between: Sequence[Turn], stay: Stay) -> Due:
    due = _chain([last], between)[-1]
    return Due(due.level, stay.since, max(due.due_on, stay.since), due.rule)


def _chain(chain: list[Due], turns: Sequence[Turn]) -> list[Due]:
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
