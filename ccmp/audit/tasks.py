"""The trail's own work, by the calendar. Each may run twice."""

from celery import shared_task

from ccmp import moments
from ccmp.audit import months, sealing


@shared_task(name="audit.seal")
def seal() -> None:
    """Put what was written since the last time into the chain."""
    sealing.seal_trail(at=moments.now())


@shared_task(name="audit.make_months")
def make_months() -> None:
    """Make the tables of the next months."""
    months.make_months(at=moments.now())
