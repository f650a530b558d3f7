from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from ccmp.places.enums import DayKind
from ccmp.places.models import CalendarDay
from ccmp.places.services.import_holidays import ESTIMATE, NOTICE, ImportedYear, import_holidays

pytestmark = pytest.mark.django_db


def october(year: int) -> dict[int, str]:
    days = CalendarDay.objects.filter(day__year=year, day__month=10)
    return {one.day.day: one.kind for one in days}


def test_the_whole_stretch_of_the_notice_is_off_and_an_ordinary_weekend_is_not() -> None:
    done = import_holidays(years=[2026])

    assert done == [ImportedYear(2026, 33, 6, NOTICE, 0)]
    assert october(2026) == dict.fromkeys(range(1, 8), DayKind.PUBLIC_HOLIDAY) | {10: DayKind.MAKEUP_WORKDAY}
    assert CalendarDay.objects.get(day=date(2026, 2, 17)).name == "春节"


def test_a_year_past_the_last_notice_is_an_estimate_and_says_so() -> None:
    said, warned = StringIO(), StringIO()

    call_command("import_holidays", "2035", stdout=said, stderr=warned)

    assert set(CalendarDay.objects.values_list("source", "kind")) == {(ESTIMATE, DayKind.PUBLIC_HOLIDAY)}
    assert october(2035) == dict.fromkeys((1, 2, 3), DayKind.PUBLIC_HOLIDAY)
    assert "2035: 13 days off, 0 make-up working days." in said.getvalue()
    assert "entered as an estimate" in warned.getvalue()


def test_entered_again_nothing_changes() -> None:
    import_holidays(years=[2026])
    before = list(CalendarDay.objects.order_by("day").values_list())

    import_holidays(years=[2026])

    assert list(CalendarDay.objects.order_by("day").values_list()) == before


def test_an_estimate_gives_way_to_the_notice_and_a_day_entered_by_hand_stays() -> None:
    CalendarDay.objects.create(day=date(2026, 3, 3), kind=DayKind.PUBLIC_HOLIDAY, name="旧", source=ESTIMATE)
    CalendarDay.objects.create(day=date(2026, 10, 1), kind=DayKind.MAKEUP_WORKDAY, name="值班", source="县政府通知")

    done = import_holidays(years=[2026])

    assert done == [ImportedYear(2026, 32, 6, NOTICE, 1)]
    assert october(2026)[1] == DayKind.MAKEUP_WORKDAY
    assert not CalendarDay.objects.filter(day=date(2026, 3, 3)).exists()
