"""Bringing a backup back: beside what is there, held against what it says of itself, and only then in its place."""

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connections
from psycopg import sql

from ccmp.operations.backup.contents import tables_with_rows
from ccmp.operations.backup.failure import BackupFailed
from ccmp.operations.backup.kept import STAMP
from ccmp.operations.backup.server import Database
from ccmp.operations.backup.unpacking import check_roles, held_against, read_whole, unpack

OTHERS = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()"
THERE = "SELECT count(*) FROM pg_database WHERE datname = %s"


def restore(file: Path, *, at: datetime, over_what_is_there: bool = False) -> str:
    """Put a backup in the place of the database and the files. Returns the name under which the former database is kept.

    The former database and the former files stay under other names: whoever restored decides when they go. Raises BackupFailed
    and leaves everything as it was when the file is not whole, somebody is at work, or the database holds rows.
    """
    told = read_whole(file)
    connections.close_all()
    ours, stamp = Database.ours(), at.strftime(STAMP).lower()
    _check_target(ours, over_what_is_there=over_what_is_there)
    check_roles(told)
    files = Path(settings.MEDIA_ROOT)
    new_files = files.with_name(f"{files.name}.restoring")
    scratch = ours.make(f"{ours.name}_restoring_{stamp}")
    try:
        unpack(file, into=scratch, files_into=new_files)
        if differences := held_against(told, scratch):
            raise BackupFailed("What came back is not what was backed up. " + "; ".join(differences))
        former = _take_its_place(scratch, ours, stamp=stamp)
    except BaseException:
        scratch.drop()
        raise
    if files.exists():
        files.rename(files.with_name(f"{files.name}.before_{stamp}"))
    new_files.rename(files)
    return former


def _check_target(ours: Database, *, over_what_is_there: bool) -> None:
    with ours.maintenance() as line:
        if not _one(line.execute(THERE, [ours.name]).fetchone()):
            return
    with ours.connect() as line:
        if not over_what_is_there and (full := tables_with_rows(line)):
            some = ", ".join(full[:3])
            raise BackupFailed(
                f"The database {ours.name} holds rows ({len(full)} tables: {some} …). Nothing was changed. "
                "Say --over-what-is-there to put the backup in its place; the former database is kept under another name."
            )
        if _one(line.execute(OTHERS, [ours.name]).fetchone()):
            raise BackupFailed("Somebody is at work in the database. Stop web, worker and beat, then try again.")


def _take_its_place(scratch: Database, ours: Database, *, stamp: str) -> str:
    former = f"{ours.name}_before_{stamp}"
    rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
    with ours.maintenance() as line:
        is_there = _one(line.execute(THERE, [ours.name]).fetchone())
        with line.transaction():
            if is_there:
                line.execute(rename.format(sql.Identifier(ours.name), sql.Identifier(former)))
            line.execute(rename.format(sql.Identifier(scratch.name), sql.Identifier(ours.name)))
    return former if is_there else ""


def _one(row: tuple[int, ...] | None) -> int:
    return row[0] if row else 0
