"""Working out what nobody claimed yet, for the whole register. Each task may run twice: the run says where it left off."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from celery import shared_task
from django.db import OperationalError, transaction

from ccmp import moments
from children.services.take_up import newest_unfinished, start_working_out, work_out_next_villages

LEFT_AFTER = timedelta(minutes=3)  # without a sign of life for so long, a worker was killed
SURE: dict[str, Any] = {
    "acks_late": True,
    "reject_on_worker_lost": True,
    "autoretry_for": (OperationalError,),
    "retry_backoff": True,
}


@shared_task(name="children.catch_up", **SURE)
def catch_up() -> None:
    """Begin with each new day, and with new rules; take up again what was left half-way."""
    at = moments.now()
    run = start_working_out(at=at) or newest_unfinished(touched_before=at - LEFT_AFTER)
    if run is not None:
        key = str(run.id)
        transaction.on_commit(lambda: work_out.delay(run_id=key))


@shared_task(name="children.work_out", **SURE)
def work_out(*, run_id: str) -> None:
    """Do some villages, and hand the rest to the queue's end: other work has its turn in between."""
    if work_out_next_villages(UUID(run_id), at=moments.now()):
        work_out.delay(run_id=run_id)
