"""Each night the retention schedule is executed. It may run twice."""

from celery import shared_task
from django.db import OperationalError

from ccmp import moments
from ccmp.privacy.services.retention import execute_schedule
from ccmp.walls.asking import whole_reach


@shared_task(
    name="privacy.retention",
    acks_late=True,
    reject_on_worker_lost=True,
    autoretry_for=(OperationalError,),
    retry_backoff=True,
)
@whole_reach("what is over is let go wherever it lies")
def retention() -> None:
    """Let go whatever is over by the schedule."""
    execute_schedule(at=moments.now())
