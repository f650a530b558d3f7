"""The database that is backed up, as PostgreSQL's own programs and our own counting reach it."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from subprocess import PIPE, Popen, TimeoutExpired
from typing import IO, Any, Self

import psycopg
from django.conf import settings
from django.db import connection
from environ import Env
from psycopg import sql

from ccmp import local_servers
from ccmp.operations.backup.failure import BackupFailed

SECONDS_TO_CONNECT = 10
SECONDS_TO_END = 10
BUILTIN_LOCALE_SINCE = 170000


@dataclass(frozen=True)
class Database:
    host: str
    port: str
    user: str
    password: str
    name: str

    @classmethod
    def ours(cls) -> Self:
        """That of the programme; as the tables' owner where that is another role, or as that of BACKUP_DATABASE_URL."""
        given = dict(connection.settings_dict)
        given |= {name: (given.get("OWNER") or given)[name] for name in ("HOST", "PORT", "USER", "PASSWORD")}
        if settings.BACKUP_DATABASE_URL:
            named = Env.db_url_config(settings.BACKUP_DATABASE_URL)
            given |= {name: named[name] for name in ("HOST", "PORT", "USER", "PASSWORD")}
        names = ("HOST", "PORT", "USER", "PASSWORD", "NAME")
        return cls(*(str(given[name] or "") for name in names))

    def called(self, name: str) -> Self:
        return replace(self, name=name)

    def connect(self, **options: Any) -> psycopg.Connection[Any]:
        """Every row, or an error: never fewer rows without a word, as a policy would have it."""
        try:
            return psycopg.connect(
                host=self.host,
                port=self.port,
                user=self.user,
                password=self.password,
                dbname=self.name,
                connect_timeout=SECONDS_TO_CONNECT,
                options="-c row_security=off -c TimeZone=UTC -c DateStyle=ISO",
                **options,
            )
        except psycopg.OperationalError as error:
            raise BackupFailed(f"The database {self.name} does not answer ({type(error).__name__}).") from None

    def environment(self) -> dict[str, str]:
        """No password stands among the arguments, where every user of the machine would read it."""
        named = {
            "PGHOST": self.host,
            "PGPORT": self.port,
            "PGUSER": self.user,
            "PGPASSWORD": self.password,
            "PGDATABASE": self.name,
            "PGCONNECT_TIMEOUT": str(SECONDS_TO_CONNECT),
        }
        return {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8"} | {k: v for k, v in named.items() if v}

    @contextmanager
    def maintenance(self) -> Iterator[psycopg.Connection[Any]]:
        """A connection beside the databases, to make, rename and drop them."""
        with self.called("postgres").connect(autocommit=True) as line:
            yield line

    def make(self, name: str) -> Self:
        with self.maintenance() as line:
            builtin = line.info.server_version >= BUILTIN_LOCALE_SINCE
            locale = "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8'" if builtin else "LOCALE 'C.UTF-8'"
            made = sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' {}")
            try:
                line.execute(made.format(sql.Identifier(name), sql.SQL(locale)))
            except psycopg.errors.InsufficientPrivilege:
                raise BackupFailed(
                    f"{self.user} may not make databases. Name one that may in BACKUP_DATABASE_URL."
                ) from None
        return self.called(name)

    def drop(self) -> None:
        with self.maintenance() as line:
            line.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(self.name)))


def program(name: str) -> str:
    """PostgreSQL's own program: from PG_PROGRAMS, else from the installed wheel, else wherever the shell finds it."""
    if settings.PG_PROGRAMS:
        return str(Path(settings.PG_PROGRAMS) / name)
    try:
        found: Path | None = local_servers.postgres_programs() / name
    except local_servers.ServerFailed:
        found = None
    named = str(found) if found and found.exists() else shutil.which(name)
    if not named:
        raise BackupFailed(f"There is no {name}. Install PostgreSQL's clients, or name their folder in PG_PROGRAMS.")
    return named


@contextmanager
def running(name: str, *arguments: str, on: Database, **pipes: Any) -> Iterator[Popen[bytes]]:
    """One of PostgreSQL's programs. What it complained of is told when it failed; leaving early ends it."""
    with tempfile.TemporaryFile() as complaints:
        process = Popen([program(name), *arguments], env=on.environment(), stderr=complaints, **pipes)
        try:
            yield process
            if process.stdin:
                process.stdin.close()
            code = process.wait()
        except BrokenPipeError:
            code = process.wait() or 1
        finally:
            _end(process)
        if code:
            raise BackupFailed(f"{name} ended with code {code}: {_last_words(complaints)}")


def _end(process: Popen[bytes]) -> None:
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(SECONDS_TO_END)
        except TimeoutExpired:
            process.kill()
            process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe:
            try:
                pipe.close()
            except BrokenPipeError:
                continue


def _last_words(complaints: IO[bytes]) -> str:
    """Which table or role it was. Rows stand in lines of their own (DETAIL, CONTEXT), and those are left out."""
    complaints.seek(0)
    lines = complaints.read().decode("utf-8", errors="replace").splitlines()
    return " / ".join(line for line in lines if line.startswith(("pg_dump: error", "pg_restore: error")))[-600:]


__all__ = ["PIPE", "Database", "program", "running"]
