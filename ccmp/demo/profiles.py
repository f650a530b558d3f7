"""What kind of months an invented village has. Most are steady; the others show what a supervisor has to notice."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from ccmp.demo.chance import Chance
from ccmp.moments import WEEK, Month, monday_of


class Kind(StrEnum):
    STEADY = "steady"  # meets the standard, with an ordinary short week here and there
    GENEROUS = "generous"  # open far longer than asked
    BAD_MONTH = "bad_month"  # weeks in a row short, few visits
    SILENT = "silent"  # weeks of which nobody recorded anything
    CLOSURE = "closure"  # the roof is mended: days off that the county approved
    EXACT = "exact"  # every week exactly the required minutes
    BULK = "bulk"  # a month's sessions written in at its end
    LATE = "late"  # joined in the middle
    SICK = "sick"  # the mother ill for weeks, nobody stood in
    SUBSTITUTE = "substitute"  # the mother away for weeks, somebody stood in by name
    EMPTY = "empty"  # sessions with nobody in them


TURNS = (
    Kind.BAD_MONTH, Kind.SILENT, Kind.CLOSURE, Kind.EXACT, Kind.BULK, Kind.SICK, Kind.LATE, Kind.SUBSTITUTE, Kind.GENEROUS,
    Kind.BAD_MONTH, Kind.EMPTY, Kind.GENEROUS, Kind.SILENT, Kind.BAD_MONTH,
)  # fmt: skip
SHARE_OF_TROUBLE = 0.38


@dataclass(frozen=True)
class Profile:
    """One village's character, and the days in which its kind shows (first and last included)."""

    kind: Kind
    opens_on: date
    trouble_from: date
    trouble_until: date
    diligence: float  # children she visits on a working day
    regulars: int  # children who come to an ordinary session
    clock: int = 0  # minutes by which this club opens later than others

    def in_trouble(self, day: date) -> bool:
        return self.trouble_from <= day <= self.trouble_until


def kinds_of(chance: Chance, count: int) -> list[Kind]:
    """The kind of each village: of a hundred, 62 steady."""
    special = [TURNS[number % len(TURNS)] for number in range(round(count * SHARE_OF_TROUBLE))]
    return chance.shuffled(special + [Kind.STEADY] * (count - len(special)))


def profile_of(chance: Chance, kind: Kind, *, first: date, today: date) -> Profile:
    """A village's profile between the first day of the demo and today."""
    opens_on = first
    if kind == Kind.LATE:
        opens_on = monday_of(first + (today - first) * 0.45) + timedelta(days=2)
    profile = Profile(
        kind, opens_on, first, today, 7.2 + 1.6 * chance.draw(), chance.between(7, 14), 5 * chance.between(-4, 5)
    )
    spans = {Kind.BAD_MONTH: 4, Kind.SILENT: 2, Kind.SICK: 3, Kind.SUBSTITUTE: 3, Kind.CLOSURE: 1}
    if kind in spans:
        begins = _trouble_begins(chance, first, today, spans[kind])
        return replace(profile, trouble_from=begins, trouble_until=begins + spans[kind] * WEEK - timedelta(days=1))
    return profile


def _trouble_begins(chance: Chance, first: date, today: date, weeks: int) -> date:
    """A Monday: as often in the last full month, of which the newest report tells, as in all the months before it."""
    last_full = Month.of(today).previous()
    mondays = [day for day in last_full.mondays if day >= first]
    if not mondays or chance.happens(0.5):
        earliest, latest = monday_of(first) + WEEK, monday_of(today) - (weeks + 1) * WEEK
        return monday_of(chance.day_between(earliest, latest)) if latest > earliest else earliest
    return mondays[chance.between(0, max(0, len(mondays) - weeks))]
