"""What a form asks of each of its fields, told to the phone: it checks with the same sentences before anything is sent."""

from collections.abc import Iterable
from datetime import date
from typing import Any, cast

from django import forms
from django.core.validators import BaseValidator

KINDS: tuple[tuple[type[forms.Field], str], ...] = (
    (forms.UUIDField, "uuid"),
    (forms.DateTimeField, "moment"),
    (forms.DateField, "day"),
    (forms.TimeField, "clock"),
    (forms.IntegerField, "number"),
    (forms.BooleanField, "tick"),
    (forms.MultipleChoiceField, "choices"),
    (forms.ChoiceField, "choice"),
    (forms.CharField, "text"),
)
UNKNOWN = 987654321  # stands for what was typed
BOUNDS = ("max_length", "min_length", "max_value", "min_value")


def describe(form: forms.BaseForm) -> dict[str, dict[str, Any]]:
    """Each field by its name: {kind, label, required?, max_length?, …, choices?, errors: {code: sentence}}."""
    return {name: _field(field) for name, field in form.fields.items()}


def _field(field: forms.Field) -> dict[str, Any]:
    told: dict[str, Any] = {"kind": _kind(field), "label": str(field.label or "")}
    if field.required:
        told["required"] = True
    if isinstance(field.widget, forms.HiddenInput):
        told["hidden"] = True
    for bound in BOUNDS:
        value = getattr(field, bound, None)
        if value is not None:
            told[bound] = value.isoformat() if isinstance(value, date) else value
    if isinstance(field, forms.ChoiceField):
        told["choices"] = list(_values(cast(Any, field.choices)))
    told["errors"] = _sentences(field)
    return told


def _kind(field: forms.Field) -> str:
    return next((kind for of_type, kind in KINDS if isinstance(field, of_type)), "text")


def _values(choices: Iterable[Any]) -> Iterable[str]:
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from _values(label)
        else:
            yield str(value)


def _sentences(field: forms.Field) -> dict[str, str]:
    """The field's own sentences, and those of its bounds: %(value)s and %(show_value)s are left to be put in."""
    sentences = {code: str(text) for code, text in field.error_messages.items()}
    for validator in field.validators:
        if isinstance(validator, BaseValidator):
            sentences[validator.code] = _bound(validator)
    return sentences


def _bound(validator: BaseValidator) -> str:
    """A bound's sentence with its limit, in the plural that it asks for; how much was typed is left to be put in."""
    said = validator.message % {"limit_value": validator.limit_value, "show_value": UNKNOWN}
    return str(said).replace(str(UNKNOWN), "%(show_value)s")
