"""`make run` with real processes: it answers, it mends what is killed, and nothing outlives it."""

import fcntl
import os
import re
import resource
import signal
import socket
import subprocess
import sys
import termios
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest
import redis

from ccmp.local_servers import places
from tests.processes import processes_of, the_one, wait_until

ROOT = Path(__file__).resolve().parent.parent.parent
SECONDS_TO_PREPARE = 240
NOT_OURS = {
    "DATABASE_URL",
    "REDIS_URL",
    "SECRET_KEY",
    "FIELD_KEYS",
    "BLIND_INDEX_KEY",
    "AUDIT_KEYS",
    "DJANGO_SETTINGS_MODULE",
    "TEST_VAR",
}


class Copy:
    """One started launcher and what it said."""

    def __init__(self, var: Path, port: int) -> None:
        self.var, self.port = var, port
        environment = {name: value for name, value in os.environ.items() if name not in NOT_OURS}
        self.said_to = var / "said.txt"
        with self.said_to.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "ccmp.launch"],
                cwd=ROOT,
                env={**environment, "VAR": str(var), "PORT": str(port), "DEMO": "none"},
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def said(self) -> str:
        return self.said_to.read_text(encoding="utf-8")

    def await_words(self, words: str, *, seconds: float = SECONDS_TO_PREPARE) -> None:
        wait_until(lambda: words in self.said() or self.process.poll() is not None, seconds=seconds)
        assert words in self.said(), self.said()

    def await_everything(self) -> None:
        self.await_words("Stop with Ctrl-C")
        wait_until(lambda: "beat: Starting" in (self.var / "log" / "beat.log").read_text(encoding="utf-8"))

    def is_ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/health/ready", timeout=5) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def end(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(60)


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


@pytest.fixture(scope="module")
def copies() -> Iterator[list[Copy]]:
    """One folder and one running copy for the module; a test that ended it leaves the next test to start it again."""
    with TemporaryDirectory(prefix="ccmp-") as folder:
        os.chmod(folder, 0o755)
        copies = [Copy(Path(folder), free_port())]
        yield copies
        for copy in copies:
            if copy.process.poll() is None:
                copy.end()


@pytest.fixture
def copy(copies: list[Copy]) -> Copy:
    if copies[-1].process.poll() is not None:
        copies.append(Copy(copies[-1].var, free_port()))
    copies[-1].await_everything()
    return copies[-1]


def write_a_village(var: Path) -> None:
    with psycopg.connect(host=str(places.socket_directory(var)), user="ccmp", dbname="ccmp") as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS probe (name text)")
        connection.execute("INSERT INTO probe VALUES ('云脚村')")


def villages(var: Path) -> int:
    with psycopg.connect(host=str(places.socket_directory(var)), user="ccmp", dbname="ccmp") as connection:
        [count] = connection.execute("SELECT count(*) FROM probe").fetchone() or (0,)
        return int(count)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("web", ("gunicorn",)),
        ("worker", ("celery", "worker")),
        ("beat", ("celery", "beat")),
        ("postgres", ("postgres", "-D")),
        ("valkey", ("valkey-server",)),
    ],
)
def test_a_part_that_is_killed_is_started_again_and_says_so(copy: Copy, name: str, words: tuple[str, ...]) -> None:
    write_a_village(copy.var)
    before = villages(copy.var)

    killed = the_one(copy.var, *words)
    killed.kill(signal.SIGKILL)

    copy.await_words(
        "was gone and was started again" if name in ("postgres", "valkey") else f"{name} was started again"
    )
    wait_until(copy.is_ready)
    wait_until(lambda: the_one(copy.var, *words).pid != killed.pid)
    assert re.search(rf"^{name} was (killed by SIGKILL|gone)", copy.said(), re.MULTILINE)
    assert villages(copy.var) == before


def test_a_second_copy_in_the_same_folder_is_refused_with_what_to_do(copy: Copy) -> None:
    said_by_the_first = copy.said()

    second = Copy(copy.var, free_port())

    assert second.process.wait(30) == 1
    assert f"make run VAR=var2 PORT={second.port + 1}" in second.said()
    copy.said_to.write_text(said_by_the_first)
    assert copy.is_ready()


