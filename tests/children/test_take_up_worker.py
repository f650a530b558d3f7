"""A real worker works the register out, is killed at a village's end, and the run is taken up where it was left."""

import os
import signal
from datetime import timedelta

import pytest
from django.db import transaction

from ccmp.moments import Month, now
from ccmp.people.entries import lock_villages
from children.enums import Means, Relation
from children.models import TakeUpMonth, TakeUpRun, Unclaimed
from children.services.grounds import GroundEntry, note_ground
from children.services.take_up import start_working_out
from children.tasks import catch_up, work_out
from tests.factories import CLOUD_FOOT, STONE_SHOOT, make_child, make_mother, make_places, parent
from tests.reports.test_tasks import _children as children_of
from tests.reports.test_tasks import until


@pytest.fixture
def run(worker) -> TakeUpRun:
    """Two villages with an orphan each, whose benefits nobody has worked out since they were noted."""
    make_places()
    at = now()
    for code in (CLOUD_FOOT, STONE_SHOOT):
        mother = make_mother(code)
        dead = [parent(one, died_on=at.date() - timedelta(days=400)) for one in (Relation.FATHER, Relation.MOTHER)]
        child = make_child(mother, code, parents=tuple(dead), at=at, made_at=at)
        entry = GroundEntry(child.id, Means.MONITORED, at.date() - timedelta(days=30))
        note_ground(entry=entry, by=mother, at=at)
    Unclaimed.objects.all().delete()
    begun = start_working_out(at=at)
    assert begun is not None
    return begun


def listed() -> list[tuple[str, str]]:
    rows = Unclaimed.objects.filter(benefit="orphan_allowance").order_by("village_code")
    return list(rows.values_list("village_code", "state"))


def is_finished(run: TakeUpRun) -> bool:
    return TakeUpRun.objects.get(pk=run.pk).finished_at is not None


def test_a_worker_killed_half_way_leaves_each_child_on_the_list_once(run, worker_process):
    with transaction.atomic():
        lock_villages([STONE_SHOOT])  # somebody writes there: the worker waits at that village
        work_out.delay(run_id=str(run.id))
        until(lambda: TakeUpRun.objects.get(pk=run.pk).reached == CLOUD_FOOT)
        half = (TakeUpRun.objects.get(pk=run.pk).done, listed())
        for child in children_of(worker_process.pid):
            os.kill(child, signal.SIGKILL)
    TakeUpRun.objects.filter(pk=run.pk, finished_at=None).update(touched_at=now() - timedelta(minutes=10))

    until(lambda: is_finished(run) or catch_up.delay() is None)

    assert half == (1, [(CLOUD_FOOT, "may_qualify")])
    assert listed() == [(CLOUD_FOOT, "may_qualify"), (STONE_SHOOT, "may_qualify")]
    assert TakeUpRun.objects.get(pk=run.pk).done == 2
    months = TakeUpMonth.objects.filter(month=str(Month.of(run.on))).order_by("village_code")
    assert [(one.village_code, one.counts["orphan_allowance"]) for one in months] == [
        (CLOUD_FOOT, [1, 0, 0]),
        (STONE_SHOOT, [1, 0, 0]),
    ]
