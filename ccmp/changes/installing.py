"""Installing the triggers, as the owner of the tables, after each migration: only those that are missing or differ."""

from typing import Any

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from pgtrigger import registry

THERE = "SELECT tgrelid::regclass::text, tgname, obj_description(oid, 'pg_trigger'), tgenabled FROM pg_trigger WHERE NOT tgisinternal"
ALWAYS = "O"  # neither switched off nor for a copy of the server alone


def install(connection: BaseDatabaseWrapper) -> int:
    """How many were made. Each waits for its table alone, and as long as `lock_timeout` lets it."""
    made = 0
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
    lacking = missing(connection)
    for model, trigger in registry.registered():
        if (trigger.get_uri(model) in lacking) and _tables_of(model, trigger) <= tables:
            with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
                cursor.execute(trigger.compile(model).install_sql)
            made += 1
    return made


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """The triggers that are not there, are not those of this version, or are switched off."""
    with connection.cursor() as cursor:
        cursor.execute(THERE)
        there = {(table, name): (said, enabled) for table, name, said, enabled in cursor.fetchall()}
    return [
        trigger.get_uri(model)
        for model, trigger in registry.registered()
        if there.get((model._meta.db_table, trigger.get_pgid(model))) != (trigger.compile(model).hash, ALWAYS)
    ]


def _tables_of(model: Any, trigger: Any) -> set[str]:
    event_model = getattr(trigger, "event_model", model)
    return {model._meta.db_table, event_model._meta.db_table}
