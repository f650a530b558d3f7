"""An office's time for its answer: working days, without the days off of the yearly notice, with its make-up days."""

from datetime import date, timedelta
from itertools import product

import pytest
from django.urls import reverse

from ccmp.moments import day_of, now
from ccmp.places.enums import DayKind
from ccmp.places.rules.working_days import day_after_working_days, working_days_since
from children.rules.answers import answer_clock
from children.services.entitlements import ApplicationEntry, note_application
from tests.children.test_take_up import make_orphan

# The National Day of 2026: off from 1 to 7 October, worked on Sunday 27 September and Saturday 10 October.
OFF = {date(2026, 10, day): DayKind.PUBLIC_HOLIDAY for day in range(1, 8)}
NOTICE = {**OFF, date(2026, 9, 27): DayKind.MAKEUP_WORKDAY, date(2026, 10, 10): DayKind.MAKEUP_WORKDAY}


@pytest.mark.parametrize(
    ("applied_on", "within", "due_on"),
    [
        (date(2026, 9, 14), 5, date(2026, 9, 21)),  # a Monday; five days on is the next Monday
        (date(2026, 9, 19), 5, date(2026, 9, 25)),  # a Saturday counts for nothing
        (date(2026, 9, 25), 1, date(2026, 9, 27)),  # a Friday before a Sunday that is worked
        (date(2026, 9, 30), 1, date(2026, 10, 8)),  # over the seven days off
        (date(2026, 9, 30), 3, date(2026, 10, 10)),  # and a Saturday that is worked
    ],
)
def test_the_last_day_for_an_answer(applied_on, within, due_on):
    clock = answer_clock(applied_on, within, on=due_on, notice=NOTICE)

    assert (clock.due_on, clock.waited, clock.is_late, clock.days_late, clock.days_left) == (
        due_on,
        within,
        False,
        0,
        0,
    )


def test_the_day_after_the_last_one_is_late_even_before_a_working_day_has_passed():
    friday = answer_clock(date(2026, 9, 11), 5, on=date(2026, 9, 19), notice=NOTICE)
    monday = answer_clock(date(2026, 9, 11), 5, on=date(2026, 9, 21), notice=NOTICE)

    assert (friday.due_on, friday.is_late, friday.days_late) == (date(2026, 9, 18), True, 0)
    assert (monday.is_late, monday.days_late) == (True, 1)


def test_counting_forward_and_back_agree():
    for start, days in product(range(60), range(1, 40)):
        day = date(2026, 8, 20) + timedelta(days=start)

        assert working_days_since(day, on=day_after_working_days(day, days, NOTICE), notice=NOTICE) == days


def test_an_answer_that_is_late_is_said_on_the_childs_page_and_on_the_list(client, mother, officer):
    child = make_orphan(mother)
    applied_on = day_of(now()) - timedelta(days=80)
    note_application(entry=ApplicationEntry(child.id, "orphan_allowance", applied_on), by=mother, at=now())
    client.force_login(officer)

    page = client.get(reverse("children:entitlements-of", args=[child.id])).content.decode()
    [line] = [
        one
        for one in client.get(reverse("children:entitlements"), {"state": "applied"}).context["rows"]
        if one.benefit.code == "orphan_allowance"
    ]

    assert "答复已超期" in page
    assert f"超期 {line.clock.days_late} 个工作日" in page
    assert line.clock.is_late
    assert line.next_step.who == "township"
