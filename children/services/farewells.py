"""Who comes of age within a month: what has to be done before, and what begins afterwards."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from ccmp.people.models import User
from ccmp.places.rules.standards import value
from ccmp.refusals import permits
from children.enums import ApplicationState, LabelKind
from children.models import OF_AGE, Application, Child, years_before
from children.models.child import ChildQuerySet
from children.rules.benefits import Benefit, benefits
from children.rules.claims import check_may_see_benefit
from children.rules.labels import labels_of
from children.services.labels import read_open_facts

AFTER = "orphan_studies"  # 福彩圆梦: for who was recognised as an orphan before 18


@dataclass(frozen=True)
class Farewell:
    """A child, the birthday on which it leaves the register, what it receives until then, what it may claim after."""

    child: Child
    on: date
    ends: list[Benefit]
    begins: list[Benefit]


def birthday_of(born_on: date) -> date:
    """The first day on which `years_before` finds somebody to be 18: for 29 February, 1 March."""
    try:
        return born_on.replace(year=born_on.year + OF_AGE)
    except ValueError:
        return date(born_on.year + OF_AGE, 3, 1)


def coming_of_age(user: User, *, on: date, days: int | None = None) -> ChildQuerySet:
    """Of the register of the day, who is 18 within the days of the standard; the next ones first."""
    ahead = on + timedelta(days=value("register.farewell_days", on=on) if days is None else days)
    rows: ChildQuerySet = Child.objects.visible_to(user).in_register(on=on)
    return rows.filter(born_on__lte=years_before(ahead, OF_AGE)).order_by("born_on", "id")


def farewells(children: Iterable[Child], user: User) -> list[Farewell]:
    """What this reader may hear of each. Seven queries, however many they are."""
    found = list(children)
    read_open_facts(found)
    received: dict[object, list[str]] = {}
    rows = Application.objects.filter(child__in=found, state=ApplicationState.RECEIVING).order_by("applied_on", "id")
    for one in rows:
        received.setdefault(one.child_id, []).append(one.benefit)
    return [_farewell(child, received.get(child.id, []), user) for child in found]


def _farewell(child: Child, received: list[str], user: User) -> Farewell:
    on = birthday_of(child.born_on)
    ends = [benefits()[code] for code in received if code in benefits()]
    is_orphan = labels_of(child, on=on - timedelta(days=1)).of(LabelKind.ORPHAN).holds
    begins = [benefits()[AFTER]] if is_orphan else []
    return Farewell(child, on, [one for one in ends if permits(check_may_see_benefit, user, child, one)], begins)
