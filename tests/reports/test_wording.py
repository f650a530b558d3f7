from datetime import date

import pytest
from django.utils.translation import override

from ccmp.reports.rules import wording
from tests.reports.months import at, week


@pytest.mark.parametrize(
    ("opened", "expected"), [(959, "15.9"), (957, "15.9"), (821, "13.7"), (0, "0.0"), (412, "6.9"), (600, "10.0")]
)
def test_a_short_week_never_reads_like_a_met_one(opened, expected):
    assert wording.open_hours(week(date(2026, 10, 12), 960, opened)) == expected


def test_a_rounding_never_turns_a_met_week_into_a_short_one():
    for required in range(1, 1000):
        met = week(date(2026, 10, 12), required, required)
        assert float(wording.open_hours(met)) >= float(wording.hours(required))


def test_a_gap_of_a_minute_is_not_told_as_none():
    assert wording.gap_hours(week(date(2026, 10, 12), 960, 959)) == "0.1"


@pytest.mark.parametrize(
    ("part", "whole", "expected"), [(999, 1000, 99), (1, 1000, 1), (0, 9, 0), (9, 9, 100), (1264, 1256, 101), (0, 0, 0)]
)
def test_per_cent_never_says_all_of_less_or_none_of_something(part, whole, expected):
    assert wording.percent(part, whole) == expected


def test_durations_and_days_in_both_languages():
    with override("zh-hans"):
        assert (wording.duration(260), wording.duration(120), wording.duration(20)) == ("4小时20分", "2小时", "20分")
        assert (wording.day(date(2026, 10, 5)), wording.weeks_in_words(5), wording.weeks_in_words(2)) == (
            "10月5日",
            "五周",
            "两周",
        )
    with override("en"):
        assert (wording.duration(260), wording.day(date(2026, 10, 5)), wording.weeks_in_words(1)) == (
            "4 h 20 min",
            "5 October",
            "1 week",
        )


def test_midnight_is_told_as_the_end_of_the_day_before():
    assert wording.cut_off(at(2026, 11, 2, 16)) == "2026-11-02 24:00"
    assert wording.cut_off(at(2026, 11, 2, 1)) == "2026-11-02 09:00"


def test_weekdays_that_follow_each_other_are_a_span():
    with override("en"):
        assert wording.weekdays((0, 1, 2, 3, 4)) == "Monday to Friday"
        assert wording.weekdays((5, 6)) == "Saturday, Sunday"


def test_hidden_counts_have_their_words():
    with override("zh-hans"):
        assert [wording.published(one) for one in (0, 5, "1-4", None)] == ["0", "5", "少于5", "–"]
