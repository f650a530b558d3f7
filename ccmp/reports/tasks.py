"""Work of the reports that may take a while. Each task may run twice: the rows say what is still to do."""

import logging
from datetime import timedelta
from typing import Any
from uuid import UUID

from celery import shared_task
from celery.signals import worker_ready
from django.db import OperationalError, transaction

from ccmp import moments
from ccmp.handing_over import hand_over
from ccmp.reports.enums import RunState
from ccmp.reports.models import MonthRun, Report
from ccmp.reports.services.font_cutting import say_how_fonts_are_cut
from ccmp.reports.services.freezing import freeze_report
from ccmp.reports.services.printing import give_up, print_frozen_report
from ccmp.reports.services.retrying import left_half_way
from ccmp.reports.services.runs import count_month, finish_run_if_done, months_due, start_run
from ccmp.walls.asking import whole_reach

log = logging.getLogger(__name__)

LEFT_AFTER = timedelta(minutes=3)  # without a sign of life for so long, a worker was killed
SURE: dict[str, Any] = {
    "acks_late": True,
    "reject_on_worker_lost": True,
    "autoretry_for": (OperationalError,),
    "retry_backoff": True,
}


@worker_ready.connect
def _take_over(**_signal: object) -> None:
    say_how_fonts_are_cut()
    take_up.delay(at_once=True)


@shared_task(name="reports.run_month", **SURE)
@whole_reach("a month is counted for every village of its place")
def run_month(*, run_id: str) -> None:
    """Count a month and send each of its reports to a worker."""
    for report_id in count_month(UUID(run_id), at=moments.now()):
        print_report.delay(report_id=str(report_id))


@shared_task(name="reports.print_report", **SURE)
@whole_reach("a report is frozen from what was counted of its place")
def print_report(*, report_id: str) -> None:
    """Freeze one report and make its files; whatever of it is done already is not done again."""
    key = UUID(report_id)
    run_id = Report.objects.filter(pk=key).values_list("run_id", flat=True).first()
    try:
        freeze_report(key, at=moments.now())
        print_frozen_report(key, at=moments.now())
    except OperationalError:
        raise
    except Exception:
        log.exception("report %s could not be made", key)
        give_up(key, at=moments.now())
    if run_id is not None:
        finish_run_if_done(run_id, at=moments.now())


@shared_task(name="reports.catch_up", **SURE)
@whole_reach("a month is begun for the whole country")
def catch_up() -> None:
    """Begin each month whose day has come (the third of the next month, 02:00 in China) and that nobody began."""
    at = moments.now()
    for month in months_due(at=at):
        begin(start_run(month=month, at=at))


@shared_task(name="reports.take_up", **SURE)
@whole_reach("what a killed worker left is looked for everywhere")
def take_up(*, at_once: bool = False) -> None:
    """Send again what was left half-way. One that is in a worker's hands is locked, and nothing happens to it twice.

    `at_once` does not wait for a sign of life: a worker that starts may follow one that was killed.
    """
    at = moments.now()
    left = at if at_once else at - LEFT_AFTER
    for run in MonthRun.objects.unfinished().filter(touched_at__lt=left).order_by("started_at", "id"):
        if run.state == RunState.COUNTING:
            run_month.delay(run_id=str(run.id))
        else:
            finish_run_if_done(run.id, at=at)
    for report_id in left_half_way(left, at=at):
        print_report.delay(report_id=str(report_id))


def begin(run: MonthRun) -> None:
    """Hand a run to the workers once its row is there for them to see."""
    transaction.on_commit(lambda: hand_over(run_month, run_id=str(run.id)))


def print_again(report: Report) -> None:
    transaction.on_commit(lambda: hand_over(print_report, report_id=str(report.id)))
