"""Labels of a day in the database: the twins of children/rules/labels, for lists and counts.

Only labels that rest on open facts have one. What the file does not tell makes no label, as there.
"""

from datetime import date
from functools import lru_cache
from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Case, Count, Exists, F, Func, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, Left
from django.db.models.lookups import Exact, LessThanOrEqual

from ccmp.people.reach import VillageFactQuerySet
from ccmp.places.rules.standards import value, values_on
from children.enums import FATHERS, HELD_ELSEWHERE, MOTHERS, NO_MEANS, CareKind, Hukou, LabelKind, LeftBy, Relation
from children.models.household import Away, Incapacity, Relative

OF_AGE = 18
STATUTORY_AGE = 16  # 国发〔2016〕13号: under 16
UNSUPPORTED = "register.unsupported_months."
LOST_CONTACT = "lost_contact"
LEFT_BY = {LabelKind.LEFT_BY_BOTH: LeftBy.BOTH, LabelKind.LEFT_BY_ONE: LeftBy.ONE}


@lru_cache(maxsize=256)
def years_before(day: date, years: int) -> date:
    """The day so many years earlier; 29 February becomes 28 February."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


class LabelledQuerySet(VillageFactQuerySet):
    def with_parents_away(self, *, on: date) -> Self:
        """Adds father_away, mother_away, father_unable and mother_unable, as they are on a day."""
        return self.annotate(
            father_away=_a_parent(FATHERS, _away(on)),
            mother_away=_a_parent(MOTHERS, _away(on)),
            father_unable=_a_parent(FATHERS, _unable(on)),
            mother_unable=_a_parent(MOTHERS, _unable(on)),
        )

    def with_left_by(self, *, on: date) -> Self:
        """Adds left_by, the evaluation's wider label, for a day."""
        return self.with_parents_away(on=on).annotate(
            left_by=Case(
                When(father_away=True, mother_away=True, then=Value(LeftBy.BOTH)),
                When(Q(father_away=True) | Q(mother_away=True), then=Value(LeftBy.ONE)),
                default=Value(LeftBy.NONE),
                output_field=models.CharField(),
            )
        )

    def with_hukou(self, *, on: date) -> Self:
        """Adds hukou_then and hukou_county_then: what they were on a day."""
        return self.annotate(hukou_then=_hukou("hukou", on), hukou_county_then=_hukou("hukou_county", on))

    def younger_than(self, years: int, *, on: date) -> Self:
        return self.filter(born_on__gt=years_before(on, years))

    def left_behind(self, *, on: date) -> Self:
        """农村留守儿童: rural hukou, under 16, both parents away for work, or one away and the other unable."""
        nobody_is_there = _each_parent(_away(on) | _unable(on))
        mother_away, father_away = _each_parent(_away(on))
        young = self.younger_than(STATUTORY_AGE, on=on)
        rural = young.with_hukou(on=on).filter(hukou_then=Hukou.RURAL)
        return rural.filter(*nobody_is_there).filter(Q(mother_away) | Q(father_away))

    def left_by(self, who: LeftBy, *, on: date) -> Self:
        if who == LeftBy.BOTH:
            return self.filter(*_each_parent(_away(on)))
        return self.filter(Exact(_parents_away(on), 1 if who == LeftBy.ONE else 0))

    def orphan(self, *, on: date) -> Self:
        """孤儿: under 18, both parents dead, or missing by the word of a court."""
        return self.younger_than(OF_AGE, on=on).filter(*_each_parent(_gone(on)))

    def unsupported(self, *, on: date) -> Self:
        """事实无人抚养: under 18, both parents in need of others, or one gone and the other so."""
        months = values_on(UNSUPPORTED, on=on)
        if not months:
            return self.none()
        weak = _each_parent(_gone(on) | _in_need(on))
        one_is_there = ~Q(_a_parent(FATHERS, _gone(on)) & _a_parent(MOTHERS, _gone(on)))
        return self.younger_than(OF_AGE, on=on).filter(*weak).filter(one_is_there)

    def destitute(self, *, on: date) -> Self:
        """特困: under 16, no means, no parent who is there and able."""
        no_means = _model("HouseholdMeans").objects.filter(household=OuterRef("household"), kind__in=NO_MEANS)
        return self.younger_than(STATUTORY_AGE, on=on).filter(
            _of_each(Exists(no_means.filter(_holds(on)))), *_each_parent(_unable(on))
        )

    def migrant(self, *, on: date) -> Self:
        """流动儿童: under 16, for months away from the county of the hukou, with a parent who is here."""
        months = value("register.migrant_months", on=on)
        here_long = self.younger_than(STATUTORY_AGE, on=on).alias(here_long=_months_after("lives_here_since", months))
        elsewhere = here_long.filter(here_long__lte=on).with_hukou(on=on).exclude(hukou_county_then="")
        elsewhere = elsewhere.exclude(hukou_then=Hukou.NONE).exclude(hukou_county_then=Left("village_code", 6))
        return elsewhere.filter(_a_parent((*FATHERS, *MOTHERS), _here(on)))

    def with_label(self, kind: LabelKind, *, on: date) -> Self:
        """Those who have a label of OPEN_LABELS on a day."""
        if kind in LEFT_BY:
            return self.left_by(LEFT_BY[kind], on=on)
        narrowed: Self = getattr(self, kind.value)(on=on)
        return narrowed

    def under_8_unattended(self, *, on: date) -> Self:
        return self.younger_than(value("register.unattended_under", on=on), on=on).filter(_of_each(_unattended(on)))

    def under_16_alone(self, *, on: date) -> Self:
        lives_in = Relative.objects.filter(kinships__child=OuterRef("pk"), household=OuterRef("household"), address="")
        nobody_else = ~Q(Exists(lives_in.filter(_here(on))))
        young = self.younger_than(value("register.alone_under", on=on), on=on)
        return young.filter(_of_each(_unattended(on) & nobody_else))


