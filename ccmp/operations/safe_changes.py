"""Which changes of tables may be made while everybody works, and which stop them.

The programme runs while `migrate` does, the old version of it beside the new one. So a change must neither hold a table that is in
use for longer than a moment, nor take away what the old version still reads, nor demand what it does not yet write.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres import operations as postgres
from django.db import migrations, models
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models.expressions import Func

CONCURRENTLY = (postgres.AddIndexConcurrently, postgres.RemoveIndexConcurrently)
HARMLESS = (
    *CONCURRENTLY,
    migrations.CreateModel,
    migrations.AlterModelOptions,
    migrations.AlterModelManagers,
    migrations.AlterModelTableComment,
    migrations.RemoveConstraint,
    migrations.RemoveIndex,
    migrations.RenameIndex,
    postgres.AddConstraintNotValid,
    postgres.ValidateConstraint,
    postgres.CreateExtension,
)
STILL_READ = (
    migrations.RemoveField,
    migrations.RenameField,
    migrations.RenameModel,
    migrations.DeleteModel,
    migrations.AlterModelTable,
)


@dataclass(frozen=True)
class Danger:
    """An operation that may stop somebody's work, and what to do instead."""

    app: str
    migration: str
    what: str
    instead: str

    @property
    def key(self) -> tuple[str, str, str]:
        return self.app, self.migration, self.what

    def __str__(self) -> str:
        return f"{self.app}.{self.migration}: {self.what}. {self.instead}"


def dangers_of(migration: migrations.Migration, state: ProjectState) -> Iterator[Danger]:
    """What in a migration may stop somebody's work. `state` is that before it, and is moved on."""
    made: set[str] = set()
    for operation in _database_operations(migration.operations):
        if isinstance(operation, migrations.CreateModel):
            made.add(operation.name_lower)
        before = state.clone()
        operation.state_forwards(migration.app_label, state)
        if getattr(operation, "model_name_lower", getattr(operation, "name_lower", "")) in made:
            continue  # of a table that this migration makes nobody has a row
        instead = _why_not(operation, migration, before, state)
        if instead:
            yield Danger(migration.app_label, migration.name, _name_of(operation), instead)


def _database_operations(operations: Sequence[Operation]) -> Iterator[Operation]:
    for operation in operations:
        if isinstance(operation, migrations.SeparateDatabaseAndState):
            yield from _database_operations(operation.database_operations)
        else:
            yield operation


def _name_of(operation: Operation) -> str:
    about = [getattr(operation, one, None) for one in ("model_name", "name", "old_name")]
    constraint = getattr(operation, "constraint", None) or getattr(operation, "index", None)
    named = [str(one) for one in (*about, getattr(constraint, "name", None)) if one]
    return " ".join([type(operation).__name__, *dict.fromkeys(named)])


def _why_not(operation: Operation, migration: migrations.Migration, before: ProjectState, after: ProjectState) -> str:
    if isinstance(operation, CONCURRENTLY) and migration.atomic:
        return "Say atomic = False in this migration: an index is not built concurrently within a transaction."
    if isinstance(operation, HARMLESS):
        return ""
    if isinstance(operation, migrations.AddField):
        return _of_new_field(operation.field)
    if isinstance(operation, migrations.AlterField):
        fields = [
            one.models[migration.app_label, operation.model_name_lower].fields[operation.name]
            for one in (before, after)
        ]
        return _of_altered_field(*fields)
    if isinstance(operation, STILL_READ):
        return "The version that still runs reads it. Take it away in the next version, when nobody reads it, and write why here."
    return _of_the_others(operation, migration)


def _of_the_others(operation: Operation, migration: migrations.Migration) -> str:
    if isinstance(operation, migrations.AddIndex):
        return "The table is locked while the index is built. Use AddIndexConcurrently, with atomic = False."
    if isinstance(operation, migrations.AddConstraint):
        if isinstance(operation.constraint, models.CheckConstraint):
            return "All rows are read under a lock. Use AddConstraintNotValid, then ValidateConstraint in a migration of its own."
        return "An index is built under a lock. Build it concurrently before, and attach it by RunSQL (ADD CONSTRAINT … USING INDEX)."
    if isinstance(operation, migrations.RunPython):
        is_parted = not migration.atomic and getattr(operation.code, "in_batches", False)
        return (
            ""
            if is_parted
            else "Rows stay locked to its end. Write in batches, with code.in_batches = True and atomic = False."
        )
    if isinstance(operation, migrations.RunSQL):
        return "No machine reads it. Let somebody say for how long it locks what, and write that down."
    return "It is not known how long it locks. Let somebody find out, and write that down."


def _of_new_field(field: Any) -> str:
    if isinstance(field, models.ManyToManyField):
        return ""  # a table of its own
    if isinstance(field, models.GeneratedField):
        return "Every row is written anew under a lock. Add a plain field, fill it in batches."
    if _is_volatile(field):
        return "Every row is written anew under a lock, for each gets another value. Add it empty, fill it in batches."
    if field.unique or field.db_index:
        return "An index is built under a lock. Say db_index=False, and add the index concurrently afterwards."
    if not (field.null or field.has_db_default()):
        return "The version that still runs does not write it, and its rows would be refused. Say null=True or db_default=…"
    return ""


def _is_volatile(field: Any) -> bool:
    """Of the database's own functions only that of the clock, which is read once for a statement, gives each row the same."""
    default = field.db_default if field.has_db_default() else None
    return isinstance(default, Func) and type(default).__name__ != "Now"


def _of_altered_field(was: Any, now: Any) -> str:
    if was.null and not now.null:
        return "All rows are read under a lock. Add a check NOT VALID, validate it, then say null=False; write that down here."
    if (now.unique and not was.unique) or (now.db_index and not was.db_index):
        return "An index is built under a lock. Build it concurrently."
    if _kind(was) != _kind(now) or _narrower(was, now):
        return "Every row is written anew, or read, under a lock. Add another field, fill it in batches, change over, remove the old."
    return ""


def _kind(field: Any) -> str:
    """What PostgreSQL keeps; a sealed text is a text. Between varchar and text nothing is written anew."""
    kind = str(field.get_internal_type())
    return "text" if kind in ("CharField", "TextField", "SlugField", "URLField", "EmailField") else kind


def _narrower(was: Any, now: Any) -> bool:
    """A length that grows, or goes, changes the catalogue alone."""
    return now.max_length is not None and (was.max_length is None or now.max_length < was.max_length)
