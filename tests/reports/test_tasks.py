"""The workers: a month by the broker, a worker killed half-way, what was left taken up."""

import os
import signal
import time
from datetime import timedelta

import pytest
from django.conf import settings

from ccmp import moments
from ccmp.reports.enums import Edition, ReportState
from ccmp.reports.models import MonthRun, Report
from ccmp.reports.services.retrying import left_half_way
from ccmp.reports.services.runs import count_month, start_run
from ccmp.reports.tasks import run_month, take_up
from tests.factories import SUIYANG, make_mother, make_places, make_session
from tests.reports.test_runs import MARCH, ON_THE_THIRD

SECONDS = 90


def until(true, *, seconds: int = SECONDS) -> None:
    """Wait for what the workers do; a test that waits in vain says so."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "the workers did not get there"
        time.sleep(0.2)


@pytest.fixture
def county(worker) -> MonthRun:
    make_places()
    make_session(make_mother())
    return start_run(month=MARCH, place_code=SUIYANG, at=ON_THE_THIRD)


def test_the_workers_make_a_month(county):
    run_month.delay(run_id=str(county.id))

    until(lambda: MonthRun.objects.get(pk=county.id).finished_at is not None)

    assert sorted(county.reports.values_list("edition", "state")) == [
        ("county", "printed"),
        *[("village", "printed")] * 3,
    ]
    assert not list((settings.MEDIA_ROOT / "reports").rglob(".*"))


def test_a_worker_killed_half_way_gives_one_report_and_not_two(county, worker_process):
    run_month.delay(run_id=str(county.id))
    until(lambda: county.reports.filter(state=ReportState.FROZEN).exists())

    for child in _children(worker_process.pid):
        os.kill(child, signal.SIGKILL)

    until(lambda: Report.objects.unfinished().exists() is False or _sent_again())
    until(lambda: MonthRun.objects.get(pk=county.id).finished_at is not None)
    assert sorted(county.reports.values_list("edition", "version", "state")) == [
        ("county", 1, "printed"),
        *[("village", 1, "printed")] * 3,
    ]
    assert all(report.files.count() == 2 and report.moves.count() == 3 for report in county.reports.all())


def _children(parent: int) -> list[int]:
    with open(f"/proc/{parent}/task/{parent}/children") as children:
        return [int(number) for number in children.read().split()]


def _sent_again() -> bool:
    take_up.delay(at_once=True)
    return True


@pytest.mark.django_db
def test_only_what_shows_no_sign_of_life_is_sent_again(mother):
    run = start_run(month=MARCH, place_code=SUIYANG, editions=[Edition.VILLAGE], at=ON_THE_THIRD)
    under_way, waiting, fresh = count_month(run.id, at=ON_THE_THIRD)
    at = moments.now()
    old = at - timedelta(minutes=31)
    Report.objects.filter(pk__in=[under_way, waiting, fresh]).update(made_at=old)
    Report.objects.filter(pk=under_way).update(state="counting", touched_at=at - timedelta(minutes=4))
    Report.objects.filter(pk=waiting).update(touched_at=old)
    Report.objects.filter(pk=fresh).update(state="counting", touched_at=at)

    assert set(left_half_way(at - timedelta(minutes=3), at=at)) == {under_way, waiting}


@pytest.mark.django_db
def test_a_report_that_takes_workers_down_is_given_up_after_a_day(mother):
    run = start_run(month=MARCH, place_code=SUIYANG, editions=[Edition.COUNTY], at=ON_THE_THIRD)
    (report_id,) = count_month(run.id, at=ON_THE_THIRD)
    at = moments.now()

    assert left_half_way(at, at=at) == []
    assert Report.objects.get(pk=report_id).state == ReportState.FAILED