def test_a_taken_port_is_named_with_what_to_do(tmp_path: Path) -> None:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen()
        port = door.getsockname()[1]

        refused = Copy(tmp_path, port)

        assert refused.process.wait(30) == 1
        assert f"127.0.0.1:{port} cannot be used (Address already in use)" in refused.said()
        assert f"make run PORT={port + 1}" in refused.said()


def test_two_copies_run_side_by_side(copy: Copy) -> None:
    with TemporaryDirectory(prefix="ccmp-") as folder:
        os.chmod(folder, 0o755)
        other = Copy(Path(folder), free_port())
        try:
            other.await_words("CCMP runs at")

            assert other.is_ready()
            assert copy.is_ready()
        finally:
            other.end()
        wait_until(lambda: processes_of(Path(folder)) == [])
        assert copy.is_ready()


def test_everything_killed_at_once_is_recovered_by_the_next_start(copy: Copy, copies: list[Copy]) -> None:
    write_a_village(copy.var)
    before = villages(copy.var)
    with redis.Redis(unix_socket_path=str(places.socket_directory(copy.var) / "valkey.sock")) as broker:
        broker.lpush("a queue", "a job")
    copy.process.send_signal(signal.SIGSTOP)  # it must not mend anything meanwhile
    for process in processes_of(copy.var):
        process.kill(signal.SIGKILL)
    copy.process.wait(10)

    again = Copy(copy.var, free_port())
    copies.append(again)
    again.await_everything()

    with redis.Redis(unix_socket_path=str(places.socket_directory(copy.var) / "valkey.sock")) as broker:
        job = broker.rpop("a queue")
    assert villages(copy.var) == before
    assert job == b"a job"


def test_a_workers_children_that_were_cut_off_are_ended_by_the_next_start(copy: Copy) -> None:
    """Worker and launcher killed in one moment: nobody is left to end the worker's children."""
    worker = the_one(copy.var, "celery", "worker")
    copy.process.send_signal(signal.SIGSTOP)
    worker.kill(signal.SIGKILL)
    copy.process.kill()
    copy.process.wait(10)

    again = Copy(copy.var, free_port())
    again.await_everything()
    again.end()

    assert processes_of(copy.var) == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP])
def test_a_stopped_launcher_leaves_nothing_running(copy: Copy, number: signal.Signals) -> None:
    assert copy.is_ready()

    code = copy.end(number)

    assert code == 0
    assert processes_of(copy.var) == []


def test_a_killed_launcher_takes_everything_with_it(copy: Copy) -> None:
    assert len(processes_of(copy.var)) > 8

    copy.end(signal.SIGKILL)

    wait_until(lambda: processes_of(copy.var) == [], seconds=20)


@pytest.mark.parametrize("how", ["the terminal is closed", "make is killed"])
def test_make_run_in_a_terminal_leaves_nothing_running_when(copy: Copy, how: str) -> None:
    copy.end()
    ours, terminal = os.openpty()
    make = subprocess.Popen(
        ["make", "run", f"VAR={copy.var}", f"PORT={free_port()}", "DEMO=none"],
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if name not in NOT_OURS},
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        start_new_session=True,
        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
    )
    os.close(terminal)
    said = b""
    while b"Stop with Ctrl-C" not in said:
        said += os.read(ours, 4096)

    if how == "make is killed":
        make.kill()
    os.close(ours)

    make.wait(30)
    wait_until(lambda: processes_of(copy.var) == [], seconds=30)


def work_of_reading_the_program_once() -> float:
    """Processor seconds of one process that reads all of it and does nothing."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [sys.executable, "-c", "import ccmp.celery, django; django.setup(); import ccmp.urls"], cwd=ROOT, check=True
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def test_a_second_start_works_no_more_than_its_processes_need_to_read_the_program(copy: Copy) -> None:
    """Launcher, web and worker each read it; counted in the processor's seconds of one run, so no machine decides."""
    copy.end()

    again = Copy(copy.var, free_port())
    again.await_words("CCMP runs at")
    worked = sum(process.worked() for process in processes_of(copy.var))
    again.end()

    assert "Preparing" not in again.said()
    assert worked <= 4 * work_of_reading_the_program_once()
