"""What workers leave in the cache for whoever watches: that they are at work, and how many tasks went how."""

from contextlib import suppress
from enum import StrEnum

from django.core.cache import cache
from redis.exceptions import RedisError

WORKER = "operations:worker"


class Went(StrEnum):
    DONE = "done"
    FAILED = "failed"
    AGAIN = "again"


def count_task(name: str, went: Went, *, milliseconds: int) -> None:
    """A broker that is away makes the figures smaller, and stops nobody's work."""
    with suppress(RedisError):
        for key, by in ((_count(name, went), 1), (_time(name), milliseconds)):
            cache.add(key, 0, timeout=None)
            cache.incr(key, by)


def tasks_counted(names: list[str]) -> tuple[dict[tuple[str, Went], int], dict[str, float]]:
    """Tasks by name and by how they went, and the seconds that they took."""
    counts = {_count(name, went): (name, went) for name in names for went in Went}
    times = {_time(name): name for name in names}
    found = cache.get_many([*counts, *times])
    return (
        {pair: int(found[key]) for key, pair in counts.items() if key in found},
        {name: int(found[key]) / 1000 for key, name in times.items() if key in found},
    )


def _count(name: str, went: Went) -> str:
    return f"operations:tasks:{name}:{went}"


def _time(name: str) -> str:
    return f"operations:tasks:{name}:milliseconds"
