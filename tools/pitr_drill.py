"""A drill of what docs/operations.md says: a database is lost, and brought back as it was at a moment between two backups.

    tools/pitr_drill.py [--rows 20000]

With PostgreSQL of our own in a folder of its own, and invented rows: a copy of the whole server while it works, its log archived
piece by piece, somebody deletes everything, the machine is gone; then the copy and the archive on another server, up to the
moment before. Prints how long each took.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import psycopg

from ccmp import local_servers
from ccmp.local_servers import places
from ccmp.local_servers.account import own_directory
from ccmp.local_servers.postgres import LOCALE, Postgres

SECONDS_TO_WAIT = 60


class Failed(Exception):
    """The drill did not bring back what it should."""


def server(var: Path, **settings: str) -> Postgres:
    var.mkdir()
    one = Postgres(var)
    one.settings = one.settings | {"shared_buffers": "32MB"} | settings
    return one


def start(one: Postgres) -> None:
    one.prepare()
    one.launch()
    one.await_ready()


def ask(one: Postgres, query: str, *values: Any) -> Any:
    where = {"host": str(one.sockets), "user": places.OWNER, "dbname": places.DATABASE}
    with closing(psycopg.connect(**where, autocommit=True)) as line:
        found = line.execute(query, values)
        row = found.fetchone() if found.description else None
        return row[0] if row else None


def copy_while_it_works(one: Postgres, into: Path) -> None:
    own_directory(into, one.account)
    where = [f"--pgdata={into}", f"--host={one.sockets}", f"--username={places.OWNER}"]
    as_account: dict[str, Any] = one.account.popen_arguments() if one.account else {}
    subprocess.run(
        [str(one._programs() / "pg_basebackup"), *where, "--checkpoint=fast", "--wal-method=none"],
        env=LOCALE | {"PGOPTIONS": "-c client_min_messages=warning"},
        cwd="/",
        check=True,
        **as_account,
    )


def wait_until(holds: Callable[[], object], what: str) -> None:
    deadline = time.monotonic() + SECONDS_TO_WAIT
    while not holds():
        if time.monotonic() > deadline:
            raise Failed(f"After {SECONDS_TO_WAIT} s still not: {what}")
        time.sleep(0.05)


def archive_what_is_written(one: Postgres, archive: Path) -> None:
    name = ask(one, "SELECT pg_walfile_name(pg_switch_wal())")
    wait_until(lambda: (archive / name).exists(), f"{name} in the archive")


def drill(folder: Path, *, rows: int, say: Callable[[str], None]) -> None:
    archive = folder / "archive"
    first = server(
        folder / "first",
        wal_level="replica",
        archive_mode="on",
        # Under its name only when it is whole, and never over another one.
        archive_command=f"test ! -f {archive}/%f && cp %p {archive}/%f.half && mv {archive}/%f.half {archive}/%f",
    )
    own_directory(archive, first.account)
    start(first)
    try:
        copied = folder / "copied"
        moment = live_and_lose(first, copied, archive, rows=rows, say=say)
    finally:
        if first.process:
            first.process.kill()
            first.process.wait()
    bring_back(folder, copied, archive, moment, rows=rows, say=say)


def live_and_lose(one: Postgres, copied: Path, archive: Path, *, rows: int, say: Callable[[str], None]) -> datetime:
    ask(one, "CREATE TABLE kept (number int PRIMARY KEY, words text)")
    fill = "INSERT INTO kept SELECT n, repeat('词', 50) FROM generate_series(%s::int, %s::int) n"
    ask(one, fill, 1, rows // 2)
    began = time.monotonic()
    copy_while_it_works(one, copied)
    say(f"Copied the whole server while it worked: {time.monotonic() - began:.1f} s.")
    ask(one, fill, rows // 2 + 1, rows)
    moment = datetime.now(UTC)
    time.sleep(0.2)
    ask(one, "DELETE FROM kept")
    archive_what_is_written(one, archive)
    say(f"{rows} rows at {moment:%H:%M:%S.%f}; then all were deleted, and the machine was gone.")
    return moment


def bring_back(
    folder: Path, copied: Path, archive: Path, moment: datetime, *, rows: int, say: Callable[[str], None]
) -> None:
    began = time.monotonic()
    second = server(
        folder / "second",
        restore_command=f"cp {archive}/%f %p",
        recovery_target_time=moment.isoformat(),
        recovery_target_action="promote",
    )
    os.rename(copied, second.data)
    (second.data / "recovery.signal").touch()
    try:
        start(second)
        wait_until(lambda: not ask(second, "SELECT pg_is_in_recovery()"), "the log replayed to its moment")
        found = ask(second, "SELECT count(*) FROM kept")
    finally:
        second.stop()
    if found != rows:
        raise Failed(f"{rows} rows were there at that moment, {found} came back.")
    say(f"Brought back on another server as of that moment: {time.monotonic() - began:.1f} s, {found} of {rows} rows.")


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=20_000)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="ccmp-drill-") as folder:
        os.chmod(folder, 0o755)  # PostgreSQL does not run as root, and must get there
        try:
            drill(Path(folder), rows=options.rows, say=print)
        except (Failed, local_servers.ServerFailed) as failure:
            print(failure)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
