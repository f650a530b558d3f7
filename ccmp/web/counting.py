"""How often something was done within a minute: counted in Valkey for all processes; by each for itself when Valkey is away."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from threading import Lock
from time import monotonic
from typing import Any

import redis
from django.conf import settings

WINDOW = 60  # seconds
PATIENCE = 0.3  # seconds that a request waits for Valkey
AWAY = 5.0  # seconds in which it is not asked again
MOST_KEPT = 20_000

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Count:
    """How often already, this time included, and in how many seconds it begins anew."""

    number: int
    seconds: int


class _Own:
    """The counts of this one process, and since when it has to keep them."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.counts: dict[str, tuple[int, float]] = {}
        self.away_until = 0.0

    def count(self, keys: Sequence[str]) -> list[Count]:
        with self.lock:
            return [self._one(key, monotonic()) for key in keys]

    def _one(self, key: str, at: float) -> Count:
        if len(self.counts) > MOST_KEPT:
            self.counts.clear()
        number, until = self.counts.get(key, (0, 0.0))
        if until <= at:
            number, until = 0, at + WINDOW
        self.counts[key] = (number + 1, until)
        return Count(number + 1, max(1, round(until - at)))


own = _Own()


@cache
def _valkey(location: str) -> "redis.Redis":
    return redis.Redis.from_url(location, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE)


def count(keys: Sequence[str]) -> list[Count]:
    """Count each of these once more, in one question to Valkey. Never raises for want of it."""
    if monotonic() < own.away_until:
        return own.count(keys)
    try:
        return _count(_valkey(str(settings.CACHES["default"]["LOCATION"])), keys)
    except (redis.RedisError, OSError) as error:
        own.away_until = monotonic() + AWAY
        log.warning("Requests are counted by each process for itself: %s", type(error).__name__)
        return own.count(keys)


def _count(valkey: Any, keys: Sequence[str]) -> list[Count]:
    asked = valkey.pipeline(transaction=False)
    for key in keys:
        asked.incr(key)
        asked.expire(key, WINDOW, nx=True)
        asked.ttl(key)
    answers = asked.execute()
    return [Count(answers[at], max(1, answers[at + 2])) for at in range(0, len(answers), 3)]
