"""A table of changes for each table of ccmp.classified.kept: a row for each change, as the row stood before it.

They are made by django-pghistory, of the models as they are. All columns but the key may be empty, so that a new field of
a table adds a column here and asks nothing of rows that are there.
"""

from typing import Any

import pghistory
import pghistory.models
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models

from ccmp.changes.triggers import NeverWritten, Removed, Written
from ccmp.classified import fields_of
from ccmp.classified.kept import APP, KEPT, name_of_changes


class Change(pghistory.models.Event):
    """What every change says beside the row. Its number comes from one sequence, so that all changes stand in one order."""

    pgh_id = models.BigIntegerField(primary_key=True)
    pgh_created_at = models.DateTimeField()
    pgh_label = models.CharField(max_length=6)
    pgh_changed = ArrayField(models.CharField(max_length=63), null=True)  # names of fields, also of those not copied
    pgh_role = models.CharField(max_length=63)  # as which role of the server: the program's, or by hand

    class Meta:
        abstract = True


def _copied(model: type[models.Model]) -> list[str]:
    """The fields that a change keeps: neither what lies sealed nor a fingerprint of it."""
    told = fields_of(model._meta.label)
    return [field.name for field in model._meta.concrete_fields if told[field.name].is_copied]


def _looked_for(model: type[models.Model], copied: list[str]) -> list[models.Index]:
    """By the row, and by the rows about a person of whom it tells: when her file is emptied, the changes go with it."""
    key = model._meta.pk
    assert key is not None
    leading = [field.name for field in model._meta.concrete_fields if _leads_to_a_file(field) and field.name in copied]
    return [models.Index(fields=[name]) for name in dict.fromkeys([key.name, *leading])]


def _leads_to_a_file(field: Any) -> bool:
    return isinstance(field, models.ForeignKey) and field.remote_field.model._meta.app_label in FILES


FILES = frozenset({"children", "visits", "referrals"})


def _make(label: str, clocks: tuple[str, ...]) -> type[models.Model]:
    model = apps.get_registered_model(*label.split("."))
    copied = _copied(model)
    made: Any = pghistory.create_event_model(
        model,
        Written(clocks),
        Removed(),
        fields=copied,
        obj_field=None,  # type: ignore[arg-type]
        context_field=pghistory.ContextJSONField(),
        context_id_field=None,  # type: ignore[arg-type]
        base_model=Change,
        app_label=APP,
        model_name=name_of_changes(label),
        meta={"indexes": _looked_for(model, copied), "default_permissions": ()},
        abstract=False,
    )
    NeverWritten().register(made)
    changes: type[models.Model] = made
    return changes


MODELS: dict[str, Any] = {label: _make(label, clocks) for label, clocks in KEPT.items()}
