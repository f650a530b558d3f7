"""What the upkeep does by the calendar. Each task may run twice."""

import logging
from datetime import datetime, time, timedelta
from pathlib import Path

from celery import shared_task
from django.conf import settings
from django.core.cache import cache

from ccmp import moments
from ccmp.operations import backup
from ccmp.operations.signs_of_life import WORKER

log = logging.getLogger(__name__)

NIGHT = time(2, 30)  # in China


@shared_task(name="operations.back_up")
def back_up() -> None:
    """The night's backup, if it is not there yet."""
    folder = Path(settings.BACKUP_FOLDER)
    at = moments.now()
    if not is_due(backup.last_backup_at(folder), at=at):
        return
    try:
        backup.back_up(folder, at=at, keep=settings.BACKUP_KEEP)
    except backup.BackupFailed as failure:
        log.error("the night's backup was not made: %s", failure)


@shared_task(name="operations.show_life", ignore_result=True)
def show_life() -> None:
    """Beat sent it, the broker passed it on, a worker took it: all three work."""
    cache.set(WORKER, moments.now().timestamp(), timeout=None)


def is_due(last: datetime | None, *, at: datetime) -> bool:
    """Whether the last one is from before the last half past two at night."""
    night = datetime.combine(moments.day_of(at), NIGHT, tzinfo=moments.CHINA)
    if night > at:
        night -= timedelta(days=1)
    return last is None or last < night
