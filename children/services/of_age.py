"""Who is 18 belongs to no register of children any more: the stay ends with the birthday, by itself, each night."""

from datetime import datetime

from django.db import transaction
from django.db.models import Case, DateField, F, Func, Value, When
from django.db.models.functions import Greatest

from ccmp.audit.record import record_many
from ccmp.many_rows import insert_many
from ccmp.moments import day_of
from ccmp.people.entries import lock_villages
from children.enums import GoneWhy, MoveKind
from children.models import OF_AGE, Child, Move, years_before
from children.models.child import ChildQuerySet
from children.services.moves import end_waiting_transfers, tell_of_moves

AT_ONCE = 200


class YearsAfter(Func):
    """A day so many years later, in SQL."""

    template = "(%(expressions)s)::date"
    arg_joiner = " + "
    output_field = DateField()

    def __init__(self, day: F | Func, *, days: int, years: int) -> None:
        super().__init__(
            day, Value(days), Func(Value(years), function="make_interval", template="make_interval(%(expressions)s)")
        )


def close_stays_of_age(*, at: datetime) -> int:
    """End the stays of all who came of age since it was looked at last. Returns how many.

    Some at a time, each time for good: run twice, or killed half-way and run again, it ends what is left.
    """
    number = 0
    while closed := _close_some(at=at):
        number += closed
    return number


def _due(*, at: datetime) -> ChildQuerySet:
    return Child.objects.filter(gone_on__isnull=True, born_on__lte=years_before(day_of(at), OF_AGE))


@transaction.atomic
def _close_some(*, at: datetime) -> int:
    found = list(_due(at=at).order_by("id").values_list("id", "village_code")[:AT_ONCE])
    lock_villages(code for _id, code in found)
    due = _due(at=at).filter(pk__in=[child_id for child_id, _code in found])
    ids = list(due.select_for_update(of=("self",)).order_by("id").values_list("id", flat=True))
    Child.objects.filter(pk__in=ids).update(
        gone_on=Greatest(_birthday(), F("here_since")), gone_why=GoneWhy.OF_AGE, version=F("version") + 1
    )
    children = list(Child.objects.filter(pk__in=ids).order_by("id"))
    insert_many([_move(child, at=at) for child in children])
    end_waiting_transfers(children, by=None, at=at)
    tell_of_moves(children, by=None, at=at)
    record_many(by=None, at=at, did="came of age", on=children)
    return len(found)


def _birthday() -> Case:
    """The first day on which `years_before` finds a child to be 18: of who was born on 29 February, 1 March."""
    is_leap_day = When(born_on__month=2, born_on__day=29, then=YearsAfter(F("born_on"), days=1, years=OF_AGE))
    return Case(is_leap_day, default=YearsAfter(F("born_on"), days=0, years=OF_AGE))


def _move(child: Child, *, at: datetime) -> Move:
    """Nobody's word: time did it."""
    assert child.gone_on is not None
    return Move(
        village_code=child.village_code, made_at=at, recorded_at=at, child=child, kind=MoveKind.OF_AGE, on=child.gone_on
    )
