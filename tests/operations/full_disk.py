"""The disk on which everything lies is full in earnest. Run by tools/full_disk_drill.py, which makes the disk as root."""

import contextlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.operations.stack import MORE_RECEIPTS, ROOT, Phone, Stack, running_in
from tests.processes import wait_until

pytestmark = pytest.mark.django_db  # whose tables the stack takes over

TODAY = "/visits/today/"
AWAY = "系统暂时连不上"
BLOCKS = (2**20, 4096, 1)


@pytest.fixture(scope="module")
def disk() -> Path:
    return Path(os.environ["FULL_DISK"])


@pytest.fixture(scope="module")
def stack(disk: Path, django_db_setup: None, django_db_blocker: Any) -> Iterator[Stack]:
    var = disk / "var"
    var.mkdir(mode=0o755)
    with running_in(var, django_db_blocker, LOWEST_FREE_DISK=str(2**20)) as stack:  # the disk is a small one
        yield stack


@contextlib.contextmanager
def full(disk: Path) -> Iterator[None]:
    """Not a byte is left; afterwards there is room again."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in BLOCKS:
            with contextlib.suppress(OSError):
                while file.write(bytes(size)):
                    pass
    try:
        assert os.statvfs(disk).f_bavail == 0
        yield
    finally:
        filler.unlink()


def fill_tables(stack: Stack) -> str:
    """Receipts come in until there is no page for one more."""
    said = ""
    for count in (5000, 100, 1):
        said = until_it_is_over(stack, MORE_RECEIPTS, [count])
    return said


def fill_log(stack: Stack) -> str:
    """PostgreSQL's log of what was written grows until there is no piece for more of it."""
    return until_it_is_over(stack, "SELECT pg_logical_emit_message(false, 'filling', repeat('x', %s))", [2**20])


def until_it_is_over(stack: Stack, statement: str, values: list[int]) -> str:
    """What it then did. Its own log lies on the same disk and can tell nothing."""
    try:
        with stack.database() as line:
            while True:
                line.execute(statement, values)
    except psycopg.errors.DiskFull:
        return "refused"
    except psycopg.OperationalError:
        return "broke off"


def assert_calm(stack: Stack, phone: Phone) -> None:
    """What can be read is read, everything else is told in words, and nothing is a fault of the program."""
    page = stack.as_mother(TODAY)
    assert page.status == 200 or (page.status == 503 and AWAY in page.text)
    assert stack.get("/health/live").status == 200
    ready = stack.get("/health/ready")
    assert (ready.status, json.loads(ready.text)["disk"]) == (503, False)
    assert set(phone.answers) <= {200, 503}


def assert_nothing_was_lost(stack: Stack, phone: Phone) -> None:
    """Each entry that the phone was told is kept is there and made one visit; and the trail of it all is whole."""
    kept = phone.end()
    assert kept <= stack.ids_of_entries()
    assert stack.visits() == len(stack.ids_of_entries())
    for command in ("seal_audit", "verify_audit"):
        done = subprocess.run(
            [sys.executable, "-m", "django", command],
            cwd=ROOT,
            env=stack.environment,
            check=False,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stdout + done.stderr[-1000:]
    assert "The trail is whole." in done.stdout


def until_written_again(stack: Stack, phone: Phone) -> float:
    """Seconds from the moment at which there is room. A server that ended is begun anew, as its supervisor does."""
    began, wanted = time.monotonic(), len(phone.kept) + 3

    def is_written() -> bool:
        stack.revive()
        return len(phone.kept) >= wanted

    wait_until(is_written, seconds=60)
    return time.monotonic() - began


@pytest.mark.parametrize("fill", [fill_tables, fill_log])
def test_there_is_no_room_and_then_there_is_room(disk: Path, stack: Stack, fill: Callable[[Stack], str]) -> None:
    phone = Phone(stack)
    phone.start()
    phone.await_more()
    did: list[str] = []

    def is_refused() -> bool:
        did.append(fill(stack))
        problem = stack.send({})
        is_problem = (problem.status, problem.headers.get("Content-Type")) == (503, "application/problem+json")
        return is_problem and phone.answers[-3:].count(503) == 3

    with full(disk):
        wait_until(is_refused, seconds=60)
        assert_calm(stack, phone)

    seconds = until_written_again(stack, phone)
    assert stack.as_mother(TODAY).status == 200
    assert stack.get("/health/ready").status == 200
    assert_nothing_was_lost(stack, phone)
    answers = {status: phone.answers.count(status) for status in sorted(set(phone.answers))}
    sys.stdout.write(
        f"\n{fill.__name__}: PostgreSQL {', then '.join(sorted(set(did)))}; written again {seconds:.1f} s after there was room;"
        f" the phone heard {answers}\n"
    )
