"""Chance that can be repeated: the same seed and the same path give the same draws, whatever was drawn elsewhere."""

import random
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import TypeVar
from uuid import UUID

from ccmp.moments import CHINA

Thing = TypeVar("Thing")

_VERSION_7 = 0x7 << 76
_VARIANT = 0b10 << 62


class Chance:
    """A stream of draws of its own for each path: `Chance(7, "520323101901", "visits")`."""

    def __init__(self, seed: int, *path: object) -> None:
        self.seed, self.path = seed, path
        self.random = random.Random("|".join(str(step) for step in (seed, *path)))  # noqa: S311 - no secret is drawn here  # nosec B311
        self.draw = self.random.random

    def apart(self, *path: object) -> "Chance":
        """Another stream, further down the path: what is drawn from it changes nothing here."""
        return Chance(self.seed, *self.path, *path)

    def happens(self, probability: float) -> bool:
        return self.draw() < probability

    def one_of(self, things: Sequence[Thing]) -> Thing:
        return things[int(self.draw() * len(things))]

    def weighted(self, weights: Mapping[Thing, float]) -> Thing:
        """One of the keys, each as often as its weight says."""
        left = self.draw() * sum(weights.values())
        for thing, weight in weights.items():
            left -= weight
            if left < 0:
                return thing
        return thing

    def between(self, lowest: int, highest: int) -> int:
        """A whole number, both ends included."""
        return lowest + int(self.draw() * (highest - lowest + 1))

    def some_of(self, things: Sequence[Thing], count: int) -> list[Thing]:
        return self.random.sample(things, min(count, len(things)))

    def shuffled(self, things: Sequence[Thing]) -> list[Thing]:
        return self.random.sample(things, len(things))

    def day_between(self, first: date, last: date) -> date:
        return first + timedelta(days=self.between(0, max(0, (last - first).days)))

    def id_at(self, moment: datetime) -> UUID:
        """A UUIDv7 (RFC 9562) of that moment."""
        noise = self.random.getrandbits(74)
        stamp = int(moment.timestamp() * 1000) << 80
        return UUID(int=stamp | _VERSION_7 | (noise >> 62) << 64 | _VARIANT | noise & ((1 << 62) - 1))

    def id_at_day(self, day: date) -> UUID:
        """A UUIDv7 of some moment of a day's working hours."""
        return self.id_at(datetime.combine(day, time(8), tzinfo=CHINA) + timedelta(seconds=self.between(0, 36_000)))

    def ids_at(self, moment: datetime) -> Callable[[], UUID]:
        """A source of ids for rows that are made by a service, all of one moment."""
        return lambda: self.id_at(moment)
