"""Reading the calendar in bulk."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from ccmp.moments import day_of
from ccmp.places.models import CalendarDay, SchoolTerm
from ccmp.places.rules.working_days import after_working_days

LONGEST_WAIT = timedelta(days=120)


def notice_between(first: date, last: date) -> dict[date, str]:
    """The days of the State Council's notice, mapped to their DayKind. One query."""
    return dict(CalendarDay.objects.filter(day__range=(first, last)).values_list("day", "kind"))


def terms_of(county_codes: Iterable[str], first: date, last: date) -> dict[str, list[tuple[date, date]]]:
    """Each county's terms that touch the days, as (first day, last day). One query."""
    terms: dict[str, list[tuple[date, date]]] = defaultdict(list)
    rows = SchoolTerm.objects.filter(county_code__in=set(county_codes)).touching(first, last)
    for county_code, starts_on, ends_on in rows.values_list("county_code", "starts_on", "ends_on"):
        terms[county_code].append((starts_on, ends_on))
    return terms


def working_days_after(moment: datetime, days: int) -> datetime:
    """The same time of day, so many working days later, by the calendar as it stands."""
    first = day_of(moment)
    return after_working_days(moment, days, notice_between(first, first + LONGEST_WAIT))
