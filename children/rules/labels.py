"""Labels are computed for a day from dated facts, each with the facts that decided it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from children.enums import FATHERS, MOTHERS, Hukou, LeftBy
from children.models import STATUTORY_AGE, Child, Kinship, years_before
from children.models.household import Away, Incapacity


@dataclass(frozen=True)
class ParentOnDay:
    """One parent as the file has her or him on a day; `known` is false when the file names nobody."""

    known: bool
    name: str
    dead: bool
    missing: bool
    away: Away | None
    incapacity: Incapacity | None

    @property
    def is_unable(self) -> bool:
        return self.dead or self.missing or self.incapacity is not None

    @property
    def is_away(self) -> bool:
        return self.away is not None and not self.dead and not self.missing


@dataclass(frozen=True)
class Labels:
    """A child's labels on a day, with the facts that decided them."""

    on: date
    left_behind: bool
    left_by: LeftBy
    father: ParentOnDay
    mother: ParentOnDay
    rural: bool
    under_sixteen: bool


def labels_of(child: Child, *, on: date) -> Labels:
    """The twin, for one child, of ChildQuerySet.left_behind and with_left_by."""
    father = _parent_on_day(_of(child.family, FATHERS), on=on)
    mother = _parent_on_day(_of(child.family, MOTHERS), on=on)
    rural, under_sixteen = child.hukou == Hukou.RURAL, child.born_on > years_before(on, STATUTORY_AGE)
    nobody_left = (
        (father.is_away and mother.is_away)
        or (father.is_away and mother.is_unable)
        or (father.is_unable and mother.is_away)
    )
    return Labels(
        on, rural and under_sixteen and nobody_left, _left_by(father, mother), father, mother, rural, under_sixteen
    )


def _left_by(father: ParentOnDay, mother: ParentOnDay) -> LeftBy:
    return (LeftBy.NONE, LeftBy.ONE, LeftBy.BOTH)[father.is_away + mother.is_away]


def _of(family: Iterable[Kinship], relations: tuple[str, ...]) -> Kinship | None:
    return next((one for one in family if one.relation in relations), None)


def _parent_on_day(kinship: Kinship | None, *, on: date) -> ParentOnDay:
    if kinship is None:
        return ParentOnDay(known=False, name="", dead=False, missing=False, away=None, incapacity=None)
    parent = kinship.relative
    return ParentOnDay(
        known=True,
        name=parent.name,
        dead=parent.died_on is not None and parent.died_on <= on,
        missing=parent.missing_since is not None and parent.missing_since <= on,
        away=next((stay for stay in parent.stays_away.all() if _holds(stay, on)), None),
        incapacity=next((one for one in parent.incapacities.all() if _holds(one, on)), None),
    )


def _holds(fact: Away | Incapacity, on: date) -> bool:
    return fact.since <= on and (fact.until is None or on < fact.until)
