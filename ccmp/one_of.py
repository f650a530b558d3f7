"""Asking for many rows by their keys in one parameter."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import EmptyResultSet
from django.db.models import BooleanField, F, Func, UUIDField, Value


class OneOf(Func):
    """`filter(OneOf("child_id", keys))`: `= ANY (array)`.

    An `__in` makes a parameter of each key, which takes a quarter of all the time that a village of 500 is judged in. As
    there, no keys are no rows, and nothing is asked.
    """

    template = "%(expressions)s)"
    arg_joiner = " = ANY("
    output_field = BooleanField()

    def __init__(self, column: str, keys: Collection[UUID]) -> None:
        super().__init__(F(column), Value(list(keys), output_field=ArrayField(UUIDField())))
        self.is_empty = not keys

    def as_sql(self, *args: Any, **options: Any) -> Any:
        if self.is_empty:
            raise EmptyResultSet
        return super().as_sql(*args, **options)
