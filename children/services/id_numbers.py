"""An ID number stands in one file of the country. Who names one that stands elsewhere learns that it does, and no more."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import wraps
from typing import ParamSpec, TypeVar

from django.core.cache import cache
from redis.exceptions import RedisError

from ccmp.audit.record import record
from ccmp.moments import day_of
from ccmp.people.entries import lock_villages
from ccmp.people.models import User
from ccmp.places.rules.standards import value
from ccmp.sealed import blind_index
from ccmp.walls.asking import whole_reach
from children.models import Child
from children.rules.held_numbers import HeldHere, NumberTried, TooManyNumbers, held_by
from children.rules.resident_id import clean_number

A_DAY = 24 * 3600  # seconds
Said = ParamSpec("Said")
Done = TypeVar("Done")


def check_in_no_other_file(child: Child, number: str, *, by: User, at: datetime) -> None:
    """Raises AlreadyRegistered or TooManyNumbers."""
    check_numbers_are_free({clean_number(number): child.village_code}, by=by, at=at, but=child)


def check_numbers_are_free(numbers: Mapping[str, str], *, by: User, at: datetime, but: Child | None = None) -> None:
    """Numbers, each with the village in which somebody names it. One query. Raises AlreadyRegistered, HeldHere, TooManyNumbers.

    Until the transaction ends nobody else writes these numbers.
    """
    if not numbers:
        return
    on = day_of(at)
    villages = {blind_index(number): village_code for number, village_code in numbers.items()}
    check_number_tries(by, on=on)
    lock_villages(villages)
    held = Child.objects.filter(resident_id_index__in=villages).exclude(pk=but.pk if but else None)
    with whole_reach("an ID number stands in one file of the country"):
        holder = held.order_by("id").first()
    if holder is None:
        return
    refusal = held_by(holder, villages[str(holder.resident_id_index)], on=on)
    if not isinstance(refusal, HeldHere):
        count_number_try(by, on=on)
        refusal.tried = holder
    raise refusal


def check_number_tries(by: User, *, on: date) -> None:
    """Raises TooManyNumbers for who has named as many of others' numbers today as a register.number_tries_a_day allows."""
    if _tries(by, on) >= value("register.number_tries_a_day", on=on):
        raise TooManyNumbers()


def count_number_try(by: User, *, on: date) -> None:
    """Counted beside the database: a refusal takes back what was written there."""
    try:
        cache.add(_key(by, on), 0, timeout=2 * A_DAY)
        cache.incr(_key(by, on))
    except (RedisError, ValueError):  # nobody is kept from registering because the count is away
        return


def noting_numbers_tried(service: Callable[Said, Done]) -> Callable[Said, Done]:
    """Stands over a service's transaction: its refusal takes back what was written, and the trail is written after that."""

    @wraps(service)
    def noting(*said: Said.args, **facts: Said.kwargs) -> Done:
        try:
            return service(*said, **facts)
        except NumberTried as refusal:
            note_number_tried(refusal, by=facts["by"], at=facts["at"])  # type: ignore[arg-type]
            raise

    return noting


def note_number_tried(refusal: NumberTried, *, by: User, at: datetime) -> None:
    """In the trail of the child whose number was named elsewhere."""
    if refusal.tried:
        record(by=by, at=at, did="named its ID number elsewhere", on=refusal.tried)


def _tries(by: User, on: date) -> int:
    try:
        return int(cache.get(_key(by, on)) or 0)
    except RedisError:
        return 0


def _key(by: User, on: date) -> str:
    return f"number-tries:{by.pk}:{on.isoformat()}"
