"""Database, broker, worker and disk go away while a mother's phone writes. Nothing that was kept is lost, nothing is kept twice."""

import json
import os
import re
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psycopg
import pytest
from celery import Celery

from tests.operations.stack import MORE_RECEIPTS, Phone, Stack, running_in
from tests.processes import wait_until

pytestmark = pytest.mark.django_db  # whose tables the stack takes over

TODAY = "/visits/today/"
AWAY = "系统暂时连不上"
TASK = "children.come_of_age"


@pytest.fixture(scope="module")
def stack(django_db_setup: None, django_db_blocker: Any) -> Iterator[Stack]:
    with TemporaryDirectory(prefix="ccmp-") as folder:
        os.chmod(folder, 0o755)
        with running_in(Path(folder), django_db_blocker) as stack:
            yield stack


@pytest.fixture
def phone(stack: Stack) -> Iterator[Phone]:
    phone = Phone(stack)
    phone.start()
    phone.await_more()
    yield phone
    phone.is_over = True


def nothing_was_lost(stack: Stack, phone: Phone) -> None:
    """Each entry of which the phone was told that it is kept is there, and has made one visit."""
    kept = phone.end()
    assert kept <= stack.ids_of_entries()
    assert stack.visits() == len(stack.ids_of_entries())


def test_the_database_is_killed_under_writes(stack: Stack, phone: Phone) -> None:
    stack.kill("postgres")

    wait_until(lambda: 503 in phone.answers, seconds=10)
    page = stack.as_mother(TODAY)
    assert (page.status, page.headers["Retry-After"]) == (503, "30")
    assert AWAY in page.text
    problem = stack.send({})
    assert (problem.status, problem.headers["Content-Type"]) == (503, "application/problem+json")
    ready = stack.get("/health/ready")
    assert (ready.status, json.loads(ready.text)["database"]) == (503, False)
    assert stack.get("/health/live").status == 200
    assert 'ccmp_well{part="database"} 0.0' in stack.get("/health/metrics").text

    stack.revive()

    phone.await_more()
    assert stack.as_mother(TODAY).status == 200
    assert stack.get("/health/ready").status == 200
    figures = stack.get("/health/metrics").text  # of both processes; the page was not yet known
    assert 'ccmp_requests_total{method="GET",page="none",status="503"} 1.0' in figures
    nothing_was_lost(stack, phone)


def test_what_she_typed_while_the_database_was_away_is_offered_again(stack: Stack) -> None:
    """Without a phone's outbox: a page's own form, and the browser vouches that it is ours."""
    stack.kill("postgres")
    form = "id=018f0000-0000-7000-8000-000000000001&outcome=nobody_home&password=secret-word"
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": f"sessionid={stack.people['session']}; csrftoken=" + "a" * 32,
    }
    sent = {"Sec-Fetch-Site": "same-origin", "X-CSRFToken": "a" * 32, **headers}

    with_password = stack.post("/visits/record/x/", form, **sent)
    page = stack.post(f"/visits/record/{stack.people['child']}/", form.rpartition("&")[0], **sent)
    foreign = stack.post(f"/visits/record/{stack.people['child']}/", form, **(sent | {"Sec-Fetch-Site": "cross-site"}))

    stack.revive()
    assert (page.status, '<input type="hidden" name="outcome" value="nobody_home">' in page.text) == (503, True)
    assert "再送一次" in page.text
    assert "secret-word" not in with_password.text + foreign.text
    assert 'name="outcome"' not in foreign.text


def test_the_broker_is_killed_under_writes(stack: Stack, phone: Phone) -> None:
    """Her pages and her entries need none."""
    stack.kill("valkey")

    phone.await_more()
    assert stack.as_mother(TODAY).status == 200
    ready = json.loads(stack.get("/health/ready").text)
    assert (ready["database"], ready["broker"]) == (True, False)

    stack.revive()

    phone.await_more()
    assert stack.get("/health/ready").status == 200
    assert set(phone.answers) == {200}
    nothing_was_lost(stack, phone)


def test_a_disk_without_room_and_then_with_room(stack: Stack, phone: Phone) -> None:
    with stack.no_file_longer_than(17 * 2**20):
        _fill(stack)

        wait_until(lambda: phone.answers[-5:].count(503) == 5, seconds=15)
        assert stack.as_mother(TODAY).status == 200  # what is there can be read

    phone.await_more()
    nothing_was_lost(stack, phone)


def _fill(stack: Stack) -> None:
    with stack.database() as line:
        for count in (5000, 100, 1):
            with pytest.raises(psycopg.errors.InternalError_, match="could not extend file"):
                _until_it_is_refused(line, MORE_RECEIPTS, count)


def _until_it_is_refused(line: "psycopg.Connection[Any]", query: str, count: int) -> None:
    for _ in range(200):
        line.execute(query, [count])


def test_the_web_finishes_what_it_has_begun_before_it_ends(stack: Stack) -> None:
    """A request waits for a row that somebody has locked; SIGTERM comes; the row is let go; the request is answered."""
    answered: list[int] = []
    with stack.database() as line, line.transaction():
        line.execute("LOCK TABLE visits_visit IN ACCESS EXCLUSIVE MODE")
        asking = threading.Thread(target=lambda: answered.append(stack.as_mother(TODAY).status))
        asking.start()
        _await_somebody_waiting(stack)
        assert stack.web is not None
        stack.web.send_signal(signal.SIGTERM)
        time.sleep(1)
        assert answered == []

    asking.join(15)

    assert answered == [200]
    assert stack.web.wait(20) == 0
    stack.start_web()


def test_a_task_is_finished_or_done_again_whatever_happens_to_its_worker(stack: Stack) -> None:
    """Each time a task waits for a locked table when something happens; each time it is done once."""
    worker = stack.start_worker()

    with _a_task_that_waits(stack):
        [child] = Path(f"/proc/{worker.pid}/task/{worker.pid}/children").read_text().split()
        os.kill(int(child), signal.SIGKILL)
    wait_until(lambda: _times_done(stack) == 1, seconds=20)

    with _a_task_that_waits(stack):
        worker.send_signal(signal.SIGQUIT)  # at once: what it has in hand goes back
        worker.wait(20)
    assert _times_done(stack) == 1
    worker = stack.start_worker()
    wait_until(lambda: _times_done(stack) == 2, seconds=20)

    with _a_task_that_waits(stack):
        worker.send_signal(signal.SIGTERM)  # when it has finished
        time.sleep(0.5)
        assert _times_done(stack) == 2
    assert worker.wait(20) == 0
    assert _times_done(stack) == 3


@contextmanager
def _a_task_that_waits(stack: Stack) -> Iterator[None]:
    with stack.database() as line, line.transaction():
        line.execute("LOCK TABLE children_child IN ACCESS EXCLUSIVE MODE")
        _send(stack, TASK)
        _await_somebody_waiting(stack)
        yield


def _send(stack: Stack, task: str) -> None:
    with Celery("told", broker=stack.broker, set_as_current=False) as broker:
        broker.send_task(task)


def _times_done(stack: Stack) -> int:
    return len(re.findall(rf"Task {re.escape(TASK)}\[\S+\] succeeded", stack.log("worker").read_text()))


def _await_somebody_waiting(stack: Stack) -> None:
    def waits() -> bool:
        with stack.database() as line:
            found = line.execute("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'").fetchone()
            return bool(found and found[0])

    wait_until(waits, seconds=15)
