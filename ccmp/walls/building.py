"""Building the wall, as the owner of the tables: roles, what each may do, a policy for each guarded table.

It may be done any number of times; it is done after each migration, so no table ever stands without it.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import DatabaseError
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import sql

from ccmp.walls.guarded import GUARDED, Beyond
from ccmp.walls.policies import READ_BESIDES, WHO_MOVED_ON, condition

GRANTS_HAVE_OPTIONS, MAY_MAINTAIN = 160000, 170000  # the versions of PostgreSQL that brought them
POLICY, POLICY_OF_READING = "the_wall", "who_moved_on"


class TableWithoutAWord(Exception):
    """A table that ccmp.walls.guarded does not name. It would be shut to the program, so nothing is built."""


def models_by_label() -> dict[str, type[Any]]:
    of_tables = (one for one in apps.get_models(include_auto_created=True) if one._meta.managed and not one._meta.proxy)
    return {model._meta.label: model for model in of_tables}


def tables_by_label() -> dict[str, str]:
    return {label: model._meta.db_table for label, model in models_by_label().items()}


def whole_role(role: str) -> str:
    """The role into which the program's own role steps for work that has to see the whole."""
    return f"{role}_whole"


def build(connection: BaseDatabaseWrapper, *, role: str, password: str = "") -> None:
    """Raises TableWithoutAWord. Call it as the tables' owner."""
    tables = tables_by_label()
    if missing := sorted(set(tables) - set(GUARDED)):
        raise TableWithoutAWord(f"Say in ccmp/walls/guarded.py how these are guarded: {', '.join(missing)}")
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
        version = connection.pg_version  # type: ignore[attr-defined]
        _make_roles(cursor, role, password, version)
        for statement in _grants(role, version):
            cursor.execute(statement)
        if "children_paststay" in there:
            cursor.execute(WHO_MOVED_ON)
        for label, guard in GUARDED.items():
            table = tables.get(label, "")
            if table in there and isinstance(guard, Beyond):
                for statement in _beyond(table, role):
                    cursor.execute(statement)
            if table in there:
                for statement in _policy(table, condition(guard, table, tables), READ_BESIDES.get(label, ""), role):
                    cursor.execute(statement)


def _make_roles(cursor: Any, role: str, password: str, version: int) -> None:
    """Both roles, if they are missing. Roles are the whole server's: another database's owner may make them just now."""
    app, whole = sql.Identifier(role), sql.Identifier(whole_role(role))
    cursor.execute("SELECT rolname FROM pg_roles WHERE rolname IN (%s, %s)", [role, whole_role(role)])
    there = {name for (name,) in cursor.fetchall()}
    login = sql.SQL("LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE")
    if role not in there:
        _unless_another_did(cursor, sql.SQL("CREATE ROLE {} {}").format(app, login))
    if whole_role(role) not in there:
        _unless_another_did(cursor, sql.SQL("CREATE ROLE {} NOLOGIN NOSUPERUSER BYPASSRLS").format(whole))
    if password:
        cursor.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(app, sql.Literal(password)))
    cursor.execute(
        "SELECT 1 FROM pg_auth_members WHERE roleid = %s::regrole AND member = %s::regrole", [whole_role(role), role]
    )
    if not cursor.fetchone():
        _unless_another_did(cursor, _membership(whole, app, version))


def _membership(whole: sql.Identifier, app: sql.Identifier, version: int) -> sql.Composed:
    """The program may step into the whole, and has nothing of it before it does."""
    if version >= GRANTS_HAVE_OPTIONS:
        return sql.SQL("GRANT {} TO {} WITH INHERIT FALSE, SET TRUE").format(whole, app)
    return sql.SQL("ALTER ROLE {1} NOINHERIT; GRANT {0} TO {1}").format(whole, app)


def _unless_another_did(cursor: Any, statement: sql.Composed) -> None:
    try:
        cursor.execute(statement)
    except DatabaseError as error:
        if getattr(error.__cause__, "sqlstate", "") not in ("42710", "23505", "XX000"):  # there already; done at once
            raise


def _grants(role: str, version: int) -> Iterator[sql.Composed]:
    """To read and write rows; neither to empty a table nor to change one."""
    both = sql.SQL("{}, {}").format(sql.Identifier(role), sql.Identifier(whole_role(role)))
    yield sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(both)
    maintain = sql.SQL(", MAINTAIN" if version >= MAY_MAINTAIN else "")
    yield sql.SQL("GRANT SELECT, INSERT, UPDATE, DELETE{} ON ALL TABLES IN SCHEMA public TO {}").format(maintain, both)
    yield sql.SQL("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}").format(both)


def _beyond(table: str, role: str) -> Iterator[sql.Composed]:
    """Nothing for the program; for its work over the wall to read, and to let go what is over. Nobody writes."""
    app, whole, name = sql.Identifier(role), sql.Identifier(whole_role(role)), sql.Identifier(table)
    yield sql.SQL("REVOKE SELECT, INSERT, UPDATE, DELETE ON {} FROM {}").format(name, app)
    yield sql.SQL("REVOKE INSERT, UPDATE ON {} FROM {}").format(name, whole)


def _policy(table: str, rows: str, besides: str, role: str) -> Iterator[sql.Composed]:
    name, policy = sql.Identifier(table), sql.Identifier(POLICY)
    past = sql.Identifier(POLICY_OF_READING)
    yield sql.SQL("DROP POLICY IF EXISTS {} ON {}").format(policy, name)
    yield sql.SQL("DROP POLICY IF EXISTS {} ON {}").format(past, name)
    if not rows:
        yield sql.SQL("ALTER TABLE {} DISABLE ROW LEVEL SECURITY").format(name)
        return
    made = sql.SQL("CREATE POLICY {} ON {} FOR ALL TO {} USING ({}) WITH CHECK ({})")
    words = sql.SQL(rows)
    yield made.format(policy, name, sql.Identifier(role), words, words)
    if besides:
        read = sql.SQL("CREATE POLICY {} ON {} FOR SELECT TO {} USING ({})")
        yield read.format(past, name, sql.Identifier(role), sql.SQL(besides))
    yield sql.SQL("ALTER TABLE {} ENABLE ROW LEVEL SECURITY").format(name)
