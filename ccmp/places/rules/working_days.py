"""Working days: Monday to Friday without the days off of the yearly notice, with its make-up days."""

from collections.abc import Mapping
from datetime import date, datetime

from ccmp.moments import CHINA, DAY, day_of, days_between
from ccmp.places.enums import DayKind

SATURDAY = 5


def is_working_day(day: date, notice: Mapping[date, str]) -> bool:
    """`notice` maps the days of the State Council's notice to their DayKind."""
    kind = notice.get(day)
    if kind is None:
        return day.weekday() < SATURDAY
    return kind == DayKind.MAKEUP_WORKDAY


def working_days_since(day: date, *, on: date, notice: Mapping[date, str]) -> int:
    """How many have come since a day, today among them; the day itself is not counted."""
    return sum(is_working_day(one, notice) for one in days_between(day + DAY, on))


def day_after_working_days(day: date, days: int, notice: Mapping[date, str]) -> date:
    """The day so many working days later. The day itself is not counted."""
    while days > 0:
        day += DAY
        days -= is_working_day(day, notice)
    return day


def after_working_days(moment: datetime, days: int, notice: Mapping[date, str]) -> datetime:
    """The same time of day, so many working days later. The day itself is not counted."""
    day = day_after_working_days(day_of(moment), days, notice)
    local = moment.astimezone(CHINA)
    return local.replace(year=day.year, month=day.month, day=day.day)
