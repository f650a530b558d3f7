"""A row of every guarded table in each village of the walked world, so that each has something to leak."""

from datetime import time
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models

from tests.access.world import Facts, World
from tests.factories import NOW, TODAY
from tests.walls.asked import GUARDED_LABELS

# What a rule of the database asks of a row beside what its fields ask.
BESIDES: dict[str, dict[str, Any]] = {
    "children.PastStay": {"since": TODAY.replace(year=2024), "until": TODAY.replace(year=2025)},
    "children.HouseholdMeans": {"kind": "low_income"},
    "children.Move": {"kind": "of_age"},
    "children.TransferMove": {"went_to": "over"},
    "children.Unclaimed": {"state": "may_qualify"},
    "clubs.OpeningTime": {"opens_at": time(9), "closes_at": time(12)},
    "phone.PhoneState": {"holds": {}},
}


def fill(world: World) -> None:
    for label in GUARDED_LABELS:
        model = apps.get_model(label)
        if not model.objects.exists():
            for number, facts in enumerate(world.facts.values()):
                _row(model, facts, number).save(force_insert=True)


def _row(model: Any, facts: Facts, number: int) -> Any:
    given = dict(BESIDES.get(model._meta.label, {}))
    for field in model._meta.concrete_fields:
        if field.name in given or field.has_default() or field.null or field.primary_key:
            continue
        given[field.name] = _value(field, facts, number)
    return model(**given)


def _value(field: Any, facts: Facts, number: int) -> Any:
    if isinstance(field, models.ForeignKey):
        return _of(field.related_model, facts)
    if field.name == "village_code":
        return facts.village_code
    if field.choices:
        return next(value for value, _label in field.choices if value)
    kinds = {
        models.DateTimeField: NOW,
        models.DateField: TODAY,
        models.TimeField: NOW.time(),
        models.BooleanField: True,
        models.IntegerField: 1,
        ArrayField: [],
    }
    return next((value for kind, value in kinds.items() if isinstance(field, kind)), f"{number}")


def _of(model: Any, facts: Facts) -> Any:
    """The row of this village; of people, its mother."""
    if model._meta.label == "people.User":
        return facts.mother
    named = {type(one): one for one in (facts.child, facts.visit, facts.flag, facts.referral, facts.task, facts.phone)}
    if model in named:
        return named[model]
    rows = model.objects.filter(village_code=facts.village_code)
    return rows.first()
