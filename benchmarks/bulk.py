"""Rows that the database itself writes, by INSERT … SELECT: as many as one likes, the same ones each time."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import connection, models


def run(sql: str, values: dict[str, Any] | None = None) -> None:
    """Values are our own whole numbers and days: written in, since `%` is an operator here."""
    for name, value in (values or {}).items():
        sql = sql.replace(f"%({name})s", f"'{value}'" if isinstance(value, date) else str(value))
    with connection.cursor() as cursor:
        cursor.execute(sql)


def fill(model: type[models.Model], given: dict[str, str], source: str, values: dict[str, Any] | None = None) -> None:
    """INSERT … SELECT; a column that is not given gets what its field would get by itself."""
    columns = {}
    for field in model._meta.concrete_fields:
        if field.name in given or field.column in given:
            columns[field.column] = given.get(field.name, given.get(field.column, ""))
        elif not isinstance(field, models.AutoField):
            columns[field.column] = plain(field)
    quote = connection.ops.quote_name
    names = ", ".join(quote(column) for column in columns)
    run(f"INSERT INTO {quote(model._meta.db_table)} ({names}) SELECT {', '.join(columns.values())} {source}", values)


def plain(field: "models.Field[Any, Any]") -> str:
    if field.null and not field.has_default():
        return "NULL"
    if field.has_default():
        value = field.get_default()
        return str(value).lower() if isinstance(value, bool) else "'{}'" if value in ({}, []) else f"'{value}'"
    return "''"


def copy(table: str, columns: str, rows: Iterable[tuple[Any, ...]]) -> None:
    run(f"CREATE TEMP TABLE {table} ({columns})")
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} FROM STDIN") as sheet:
        for row in rows:
            sheet.write_row(row)
    run(f"ANALYZE {table}")
