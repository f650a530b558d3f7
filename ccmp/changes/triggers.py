"""The triggers by which PostgreSQL itself keeps a row as it stood. Whoever changes one, by whatever way, cannot leave it out.

They are not the library's own words: those can be told to do nothing by a setting that anybody may set (`pgtrigger.ignore`),
and they act as who changes the row. These act as the owner of the tables, so nobody else has to be allowed to write here.
"""

from collections.abc import Sequence
from typing import Any

import pghistory
import pgtrigger
from django.db import models
from pgtrigger import compiler

NUMBERS = "changes_number"
BARE = "bare"  # of a change by which nothing differs that is copied: it holds the row's keys alone
CONTEXT = "NULLIF(current_setting('pghistory.context_metadata', true), '')::jsonb"


class OwnersSql(compiler.UpsertTriggerSql):
    def get_template(self) -> str:
        """CREATE OR REPLACE holds a table for writing alone, and for a moment."""
        return """
            CREATE OR REPLACE FUNCTION {pgid}() RETURNS trigger
                LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
                {declare} BEGIN {func} END $$;
            CREATE OR REPLACE TRIGGER {pgid} {when} {operation} ON {table}
                FOR EACH {level} {condition} EXECUTE FUNCTION {execute};
            COMMENT ON TRIGGER {pgid} ON {table} IS '{hash}';
        """


class OwnersTrigger(pgtrigger.Trigger):
    def compile(self, model: Any) -> compiler.Trigger:
        made = super().compile(model)
        return compiler.Trigger(name=self.name, sql=OwnersSql(**{**made.sql.kwargs, "table": model._meta.db_table}))


class Keeping(OwnersTrigger):
    """Puts the row as it stood into the table of its changes."""

    when = pgtrigger.After

    def __init__(self, event_model: Any, *, label: str, operation: pgtrigger.Operation, clocks: Sequence[str]) -> None:
        self.event_model, self.label, self.clocks = event_model, label, clocks
        condition = pgtrigger.Condition("OLD.* IS DISTINCT FROM NEW.*") if label == Written.label else None
        super().__init__(name=f"keep_{label}", operation=operation, condition=condition)

    def get_declare(self, model: Any) -> list[tuple[str, str]]:
        """What differs; and whether all of it is of fields that are copied nowhere, so that there is nothing to copy."""
        nowhere = ", ".join(f"'{name}'" for name in self._copied_nowhere(model))
        bare = f"changed <@ ARRAY[{nowhere}]::text[]" if self.label == Written.label else "false"
        return [("changed", f"text[] := {self._changed(model)}"), ("bare", f"boolean := {bare}")]

    def _copied_nowhere(self, model: Any) -> list[str]:
        copied = {field.name for field in self.event_model._meta.concrete_fields}
        return [field.name for field in model._meta.concrete_fields if field.name not in copied]

    def get_func(self, model: Any) -> str:
        columns = self._columns()
        names = ", ".join(f'"{name}"' for name in columns)
        sieve = "IF changed = '{}' THEN RETURN NULL; END IF; " if self.label == Written.label else ""
        table = self.event_model._meta.db_table
        return f'{sieve}INSERT INTO "{table}" ({names}) VALUES ({", ".join(columns.values())}); RETURN NULL;'  # noqa: S608  # nosec B608 – names of our own tables

    def _columns(self) -> dict[str, str]:
        told = {
            "pgh_id": f"nextval('{NUMBERS}')",
            "pgh_created_at": "clock_timestamp()",
            "pgh_label": f"CASE WHEN bare THEN '{BARE}' ELSE '{self.label}' END",
            "pgh_changed": "changed",
            "pgh_context": CONTEXT,
            "pgh_role": "session_user",
        }
        found_by = {name for index in self.event_model._meta.indexes for name in index.fields}
        rows = [field for field in self.event_model._meta.concrete_fields if not field.name.startswith("pgh_")]
        whole = {field.column: f'OLD."{field.column}"' for field in rows}
        return told | {
            field.column: whole[field.column]
            if field.name in found_by
            else f"CASE WHEN NOT bare THEN {whole[field.column]} END"
            for field in rows
        }

    def _changed(self, model: Any) -> str:
        """The names of the fields that differ, clocks left out. Of what is sealed it is known that it was written anew."""
        if self.label != Written.label:
            return "NULL"
        differ = (
            f'CASE WHEN OLD."{field.column}" IS DISTINCT FROM NEW."{field.column}" THEN \'{field.name}\' END'
            for field in model._meta.concrete_fields
            if field.name not in self.clocks
        )
        return f"array_remove(ARRAY[{', '.join(differ)}]::text[], NULL)"


class _Kept(pghistory.RowEvent):
    row = "OLD"
    clocks: Sequence[str] = ()

    def add_event_trigger(self, event_model: type[models.Model]) -> None:
        keeping = Keeping(event_model, label=str(self.label), operation=self.operation, clocks=self.clocks)  # type: ignore[arg-type]
        keeping.register(event_model.pgh_tracked_model)  # type: ignore[attr-defined]


class Written(_Kept):
    """A row was changed: it is kept as it stood, unless nothing but clocks moved."""

    label = "update"
    operation = pgtrigger.Update

    def __init__(self, clocks: Sequence[str]) -> None:
        super().__init__()
        self.clocks = clocks


class Removed(_Kept):
    label = "delete"
    operation = pgtrigger.Delete


class NeverWritten(OwnersTrigger):
    """What was kept is not changed by anybody, its owner either. It is let go when it is over."""

    name = "never_written"
    when = pgtrigger.Before
    operation = pgtrigger.Update
    func = (
        "RAISE EXCEPTION 'What was kept of a change is not written anew: % of % is refused.', TG_OP, TG_TABLE_NAME"
        " USING ERRCODE = 'insufficient_privilege';"
    )
