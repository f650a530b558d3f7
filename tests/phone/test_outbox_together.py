"""The outbox under what really happens: delivered by two at once, in any order, with servers that die in between."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, connections, transaction

from ccmp.people.entries import lock_villages
from ccmp.people.models import User
from ccmp.phone.entries import Answer
from ccmp.phone.models import OutboxEntry
from children.models import Child
from tests.factories import CLOUD_FOOT
from tests.phone.sending import flag_of, of_page, registration_of, session_of, take, visit_of
from tests.walls.asked import as_the_whole
from visits.models import Flag, Visit

pytestmark = pytest.mark.django_db(transaction=True)

IN_A_PROCESS = """
import json, sys, django
django.setup()
from ccmp.people.asking import asks
from ccmp.people.models import User
from ccmp.phone.services.outbox import take_outbox
from tests.factories import NOW
given = json.load(sys.stdin)
her = User.objects.get(pk=given["by"])
with asks(her):
    take_outbox(entries=given["entries"], by=her, phone=None, at=NOW, clock=None)
"""


def a_day(child: Child) -> list[dict[str, Any]]:
    """Twelve entries that do not hang on each other: of three who are alike, each was told apart where she wrote it down."""
    visits = [visit_of(child.id, f"2026-03-11 {hour}:05") for hour in range(10, 14)]
    flags = [flag_of(child.id, f"2026-03-11 {hour}:35") for hour in range(10, 14)]
    homes = [registration_of(name=name, another_child="on") for name in ("陈一", "陈二", "陈三")]
    return [*visits, *flags, *homes, of_page("clubs:times", opens0="09:00", closes0="12:00")]


def at_once(deliveries: list[Callable[[], list[Answer]]]) -> list[list[Answer]]:
    start = Barrier(len(deliveries))

    def run(deliver: Callable[[], list[Answer]]) -> list[Answer]:
        start.wait(10)
        try:
            return deliver()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(deliveries), initializer=as_the_whole) as threads:
        return list(threads.map(run, deliveries))


@contextmanager
def nobody_writes_in_the_village() -> Iterator[None]:
    with transaction.atomic():
        lock_villages([CLOUD_FOOT])
        yield


def pid_that_waits() -> int:
    """The server process of a delivery whose receipt is written and whose effect waits for the village."""
    for _try in range(400):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
            rows = cursor.fetchall()
        if rows:
            return int(rows[0][0])
        time.sleep(0.05)
    raise AssertionError("nobody waits")


def held() -> Counter[str]:
    return Counter(
        {"visits": Visit.objects.count(), "flags": Flag.objects.count(), "children": Child.objects.count()}
        | {"kept": OutboxEntry.objects.kept().count(), "refused": OutboxEntry.objects.refused().count()}
    )


def test_two_deliveries_at_once_are_done_once(mother, child):
    entries = a_day(child)

    answers = at_once([lambda: take(mother, *entries), lambda: take(mother, *entries)])

    assert [answer.is_kept for one in answers for answer in one] == [True] * 24
    assert held() == Counter({"visits": 4, "flags": 4, "children": 4, "kept": 12, "refused": 0})


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_deliveries_in_any_order_and_number_end_alike(mother, child, seed):
    entries, chance = a_day(child), random.Random(seed)
    shuffled = [chance.sample(entries, len(entries)) for _delivery in range(4)]

    answers = at_once([lambda one=one: take(mother, *one) for one in shuffled])

    assert [answer.is_kept for one in answers for answer in one] == [True] * 48
    assert held() == Counter({"visits": 4, "flags": 4, "children": 4, "kept": 12, "refused": 0})
    assert set(OutboxEntry.objects.values_list("times_sent", flat=True)) == {4}


def test_the_same_entry_mended_while_it_is_delivered_is_kept_once(mother, child):
    entry = visit_of(child.id)
    other = {**entry, "body": {**entry["body"], "fields": {**entry["body"]["fields"], "outcome": ["refused"]}}}

    answers = at_once([lambda: take(mother, entry), lambda: take(mother, other)])

    assert sorted(answer.is_kept for one in answers for answer in one) == [False, True]
    assert held()["visits"] == 1


def test_two_at_the_same_door_open_it_once(mother):
    entries = [session_of(closed_at=None) for _phone in range(2)]

    answers = at_once([lambda one=one: take(mother, one) for one in entries])

    assert sorted((answer.is_kept, answer.is_again) for one in answers for answer in one) == [
        (False, False),
        (True, False),
    ]


def test_a_connection_that_breaks_leaves_neither_effect_nor_receipt(mother, child):
    entries = [visit_of(child.id), flag_of(child.id)]

    def cut() -> list[Answer]:
        with nobody_writes_in_the_village(), connection.cursor() as cursor:
            for _each_try in range(3):
                cursor.execute("SET LOCAL ROLE NONE; SELECT pg_terminate_backend(%s)", [pid_that_waits()])
                time.sleep(0.3)
        return []

    first = at_once([lambda: take(mother, *entries), cut])[0]
    then = held()
    second = take(mother, *entries)

    assert [(answer.is_kept, answer.is_again) for answer in first] == [(False, True), (True, False)]
    assert then == Counter({"visits": 0, "flags": 1, "children": 1, "kept": 1, "refused": 0})
    assert [answer.is_kept for answer in second] == [True, True]
    assert held() == Counter({"visits": 1, "flags": 1, "children": 1, "kept": 2, "refused": 0})


def test_a_server_that_is_killed_leaves_neither_effect_nor_receipt(mother, child):
    entries = [flag_of(child.id), visit_of(child.id), visit_of(child.id, "2026-03-11 17:00")]
    take(mother, entries[0])

    with nobody_writes_in_the_village():
        server = _started(mother, entries)
        pid_that_waits()
        os.kill(server.pid, signal.SIGKILL)
        server.wait(10)
    then = held()
    answers = take(mother, *entries)

    assert then == Counter({"visits": 0, "flags": 1, "children": 1, "kept": 1, "refused": 0})
    assert [answer.is_kept for answer in answers] == [True, True, True]
    assert held() == Counter({"visits": 2, "flags": 1, "children": 1, "kept": 3, "refused": 0})


def _started(by: User, entries: list[dict[str, Any]]) -> "subprocess.Popen[bytes]":
    """A server of its own on this test's database, in the middle of taking these."""
    database = {"TEST_DATABASE_NAME": str(connection.settings_dict["NAME"])}
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", **database}
    server = subprocess.Popen(
        [sys.executable, "-c", IN_A_PROCESS], cwd=settings.BASE_DIR, env=environment, stdin=subprocess.PIPE
    )
    assert server.stdin is not None
    server.stdin.write(json.dumps({"by": str(by.pk), "entries": entries}).encode())
    server.stdin.close()
    return server
