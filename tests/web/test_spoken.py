from datetime import date, datetime, timedelta

import pytest
from django.utils import translation

from ccmp.moments import CHINA
from ccmp.web import spoken


@pytest.fixture(params=["zh-hans", "en"])
def language(request):
    with translation.override(request.param):
        yield request.param


@pytest.fixture
def _chinese():
    with translation.override("zh-hans"):
        yield


THURSDAY = date(2026, 3, 5)
FRIDAY_MORNING = datetime(2026, 11, 6, 7, 30, tzinfo=CHINA)


def test_a_day_is_told_with_its_weekday(language):
    said = spoken.spoken_day(THURSDAY)

    assert said == {"zh-hans": "3月5日 周四", "en": "Thu 5 March"}[language]


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (date(2026, 3, 5), "今天"),
        (date(2026, 3, 6), "昨天"),
        (date(2026, 3, 4), "明天"),
        (date(2026, 3, 7), "3月5日 周四"),
        (date(2027, 3, 5), "2026年3月5日"),
    ],
)
@pytest.mark.usefixtures("_chinese")
def test_a_day_near_another_is_told_from_there(on, said):
    assert spoken.spoken_day(THURSDAY, on=on) == said


def test_a_birth_is_told_with_its_year_in_every_year(language):
    said = spoken.full_day(THURSDAY)

    assert said == {"zh-hans": "2026年3月5日", "en": "5 March 2026"}[language]


def test_a_moment_is_told_in_chinas_time(language):
    said = spoken.spoken_moment(datetime.fromisoformat("2026-11-05T23:30:00+00:00"))

    assert said == {"zh-hans": "11月6日 周五 07:30", "en": "Fri 6 November 07:30"}[language]


@pytest.mark.usefixtures("_chinese")
def test_a_moment_of_the_same_day_in_china_is_today_although_utc_has_another_date():
    just_after_midnight = datetime(2026, 11, 6, 0, 5, tzinfo=CHINA)

    assert spoken.spoken_moment(FRIDAY_MORNING, at=just_after_midnight) == "今天 07:30"


def test_a_week_is_told_by_its_first_and_last_day(language):
    within_a_month = spoken.spoken_week(date(2026, 2, 9))
    over_a_months_end = spoken.spoken_week(date(2026, 2, 23))

    assert (within_a_month, over_a_months_end) == {
        "zh-hans": ("2月9日–15日", "2月23日–3月1日"),
        "en": ("9–15 February", "23 February – 1 March"),
    }[language]


def test_a_month_is_told_with_its_year(language):
    assert spoken.spoken_month(date(2026, 10, 1)) == {"zh-hans": "2026年10月", "en": "October 2026"}[language]


@pytest.mark.parametrize(
    ("minutes", "chinese", "english"),
    [
        (0, "0 分", "0 min"),
        (40, "40 分", "40 min"),
        (200, "3 小时 20 分", "3 h 20 min"),
        (960, "16 小时", "16 h"),
    ],
)
def test_minutes_are_told_as_hours_and_minutes(language, minutes, chinese, english):
    assert spoken.spoken_minutes(minutes) == {"zh-hans": chinese, "en": english}[language]


def test_a_span_of_days_leaves_the_minutes_out(language):
    spans = [timedelta(days=3, hours=4, minutes=59), timedelta(days=1), timedelta(hours=2, minutes=10)]

    assert [spoken.spoken_span(span) for span in spans] == {
        "zh-hans": ["3 天 4 小时", "1 天", "2 小时 10 分"],
        "en": ["3 days 4 h", "1 day", "2 h 10 min"],
    }[language]


@pytest.mark.parametrize(
    ("minutes", "tenths"),
    [(0, "0"), (2, "0"), (3, "0.1"), (960, "16"), (1097, "18.3"), (73_440, "1,224"), (73_386, "1,223.1")],
)
def test_hours_have_one_decimal_and_halves_go_up(minutes, tenths):
    assert spoken.hours_in_tenths(minutes) == tenths


def test_no_rounding_carries_a_week_over_its_standard():
    wrong = []
    for required in range(32 * 60 + 1):
        standard = float(spoken.hours_in_tenths(required))
        for minutes in range(max(0, required - 12), required + 13):
            shown = float(spoken.hours_in_tenths(minutes, required=required))
            if (shown >= standard) != (minutes >= required):
                wrong.append((minutes, required))

    assert wrong == []


@pytest.mark.parametrize(
    ("born_on", "chinese", "english"),
    [
        (date(2026, 2, 6), "不满 1 个月", "under 1 month"),
        (date(2026, 2, 5), "1 个月", "1 month"),
        (date(2025, 8, 1), "7 个月", "7 months"),
        (date(2025, 3, 5), "1 岁", "1 year"),
        (date(2024, 7, 6), "1 岁 7 个月", "1 year 7 months"),
        (date(2023, 3, 6), "2 岁 11 个月", "2 years 11 months"),
        (date(2023, 3, 5), "3 岁", "3 years"),
        (date(2014, 3, 6), "11 岁", "11 years"),
    ],
)
def test_an_age_has_months_under_three(language, born_on, chinese, english):
    assert spoken.spoken_age(born_on, on=THURSDAY) == {"zh-hans": chinese, "en": english}[language]


@pytest.mark.parametrize(
    ("phone", "masked"),
    [("13800002207", "138 **** 2207"), ("0851-2622 1234", "085 **** 1234"), ("110", "****")],
)
def test_a_masked_phone_cannot_be_called(phone, masked):
    assert spoken.masked_phone(phone) == masked
