"""Django's PostgreSQL, which tells the server who is asking, and what for, in front of every statement, in the same message.

Both go as one simple query, so it costs no round trip; what is told holds until the transaction ends (SET LOCAL), and is
told anew before then by the next statement. Nothing is left over for whoever gets the connection next.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db.backends.postgresql import base
from psycopg import ClientCursor, Connection, sql
from psycopg.pq import TransactionStatus

from ccmp.walls.asking import WHOLE, Asking, asking
from ccmp.walls.building import whole_role
from ccmp.walls.doing import context_for
from ccmp.walls.postgresql.creation import DatabaseCreation

WAYS_BACK = ("ROLLBACK", "SAVEPOINT", "RELEASE")  # in a transaction that failed nothing else is heard
OWNER = "OWNER"  # the settings' name for how the tables' owner connects
AS_OWNER = "AS_OWNER"  # and whether it is the owner who connects now
_looked_at: set[tuple[str, ...]] = set()


class Cursor(base.CursorMixin, ClientCursor[Any]):
    """Tells who is asking, and leaves out of what comes back that it was told."""

    role = ""
    _tells = b""

    def execute(self, query: Any, params: Any = None, **more: Any) -> Any:
        text = query if isinstance(query, str) else repr(query)
        # Before the connection is busy with this statement: to know how far somebody reaches may take one of its own.
        self._tells = b"" if not self.role or text.startswith(WAYS_BACK) else told(asking(text), self.role)
        return super().execute(query, params, **more)

    def _execute_send(self, query: Any, *, force_extended: bool = False, binary: bool | None = None) -> None:
        said, query.query = query.query, self._tells + query.query
        try:
            super()._execute_send(query, force_extended=force_extended, binary=binary)
        finally:
            query.query = said  # for whoever looks at what was asked

    def _set_results(self, results: list[Any]) -> None:
        super()._set_results(results[1:] if self._tells else results)

    def executemany(self, query: Any, params_seq: Any, *, returning: bool = False) -> None:
        """One by one: a pipeline takes one statement at a time."""
        for params in params_seq:
            self.execute(query, params)

    @contextmanager
    def copy(self, statement: Any, params: Any = None, **more: Any) -> Iterator[Any]:
        """PostgreSQL takes COPY alone: who asks is told before, and holds for the transaction that it must stand in."""
        if self.role:
            if self.connection.autocommit and self.connection.info.transaction_status == TransactionStatus.IDLE:
                raise RuntimeError("COPY is done inside a transaction, which is told who asks.")
            self.execute("SELECT 1")
        self._tells = b""
        with super().copy(statement, params, **more) as lines:
            yield lines


@lru_cache(maxsize=1024)
def _said(settings: tuple[tuple[str, str], ...]) -> bytes:
    calls = [f"set_config('{name}', {sql.Literal(value).as_string()}, true)" for name, value in settings]
    return f"SELECT {', '.join(calls)}, ".encode()


def told(who: Asking, role: str) -> bytes:
    reach = (("role", whole_role(role)),) if who is WHOLE else (("role", "none"), *who.settings)
    return _said(reach) + context_for(who.who) + b";"


class DatabaseWrapper(base.DatabaseWrapper):
    creation_class = DatabaseCreation

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.program_role = str(self.settings_dict["USER"])
        self.program_password = str(self.settings_dict["PASSWORD"])

    @property
    def is_owner(self) -> bool:
        return bool(self.settings_dict.get(AS_OWNER))

    def get_connection_params(self) -> dict[str, Any]:
        params = super().get_connection_params()
        params["cursor_factory"] = Cursor
        return params

    def get_new_connection(self, conn_params: dict[str, Any]) -> "Connection[Any]":
        connection: Connection[Any] = super().get_new_connection(conn_params)
        if not self.is_owner:
            self._look_who_we_are(connection)
        return connection

    def create_cursor(self, name: str | None = None) -> Any:
        """Never one on the server: it would be read under another's reach than it was opened."""
        cursor = super().create_cursor()
        cursor.role = "" if self.is_owner else self.program_role
        return cursor

    def chunked_cursor(self) -> Any:
        return self.cursor()

    @contextmanager
    def as_owner(self) -> Iterator[None]:
        """For what changes tables: a connection of their owner's, which is closed before anybody else asks."""
        if self.is_owner or not self.settings_dict.get(OWNER):
            yield
            return
        program, owner = dict(self.settings_dict), self.settings_dict[OWNER]
        self.close()
        self.settings_dict.update({name: owner[name] for name in ("USER", "PASSWORD", "HOST", "PORT")})
        self.settings_dict[AS_OWNER] = True
        try:
            yield
        finally:
            self.close()
            self.settings_dict[AS_OWNER] = False
            self.settings_dict.update({name: program[name] for name in ("USER", "PASSWORD", "HOST", "PORT")})

    def _look_who_we_are(self, connection: "Connection[Any]") -> None:
        """Once for each process: behind a role that owns the tables or passes by their rules there is no wall."""
        who = tuple(str(self.settings_dict[name]) for name in ("HOST", "PORT", "USER", "NAME"))
        if who in _looked_at:
            return
        found = connection.execute(WHO_WE_ARE).fetchone()
        if not connection.autocommit:
            connection.rollback()
        if found and any(found):
            connection.close()
            raise ImproperlyConfigured(
                f"The program connects to PostgreSQL as {who[2]}, which owns its tables or passes by their rules: the wall "
                "around each village would not be there. Name the owner in OWNER_DATABASE_URL and another role, which "
                "owns nothing, in DATABASE_URL (docs/operations.md)."
            )
        _looked_at.add(who)


WHO_WE_ARE = """
    SELECT rolsuper OR rolbypassrls, EXISTS (
        SELECT 1 FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
        WHERE relkind = 'r' AND nspname = 'public' AND pg_has_role(session_user, relowner, 'USAGE')
    ) FROM pg_roles WHERE rolname = session_user
"""
