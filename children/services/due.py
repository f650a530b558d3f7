"""Lists of files by place: how many lie where, and for how long they wait."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Count

from ccmp.places.models import Place
from children.models import Child
from children.rules.confirmation import due_on

TOWNSHIP_DIGITS = 9


@dataclass(frozen=True)
class DueLine:
    """One file of the list, and how many days ago it was due."""

    child: Child
    days_late: int


@dataclass(frozen=True)
class PlaceWithCount:
    """A township or a village, the digits by which a list is narrowed to it, and how many of the list lie there."""

    prefix: str
    name: str
    number: int


def due_lines(children: Iterable[Child], *, on: date) -> list[DueLine]:
    return [DueLine(child, (on - due_on(child, on=on)).days) for child in children]


def places_of(rows: "models.QuerySet[Any]") -> list[PlaceWithCount]:
    """The townships and villages in which these rows lie, each township before its villages. Two queries."""
    counted = rows.order_by().values("village_code").annotate(number=Count("pk"))
    return places_counted(dict(counted.values_list("village_code", "number")))


def places_counted(villages: Mapping[str, int]) -> list[PlaceWithCount]:
    """The same of how many rows lie in each village. One query."""
    townships: dict[str, int] = {}
    for code, number in villages.items():
        townships[code[:TOWNSHIP_DIGITS]] = townships.get(code[:TOWNSHIP_DIGITS], 0) + number
    codes = [*villages, *(f"{prefix}000" for prefix in townships)]
    names: dict[str, str] = dict(Place.objects.filter(code__in=codes).values_list("code", "name"))
    found: list[PlaceWithCount] = []
    for prefix in sorted(townships):
        found.append(PlaceWithCount(prefix, names.get(f"{prefix}000", prefix), townships[prefix]))
        found += [
            PlaceWithCount(code, names.get(code, code), villages[code])
            for code in sorted(villages)
            if code.startswith(prefix)
        ]
    return found
