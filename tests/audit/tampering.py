"""What somebody does who writes into the database and not by way of the programme."""

from contextlib import contextmanager
from typing import Any

from django.db import connection

TABLES = ("audit_auditentry", "audit_auditseal", "audit_auditanchor")


def sql(command: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(command, values)


@contextmanager
def without_triggers():
    """Their owner may switch them off: then marks and chain have to tell."""
    for table in TABLES:
        sql(f"ALTER TABLE {table} DISABLE TRIGGER audit_is_only_added_to")
    yield
    sql("SET CONSTRAINTS ALL IMMEDIATE")
    for table in TABLES:
        sql(f"ALTER TABLE {table} ENABLE TRIGGER audit_is_only_added_to")
