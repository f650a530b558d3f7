from datetime import UTC, datetime

import pytest

from ccmp.moments import CHINA, Month
from ccmp.reports.rules import periods


def china(*moment: int) -> datetime:
    return datetime(*moment, tzinfo=CHINA)


def test_facts_count_until_midnight_before_the_third():
    assert periods.regular_cut_off(Month(2026, 10)) == china(2026, 11, 3)


def test_reports_are_made_at_two_on_the_third():
    assert periods.made_at(Month(2026, 10)) == china(2026, 11, 3, 2)


def test_a_month_ends_with_the_last_of_its_weeks():
    assert periods.ends_at(Month(2026, 10)) == china(2026, 11, 2)  # its last week ends on Sunday 1 November
    assert periods.ends_at(Month(2026, 11)) == china(2026, 12, 1)


def test_a_month_whose_last_thursday_is_its_last_day_waits_for_its_week():
    december = Month(2026, 12)  # 31 December is a Thursday, the week ends on Sunday 3 January

    assert periods.regular_cut_off(december) == china(2027, 1, 4)
    assert periods.made_at(december) == china(2027, 1, 4, 2)
    assert not periods.is_over(december, at=china(2027, 1, 3, 23, 59))


@pytest.mark.parametrize(
    ("at", "expected"),
    [(china(2026, 11, 2, 9), china(2026, 11, 2, 9)), (china(2026, 12, 24), china(2026, 11, 3))],
)
def test_the_cut_off_is_the_regular_one_or_the_run_s_own_moment_when_that_is_earlier(at, expected):
    assert periods.cut_off(Month(2026, 10), at=at) == expected


def test_the_cut_off_is_told_in_china_s_time():
    assert (
        periods.cut_off(Month(2026, 10), at=datetime(2026, 11, 2, 3, tzinfo=UTC)).isoformat()
        == "2026-11-02T11:00:00+08:00"
    )
