"""Writing many rows at once: by INSERT while they are few, by PostgreSQL's COPY when they are many.

COPY spares Django's and PostgreSQL's work on each value, and takes a quarter of the time. Constraints hold as for any
other row; keys that the database counts up are not read back.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection, connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from ccmp.walls.asking import is_whole

FEW = 100  # up to here one INSERT is as quick
AT_ONCE = 1000
AS_THEY_ARE = {str, int, bool, UUID, datetime, date, type(None)}


def insert_many(rows: Sequence[models.Model]) -> None:
    """Insert rows of one model. Raises IntegrityError as `bulk_create` does."""
    if not rows:
        return
    model = type(rows[0])
    if len(rows) <= FEW or not is_whole():  # PostgreSQL copies nothing into a table whose rows it has to look at
        model._default_manager.bulk_create(rows, batch_size=AT_ONCE)
        return
    fields = [field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField)]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    readers = [_reader(field, connections[DEFAULT_DB_ALIAS]) for field in fields]
    copy_in = f"COPY {quote(model._meta.db_table)} ({columns}) FROM STDIN"
    in_one = transaction.atomic(savepoint=False)
    with in_one, connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(copy_in) as copy:
        for row in rows:
            copy.write_row([read(row) for read in readers])
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias


def _reader(field: "models.Field[Any, Any]", database: BaseDatabaseWrapper) -> Callable[[models.Model], Any]:
    """How a field's value is read from a row: as it is, where the driver knows it, else as Django would send it."""
    name = field.attname
    if type(field).get_prep_value in _PLAIN:

        def plain(row: models.Model) -> Any:
            value = row.__dict__[name]
            return value if type(value) in AS_THEY_ARE else field.get_db_prep_save(value, database)

        return plain
    return lambda row: field.get_db_prep_save(row.__dict__[name], database)


_PLAIN = {
    kind.get_prep_value
    for kind in (
        models.CharField,
        models.TextField,
        models.UUIDField,
        models.DateTimeField,
        models.DateField,
        models.BooleanField,
        models.IntegerField,
        models.ForeignKey,
    )
}
