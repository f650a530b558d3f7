"""Working days: Monday to Friday without the days off of the yearly notice, with its make-up days."""

from collections.abc import Mapping
from datetime import date, datetime

from ccmp.moments import CHINA, DAY, day_of
from ccmp.places.enums import DayKind

SATURDAY = 5


def is_working_day(day: date, notice: Mapping[date, str]) -> bool:
    """`notice` maps the days of the State Council's notice to their DayKind."""
    kind = notice.get(day)
    if kind is None:
        return day.weekday() < SATURDAY
    return kind == DayKind.MAKEUP_WORKDAY


def after_working_days(moment: datetime, days: int, notice: Mapping[date, str]) -> datetime:
    """The same time of day, so many working days later. The day itself is not counted."""
    day = day_of(moment)
    while days > 0:
        day += DAY
        if is_working_day(day, notice):
            days -= 1
    local = moment.astimezone(CHINA)
    return local.replace(year=day.year, month=day.month, day=day.day)
