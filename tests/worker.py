"""A real Celery worker on the database of the test."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from ccmp.celery import app
from ccmp.local_servers.processes import dies_with_its_parent, tail

ROOT = Path(__file__).resolve().parent.parent
COMMAND = ("celery", "-A", "ccmp", "worker", "-P", "prefork", "-c", "2", "--without-mingle", "--without-gossip")
SECONDS_TO_START = 60.0


@pytest.fixture(scope="session")
def worker_process(django_db_setup: None, django_db_blocker) -> Iterator[subprocess.Popen[bytes]]:
    """`celery worker` as in production: its own process, two children, the broker in between."""
    with django_db_blocker.unblock():
        name = str(connection.settings_dict["NAME"])
    app.control.purge()  # what other tests queued without a worker is nobody's business
    log = Path(settings.VAR) / "log" / f"worker-{name}.log"
    log.parent.mkdir(exist_ok=True)
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", *COMMAND, "--loglevel", "INFO"],
            cwd=ROOT,
            env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "TEST_DATABASE_NAME": name},
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=dies_with_its_parent(signal.SIGQUIT, parent=os.getpid()),
        )
    await_words(" ready.", log=log, process=process)
    yield process
    process.send_signal(signal.SIGQUIT)
    try:
        process.wait(30)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@pytest.fixture
def worker(worker_process: subprocess.Popen[bytes], transactional_db: None) -> Iterator[None]:
    """The worker sees what is committed, so a test that uses it commits: its tables are emptied afterwards."""
    yield
    app.control.purge()


def await_words(words: str, *, log: Path, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while words not in log.read_text(encoding="utf-8", errors="replace"):
        if process.poll() is not None or time.monotonic() > deadline:
            pytest.fail(f"The Celery worker does not start. {log} ends with:\n{tail(log, 20)}")
        time.sleep(0.05)
