"""Figures for the machine that watches, in Prometheus' text format: counts, ages and timings, and nobody's name."""

import os
import shutil
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import DatabaseError, InterfaceError
from kombu.exceptions import OperationalError as BrokerAway
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import REGISTRY
from redis.exceptions import RedisError

from ccmp.celery import app
from ccmp.operations.condition import backup_age, condition, worker_silent_for
from ccmp.operations.signs_of_life import tasks_counted
from ccmp.phone.models import OutboxEntry, Phone
from ccmp.walls.asking import whole_reach

QUEUE, IN_HAND = "celery", "unacked"  # the broker's list of what waits, and what a worker holds
AWAY = (DatabaseError, InterfaceError, BrokerAway, RedisError, OSError)


def figures(*, at: datetime) -> bytes:
    registry = CollectorRegistry()
    registry.register(_Now(at))
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        MultiProcessCollector(registry)
        return generate_latest(registry)
    return generate_latest(registry) + generate_latest(REGISTRY)


class _Now:
    """What is looked up when it is asked for. A part that is away has no figures; ccmp_well says that it is away."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def collect(self) -> Iterator[Metric]:
        well = GaugeMetricFamily("ccmp_well", "1 if a part is well", labels=["part"])
        for part in condition(at=self.at):
            well.add_metric([part.name], float(part.is_well))
        yield well
        for told in (_queue, _tasks, _phones, _disk, _ages):
            try:
                yield from list(told(self.at))
            except AWAY:
                continue


def _queue(_at: datetime) -> Iterable[Metric]:
    with app.connection_for_read() as line:
        client: Any = line.default_channel.client  # type: ignore[attr-defined]
        waiting, in_hand = client.llen(QUEUE), client.hlen(IN_HAND)
    yield GaugeMetricFamily("ccmp_tasks_waiting", "Tasks that no worker took yet", value=waiting)
    yield GaugeMetricFamily("ccmp_tasks_in_hand", "Tasks that a worker took and did not finish", value=in_hand)


def _tasks(_at: datetime) -> Iterable[Metric]:
    app.loader.import_default_modules()  # the web knows of no other tasks than those that its pages send
    counted, took = tasks_counted(sorted(name for name in app.tasks if not name.startswith("celery.")))
    tasks = CounterMetricFamily("ccmp_tasks", "Tasks by how they went", labels=["task", "went"])
    for (name, went), count in counted.items():
        tasks.add_metric([name, went.value], count)
    seconds = CounterMetricFamily("ccmp_task_seconds", "Time that tasks took", labels=["task"])
    for name, time in took.items():
        seconds.add_metric([name], time)
    return [tasks, seconds]


@whole_reach("phones are counted for the whole country")
def _phones(_at: datetime) -> Iterable[Metric]:
    in_use = Phone.objects.in_use()
    refused = OutboxEntry.objects.refused().count()
    return [
        GaugeMetricFamily("ccmp_phones", "Phones in use", value=in_use.count()),
        GaugeMetricFamily("ccmp_outbox_refused", "Entries of phones that were refused", value=refused),
        GaugeMetricFamily(
            "ccmp_phones_with_refused", "Phones that hold refused ones", value=in_use.with_refused().count()
        ),
    ]


def _disk(_at: datetime) -> Iterable[Metric]:
    yield GaugeMetricFamily("ccmp_disk_free_bytes", "Free where VAR lies", value=shutil.disk_usage(settings.VAR).free)


def _ages(at: datetime) -> Iterable[Metric]:
    if (age := backup_age(at)) is not None:
        yield GaugeMetricFamily("ccmp_backup_age_seconds", "Age of the newest backup", value=age.total_seconds())
    if (silent := worker_silent_for(at)) is not None:
        yield GaugeMetricFamily("ccmp_worker_silent_seconds", "Since a worker showed itself", value=silent)
