"""Letting go of what was kept: with the file that it belongs to, or by age where it belongs to none."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import ForeignKey, Model, Q, QuerySet

from ccmp.changes.models import FILES, MODELS
from ccmp.walls.asking import whole_reach

Rows = Mapping[type[Model], Iterable[Any]]


@whole_reach("what stood in a file before goes with the file, wherever it lies")
def forget(rows: Rows) -> int:
    """The changes of these rows, and of every row that hangs on one of them. How many there were."""
    keys = {model: list(found) for model, found in rows.items()}
    return sum(_of(changes, keys).delete()[0] for changes in MODELS.values())


def _of(changes: Any, keys: Mapping[type[Model], list[Any]]) -> "QuerySet[Any]":
    tracked = changes.pgh_tracked_model
    about = Q(**{f"{tracked._meta.pk.name}__in": keys[tracked]}) if keys.get(tracked) else Q()
    for field in changes._meta.concrete_fields:
        if isinstance(field, ForeignKey) and keys.get(field.related_model):
            about |= Q(**{f"{field.name}__in": keys[field.related_model]})
    return changes.objects.filter(about) if about else changes.objects.none()


def belongs_to_a_file(changes: Any) -> bool:
    """Whether a change is of a row of a child's file, so that it goes with it and not by its age."""
    named = {changes.pgh_tracked_model, *(field.related_model for field in changes._meta.concrete_fields)} - {None}
    return any(model._meta.app_label in FILES for model in named)


def of_no_file() -> list[Any]:
    return [changes for changes in MODELS.values() if not belongs_to_a_file(changes)]


def older_than(changes: Any, moment: datetime) -> "QuerySet[Any]":
    found: QuerySet[Any] = changes.objects.filter(pgh_created_at__lt=moment)
    return found
