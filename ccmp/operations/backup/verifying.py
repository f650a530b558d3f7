"""A backup that nobody restored is a hope. This restores it, beside the running database, and looks."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management import CommandError, call_command, get_commands
from django.db import connection

from ccmp.operations.backup.failure import BackupFailed
from ccmp.operations.backup.kept import STAMP
from ccmp.operations.backup.server import Database
from ccmp.operations.backup.unpacking import check_roles, held_against, read_whole, unpack

VERIFIES_THE_TRAIL = "verify_audit"


def verify(file: Path, *, at: datetime) -> dict[str, Any]:
    """Restore into a database that is dropped again, and compare. Returns what the backup says of itself. Raises BackupFailed."""
    told = read_whole(file)
    check_roles(told)
    scratch = Database.ours().make(f"ccmp_verifying_{at.strftime(STAMP).lower()}")
    try:
        with tempfile.TemporaryDirectory(prefix="ccmp-verifying-") as folder:
            unpack(file, into=scratch, files_into=Path(folder) / "files")
            came_back = sum(1 for path in (Path(folder) / "files").rglob("*") if path.is_file())
        differences = held_against(told, scratch)
        if came_back != told["files"]:
            differences.append(f"{told['files']} files were backed up, {came_back} came back")
        if differences:
            raise BackupFailed("What came back is not what was backed up. " + "; ".join(differences))
        _verify_trail(scratch)
    finally:
        scratch.drop()
    return told


def _verify_trail(scratch: Database) -> None:
    """The trail's own check, where there is one, on what came back."""
    if VERIFIES_THE_TRAIL not in get_commands():
        return
    with _working_on(scratch):
        try:
            call_command(VERIFIES_THE_TRAIL, of_a_backup=True)
        except CommandError as error:
            raise BackupFailed(f"The trail that came back does not hold: {error}") from error
        except SystemExit as ended:
            if ended.code:
                raise BackupFailed("The trail that came back does not hold.") from None


@contextmanager
def _working_on(database: Database) -> Iterator[None]:
    """This process' own connection, led to another database of the same server for a while."""
    connection.close()
    before = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = database.name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before
