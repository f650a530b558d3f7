"""New keys for what lies sealed: some rows at a time, each time for good, by the rows themselves.

What is left to do is what is not under the newest key: so there is nothing to remember, and whoever is killed between two
batches, or within one, goes on where the rows are.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.db.models import BinaryField, Field, JSONField

from ccmp.classified import sealed_fields
from ccmp.sealed import newest_key, seal, seal_bytes, unseal, unseal_bytes

TEXTS = "EXISTS (SELECT 1 FROM jsonb_each({column}) one WHERE one.value #>> '{{}}' NOT LIKE %s)"
OF_A_KIND = {
    "file": ("{column} IS NOT NULL AND substring({column} for octet_length(%s::bytea)) <> %s::bytea", 2),
    "texts": (TEXTS, 1),
    "text": ("{column} <> '' AND {column} NOT LIKE %s", 1),
}


@dataclass(frozen=True)
class SealedColumn:
    """One column of the database whose values lie sealed; `form` is text, texts (of a JSON object) or file."""

    table: str
    key: str
    column: str
    form: str

    def __str__(self) -> str:
        return f"{self.table}.{self.column}"

    @property
    def is_under_another_key(self) -> str:
        """SQL; asks for the values of `asked`."""
        return OF_A_KIND[self.form][0].format(column=connection.ops.quote_name(self.column))

    @property
    def asked(self) -> list[Any]:
        mark = f"{newest_key()}:"
        return [mark.encode()] * 2 if self.form == "file" else [f"{mark}%"]


def sealed_columns() -> list[SealedColumn]:
    """Every column that the classification names as sealed."""
    found = []
    for one in sealed_fields():
        model = apps.get_model(one.model)
        field: Field[Any, Any] = model._meta.get_field(one.name)
        form = "file" if isinstance(field, BinaryField) else "texts" if isinstance(field, JSONField) else "text"
        found.append(SealedColumn(model._meta.db_table, str(model._meta.pk.column), str(field.column), form))
    return found


def left_to_rotate(column: SealedColumn) -> int:
    """How many rows hold a value under an earlier key."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {column.table} WHERE {column.is_under_another_key}", column.asked)  # noqa: S608  # nosec B608 – names of our own
        return int(cursor.fetchone()[0])


def rotate_column(column: SealedColumn, *, at_once: int) -> Iterator[int]:
    """Seal a column's values anew, batch by batch; yields the size of each batch once it is committed."""
    while number := _rotate_some(column, at_once):
        yield number


@transaction.atomic
def _rotate_some(column: SealedColumn, at_once: int) -> int:
    """Rows that somebody else writes at this moment are left for the next time: what she writes is under the newest key."""
    name, key = connection.ops.quote_name(column.column), column.key
    find = (
        f"SELECT {key}, {name} FROM {column.table} WHERE {column.is_under_another_key}"  # noqa: S608  # nosec B608 – names of our own
        f" ORDER BY {key} LIMIT {int(at_once)} FOR UPDATE SKIP LOCKED"
    )
    with connection.cursor() as cursor:
        cursor.execute(find, column.asked)
        rows = [(_ANEW[column.form](value), row) for row, value in cursor.fetchall()]
        cursor.executemany(f"UPDATE {column.table} SET {name} = %s WHERE {key} = %s", rows)  # noqa: S608  # nosec B608 – names of our own
    return len(rows)


def _text(value: str) -> str:
    return seal(unseal(value))


def _texts(value: Any) -> str:
    held = json.loads(value) if isinstance(value, str) else value
    return json.dumps({name: _text(text) for name, text in held.items()})


def _file(value: Any) -> bytes:
    return seal_bytes(unseal_bytes(bytes(value)))


_ANEW: dict[str, Callable[[Any], Any]] = {"text": _text, "texts": _texts, "file": _file}
