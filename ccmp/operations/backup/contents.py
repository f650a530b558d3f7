"""What a database holds, so that what comes out of a backup can be held against what went in."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import psycopg
from django.apps import apps
from psycopg import sql

TABLES = """
    SELECT c.relname FROM pg_class c
    WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relnamespace = 'public'::regnamespace ORDER BY 1
"""
# Roles to whom something is granted or for whom a policy stands: pg_dump names them, and does not make them.
ROLES = """
    SELECT DISTINCT r.rolname FROM pg_roles r WHERE r.rolname NOT LIKE 'pg\\_%%' AND r.oid IN (
        SELECT a.grantee FROM pg_class c, aclexplode(c.relacl) a WHERE c.relnamespace = 'public'::regnamespace
        UNION SELECT a.grantee FROM pg_proc p, aclexplode(p.proacl) a WHERE p.pronamespace = 'public'::regnamespace
        UNION SELECT a.grantee FROM pg_namespace n, aclexplode(n.nspacl) a WHERE n.nspname = 'public'
        UNION SELECT a.grantee FROM pg_default_acl d, aclexplode(d.defaclacl) a
        UNION SELECT unnest(polroles) FROM pg_policy
    ) ORDER BY 1
"""
# What the tables themselves bring along when they are made: a database with no other rows is empty.
BORN_WITH = frozenset(
    {"django_migrations", "django_content_type", "auth_permission", "auth_group", "auth_group_permissions"}
)


@dataclass(frozen=True)
class Contents:
    """Rows by table, and the SHA-256 of every row of the trail."""

    rows: dict[str, int]
    trail: dict[str, str]

    def differences_to(self, other: "Contents") -> list[str]:
        tables = sorted(self.rows.keys() | other.rows.keys())
        found = [
            f"{table}: {self.rows.get(table, 0)} rows were backed up, {other.rows.get(table, 0)} came back"
            for table in tables
            if self.rows.get(table) != other.rows.get(table)
        ]
        altered = [table for table in sorted(self.trail) if self.trail[table] != other.trail.get(table)]
        return found + [f"{table}: the rows of the trail are not those that were backed up" for table in altered]


def contents_of(line: psycopg.Connection[Any]) -> Contents:
    """Counted on this connection, so in its snapshot."""
    rows = {table: _count(line, table) for table in tables_of(line)}
    return Contents(rows=rows, trail={table: _digest(line, table) for table in trail_tables() if table in rows})


def tables_of(line: psycopg.Connection[Any]) -> list[str]:
    return [str(name) for (name,) in line.execute(TABLES)]


def roles_of(line: psycopg.Connection[Any]) -> list[str]:
    return [str(name) for (name,) in line.execute(ROLES)]


def tables_with_rows(line: psycopg.Connection[Any]) -> list[str]:
    some = sql.SQL("SELECT EXISTS (SELECT FROM {})")
    return [
        table for table in tables_of(line) if table not in BORN_WITH and _one(line, some.format(sql.Identifier(table)))
    ]


def trail_tables() -> list[str]:
    return sorted(model._meta.db_table for model in apps.get_app_config("audit").get_models())


def lacking_roles(line: psycopg.Connection[Any], wanted: Iterable[str]) -> list[str]:
    there = {str(name) for (name,) in line.execute("SELECT rolname FROM pg_roles")}
    return sorted(set(wanted) - there)


def _count(line: psycopg.Connection[Any], table: str) -> int:
    return int(_one(line, sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))))


def _one(line: psycopg.Connection[Any], query: sql.Composed) -> Any:
    found = line.execute(query).fetchone()
    return found[0] if found else None


def _digest(line: psycopg.Connection[Any], table: str) -> str:
    sums = hashlib.sha256()
    told = sql.SQL("COPY (SELECT * FROM {} ORDER BY 1) TO STDOUT").format(sql.Identifier(table))
    with line.cursor() as cursor, cursor.copy(told) as rows:
        for piece in rows:
            sums.update(piece)
    return sums.hexdigest()
