"""Dated configuration: each threshold with the day from which it counts and its source."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType

import yaml

STANDARDS = Path(__file__).resolve().parent.parent / "data" / "standards.yaml"


@dataclass(frozen=True)
class Standard:
    """One threshold: its value (unit in its name), the day from which it counts, and where it comes from."""

    name: str
    value: int
    since: date
    source: str


@cache
def _all() -> dict[str, list[Standard]]:
    entries = yaml.safe_load(STANDARDS.read_text(encoding="utf-8"))
    return {
        name: sorted(
            (Standard(name, int(row["value"]), row["from"], row["source"]) for row in rows), key=lambda one: one.since
        )
        for name, rows in entries.items()
    }


def standard(name: str, *, on: date) -> Standard:
    """The standard of that name on a day. Raises KeyError for an unknown name, LookupError before its first day."""
    for one in reversed(_all()[name]):
        if one.since <= on:
            return one
    raise LookupError(f"{name} has no value on {on}")


def value(name: str, *, on: date) -> int:
    return standard(name, on=on).value


def values_in_turn(beginnings: tuple[str, ...]) -> dict[str, list[tuple[str, int]]]:
    """The standards whose names begin so: each value with its first day, the oldest first. For the phone's own rules."""
    return {
        name: [(one.since.isoformat(), one.value) for one in rows]
        for name, rows in _all().items()
        if name.startswith(beginnings)
    }


def required_hours(*, on: date) -> dict[str, int]:
    """The minutes a week that a club is open in term and in the holidays."""
    return {
        "term": value("open_hours.term_minutes_a_week", on=on),
        "holiday": value("open_hours.holiday_minutes_a_week", on=on),
    }


def versions(*, on: date) -> dict[str, str]:
    """Every standard's value and first day as they count on a day; printed with each report."""
    counting = [name for name, rows in sorted(_all().items()) if rows[0].since <= on]
    return {name: f"{one.value} since {one.since}" for name in counting for one in [standard(name, on=on)]}


@lru_cache(maxsize=1024)
def values_on(beginning: str, *, on: date) -> Mapping[str, int]:
    """The standards whose names begin so and that count on a day, by the rest of their names."""
    counting = [name for name, rows in _all().items() if name.startswith(beginning) and rows[0].since <= on]
    return MappingProxyType({name.removeprefix(beginning): value(name, on=on) for name in counting})
