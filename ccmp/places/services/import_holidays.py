"""Filling the table of public holidays and make-up working days.

The State Council publishes each year's days off late in the year before; the package `chinesecalendar` carries the notices.
For a year past its last one only the days of the law are known: they are entered as an estimate, and said to be one.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import holidays
from chinese_calendar import Holiday
from chinese_calendar.constants import holidays as days_off
from chinese_calendar.constants import workdays as makeup_days
from django.db import transaction

from ccmp.places.enums import DayKind
from ccmp.places.models import CalendarDay

NOTICE = "notice"  # the State Council's notice, as chinesecalendar has it
ESTIMATE = "estimate"  # days of the law, for a year whose notice is not known here
OURS = (NOTICE, ESTIMATE)


@dataclass(frozen=True)
class ImportedYear:
    """What was entered for a year. `kept` counts days that somebody entered by hand and that stayed as they are."""

    year: int
    public_holidays: int
    makeup_workdays: int
    source: str
    kept: int

    @property
    def is_estimate(self) -> bool:
        return self.source == ESTIMATE


@transaction.atomic
def import_holidays(*, years: Iterable[int]) -> list[ImportedYear]:
    """Enter the days of each year anew. Days entered by hand (any other source) are kept, and win."""
    return [_import_year(year) for year in sorted(set(years))]


def _import_year(year: int) -> ImportedYear:
    days, source = _of_notice(year), NOTICE
    if not days:
        days, source = _of_law(year), ESTIMATE
    of_year = CalendarDay.objects.filter(day__year=year)
    of_year.filter(source__in=OURS).delete()
    by_hand = set(of_year.values_list("day", flat=True))
    for one in days:
        one.source = source
    entered = [one for one in days if one.day not in by_hand]
    CalendarDay.objects.bulk_create(entered)
    makeup = sum(one.kind == DayKind.MAKEUP_WORKDAY for one in entered)
    return ImportedYear(year, len(entered) - makeup, makeup, source, len(by_hand))


def _of_notice(year: int) -> list[CalendarDay]:
    """The whole stretch of each holiday, weekends inside it included, and the working days that make up for it."""
    pairs = ((DayKind.PUBLIC_HOLIDAY, days_off), (DayKind.MAKEUP_WORKDAY, makeup_days))
    return [
        CalendarDay(day=day, kind=kind, name=Holiday(name).chinese)
        for kind, known in pairs
        for day, name in known.items()
        if day.year == year
    ]


def _of_law(year: int) -> list[CalendarDay]:
    known = holidays.country_holidays("CN", years=year, observed=False, language="zh_CN")
    return [
        CalendarDay(day=day, kind=DayKind.PUBLIC_HOLIDAY, name=known.get(day, ""))
        for day in sorted(known)
        if day.year == year
    ]
