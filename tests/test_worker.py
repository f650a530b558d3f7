"""The worker that tests may use is a real one, in a process of its own, behind the broker."""

import os

from ccmp.celery import app


def test_a_worker_answers_through_the_broker_from_another_process(worker: None) -> None:
    answers = app.control.inspect(timeout=10, limit=1).stats()

    [stats] = answers.values()
    assert stats["pid"] != os.getpid()
    assert len(stats["pool"]["processes"]) == 2