def _model(name: str) -> Any:
    """Models of this app that name the child themselves."""
    return apps.get_model("children", name)


def _holds(on: date) -> Q:
    return Q(since__lte=on) & (Q(until__isnull=True) | Q(until__gt=on))


def _after(field: str, on: date) -> Q:
    """It has not come by that day, or not at all."""
    return Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__gt": on})


def _months_after(field: str, months: int) -> Func:
    """PostgreSQL counts months as rules.child_facts.months_after does: 31 August and six months is 28 February."""
    template = f"(%(expressions)s + make_interval(months => {int(months)}))::date"
    return Func(F(field), template=template, output_field=models.DateField())


# ── a grown-up on a day: conditions on Relative, the twins of rules.parents.ParentOnDay ────────────────────────────────


def _gone(on: date) -> Q:
    return Q(died_on__lte=on) | Q(declared_missing_on__lte=on)


def _lost(on: date) -> Q:
    return _gone(on) | Q(missing_since__lte=on)


def _found(on: date) -> Q:
    return _after("died_on", on) & _after("declared_missing_on", on) & _after("missing_since", on)


def _away(on: date) -> Q:
    return _found(on) & Q(Exists(Away.objects.filter(_holds(on), relative=OuterRef("pk"))))


def _unable(on: date) -> Q:
    return _lost(on) | Q(Exists(Incapacity.objects.filter(_holds(on), relative=OuterRef("pk"))))


def _here(on: date) -> Q:
    stays = Away.objects.filter(_holds(on), relative=OuterRef("pk"))
    held = Incapacity.objects.filter(_holds(on), relative=OuterRef("pk"), reason__in=HELD_ELSEWHERE)
    return _found(on) & ~Q(Exists(stays)) & ~Q(Exists(held))


def _in_need(on: date) -> Q:
    """The grounds that count on a day, each with the months that it must last."""
    months = dict(values_on(UNSUPPORTED, on=on))
    lost = LessThanOrEqual(_months_after("missing_since", months.pop(LOST_CONTACT, 0)), Value(on))
    grounds = Q(pk__in=[])
    for reason, least in sorted(months.items()):
        grounds |= Q(LessThanOrEqual(_months_after("since", least), Coalesce("until", Value(on))), reason=reason)
    times = Incapacity.objects.filter(_holds(on), grounds, relative=OuterRef("pk"))
    return Q(lost, missing_since__lte=on) | Q(Exists(times))


# ── a child's parents, hukou and care on a day ──────────────────────────────────────────────────────────────────────────


def _of_each(condition: Q | Exists) -> Case:
    """Asked of each child by itself: else PostgreSQL goes through everybody's kin first, however few children are meant.

    A subquery says that its child is the same one, and once more that it is not a smaller one: by an equality alone
    PostgreSQL would gather the answers of the whole country in a hash.
    """
    return Case(When(condition, then=Value(value=True)), default=Value(value=False), output_field=models.BooleanField())


def _of_a_child(relations: tuple[Relation, ...]) -> "models.QuerySet[Relative]":
    same = {"kinships__child": OuterRef("pk"), "kinships__child__gte": OuterRef("pk")}
    return Relative.objects.filter(**same, kinships__relation__in=relations)


def _a_parent(relations: tuple[Relation, ...], condition: Q) -> Case:
    return _of_each(Exists(_of_a_child(relations).filter(condition)))


def _each_parent(condition: Q) -> tuple[Case, Case]:
    """The mother first: mothers are away less often, and where she is not the father is not asked of."""
    return _a_parent(MOTHERS, condition), _a_parent(FATHERS, condition)


def _parents_away(on: date) -> Coalesce:
    """How many of the two: the file of a child has one father and one mother."""
    away = _of_a_child((*FATHERS, *MOTHERS)).filter(_away(on)).order_by().values("kinships__child")
    return Coalesce(Subquery(away.annotate(number=Count("pk")).values("number")), 0)


def _hukou(field: str, on: date) -> Coalesce:
    past = _model("PastHukou").objects.filter(child=OuterRef("pk"), until__gt=on).order_by("until")
    return Coalesce(Subquery(past.values(field)[:1]), F(field))


def _unattended(on: date) -> Q:
    """Nobody looks after the child; or who does is not there, nor is a parent. For most children one question is enough."""
    care = _model("Guardianship").objects.filter(_holds(on), child=OuterRef("pk"), child__gte=OuterRef("pk"))
    there, nobody = Exists(Relative.objects.filter(_here(on), pk=OuterRef("carer"))), Q(kind=CareKind.NONE)
    is_worth_asking = Q(Exists(care.filter(nobody | ~Q(there))))
    named = care.exclude(nobody)
    absent = Q(Exists(named)) & ~Q(Exists(named.filter(there)))
    no_parent = ~Q(_a_parent((*FATHERS, *MOTHERS), _here(on)))
    return is_worth_asking & (Q(Exists(care.filter(nobody))) | (absent & no_parent))
