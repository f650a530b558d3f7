"""Several sealers on real connections while lines are written: each line gets one place, and no place is left out."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier, Event
from typing import Any

import pytest
from django.db import connections, transaction

from ccmp.audit import sealing
from ccmp.audit.models import AuditEntry, AuditSeal
from ccmp.audit.record import record
from ccmp.audit.sealing import seal_trail
from ccmp.audit.verifying import verify_trail
from ccmp.people.models import User
from tests.factories import moment
from tests.walls.asked import as_the_whole

pytestmark = pytest.mark.django_db(transaction=True)
AT = moment("2026-03-10 09:00")
LINES = 120


def at_once(*deeds: Callable[[], Any]) -> list[Any]:
    """What each returned. An error of any of them is raised."""
    start = Barrier(len(deeds))

    def run(deed: Callable[[], Any]) -> Any:
        start.wait(10)
        try:
            return deed()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(deeds), initializer=as_the_whole) as threads:
        return list(threads.map(run, deeds))


def write(user: User, number: int) -> None:
    for which in range(number):
        record(by=user, at=AT + timedelta(seconds=which), did="read", on=user, which=which)


def sealed() -> list[tuple[int, int]]:
    """Place and line, along the chain."""
    return list(AuditSeal.objects.order_by("sequence").values_list("sequence", "entry_id"))


def assert_each_line_has_one_place() -> None:
    places = sealed()
    assert [place for place, _line in places] == list(range(1, len(places) + 1))
    assert sorted(line for _place, line in places) == sorted(AuditEntry.objects.values_list("pk", flat=True))
    assert verify_trail().wrong == []


def test_two_sealers_share_what_is_there_and_give_each_line_one_place(
    mother: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealing, "AT_ONCE", 7)  # they take turns many times
    write(mother, LINES)
    waiting = AuditEntry.objects.unsealed().count()

    one, other = at_once(lambda: seal_trail(at=AT), lambda: seal_trail(at=AT))

    assert (one + other, seal_trail(at=AT)) == (waiting, 0)
    assert waiting >= LINES
    assert_each_line_has_one_place()


def test_sealers_while_two_write_leave_no_gap(mother: User, officer: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "AT_ONCE", 7)
    are_written = Event()

    def seal_until_all_is_written() -> int:
        number = 0
        while not are_written.is_set():
            number += seal_trail(at=AT)
        return number

    def write_both() -> None:
        try:
            at_once(lambda: write(mother, LINES), lambda: write(officer, LINES))
        finally:
            are_written.set()

    first, second, third, _written = at_once(*[seal_until_all_is_written] * 3, write_both)
    seal_trail(at=AT, everything=True)

    assert first + second + third > 0
    assert_each_line_has_one_place()


def test_a_line_that_was_begun_earlier_and_committed_later_stands_behind_in_the_chain(mother: User) -> None:
    """Its number is lower than that of a line which is sealed already; it is neither left out nor put between."""
    is_begun, is_sealed = Event(), Event()

    def hold_one_back() -> int:
        with transaction.atomic():
            record(by=mother, at=AT, did="read", on=mother, held="back")
            held = AuditEntry.objects.latest("id").pk
            is_begun.set()
            assert is_sealed.wait(10)
        return held

    def seal_meanwhile() -> int:
        assert is_begun.wait(10)
        write(mother, 1)
        seal_trail(at=AT)
        later = AuditEntry.objects.latest("id").pk
        is_sealed.set()
        return later

    held, later = at_once(hold_one_back, seal_meanwhile)
    seal_trail(at=AT)

    place = {line: which for which, line in sealed()}
    assert held < later
    assert place[held] > place[later]
    assert_each_line_has_one_place()


def test_while_one_seals_another_does_nothing_and_waits_for_nobody(mother: User) -> None:
    write(mother, 3)
    is_at_it, may_end = Event(), Event()

    def seal_slowly() -> int:
        with transaction.atomic():
            number = sealing._seal_some(everything=False)
            is_at_it.set()
            assert may_end.wait(10)
        return number

    def seal_beside_it() -> int:
        assert is_at_it.wait(10)
        number = seal_trail(at=AT)
        may_end.set()
        return number

    slow, beside = at_once(seal_slowly, seal_beside_it)

    assert (slow >= 3, beside) == (True, 0)
    assert_each_line_has_one_place()
