"""The open hours of any number of clubs, read in bulk: five queries for one village and for two thousand."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, DurationField, ExpressionWrapper, F, Q, Sum
from django.db.models.functions import Coalesce, TruncWeek

from ccmp.moments import CHINA, DAY, WEEK, Month, day_of, start_of
from ccmp.places.models import county_code_of
from ccmp.places.rules.standards import value
from ccmp.places.services.calendar import notice_between, terms_of
from clubs.models import Club, ClubClosure, ClubSession
from clubs.rules.open_hours import ClubCalendar, MonthOfHours, Week, week_of

Recorded = dict[tuple[UUID, date], tuple[int, int]]


def hours_of_month(
    clubs: Sequence[Club], month: Month, *, at: datetime, recorded_before: datetime | None = None
) -> dict[str, MonthOfHours]:
    """Each village's month, by village code, as it stands at a moment.

    `recorded_before` leaves out what reached the server later: a frozen report counts by its cut-off.
    """
    weeks = hours_of_weeks(clubs, month.mondays, at=at, recorded_before=recorded_before)
    return {code: MonthOfHours(tuple(of_club)) for code, of_club in weeks.items()}


def hours_of_weeks(
    clubs: Sequence[Club], mondays: Sequence[date], *, at: datetime, recorded_before: datetime | None = None
) -> dict[str, list[Week]]:
    """Each village's weeks, by village code, in the order of `mondays` (which follow each other)."""
    first, last = mondays[0], mondays[-1] + WEEK - DAY
    calendars = calendars_of(clubs, first, last, approved_before=recorded_before)
    recorded = _recorded(clubs, first, last, at=at, recorded_before=recorded_before)
    today = day_of(at)
    return {
        club.village_code: [
            week_of(
                monday=monday,
                calendar=calendars[club.id],
                standards=_standards(monday),
                open_minutes=recorded[club.id, monday][0],
                is_recorded=recorded[club.id, monday][1] > 0,
                today=today,
            )
            for monday in mondays
        ]
        for club in clubs
    }


def _standards(monday: date) -> tuple[int, int]:
    return (
        value("open_hours.term_minutes_a_week", on=monday),
        value("open_hours.holiday_minutes_a_week", on=monday),
    )


def calendars_of(
    clubs: Sequence[Club], first: date, last: date, *, approved_before: datetime | None = None
) -> dict[UUID, ClubCalendar]:
    """All that decides what each of these days asks of each club, by the club's id. Three queries."""
    notice = notice_between(first, last)
    terms = terms_of((county_code_of(club.village_code) for club in clubs), first, last)
    closures: dict[UUID, list[tuple[date, date]]] = defaultdict(list)
    rows = ClubClosure.objects.filter(club__in=clubs).approved().touching(first, last)
    if approved_before:
        rows = rows.filter(approved_at__lt=approved_before)
    for club_id, starts_on, ends_on in rows.values_list("club_id", "starts_on", "ends_on"):
        closures[club_id].append((starts_on, ends_on))
    return {
        club.id: ClubCalendar(
            club.opened_on, club.ended_on, terms.get(county_code_of(club.village_code), []), closures[club.id], notice
        )
        for club in clubs
    }


def _recorded(
    clubs: Sequence[Club], first: date, last: date, *, at: datetime, recorded_before: datetime | None
) -> Recorded:
    """Per club and Monday: minutes that count, and how many sessions anybody recorded. One query."""
    rows = ClubSession.objects.filter(club__in=clubs).between(start_of(first), start_of(last + DAY))
    if recorded_before:
        rows = rows.filter(recorded_at__lt=recorded_before)
    counted = ClubSession.objects.filter(pk__in=rows.values("pk")).closed().staffed()
    length = ExpressionWrapper(F("closed_at") - F("opened_at"), output_field=DurationField())
    by_week = rows.annotate(monday=TruncWeek("opened_at", tzinfo=CHINA)).values("club_id", "monday")
    found: Recorded = defaultdict(lambda: (0, 0))
    grouped = by_week.annotate(
        length=Coalesce(Sum(length, filter=Q(pk__in=counted.values("pk"))), timedelta()), sessions=Count("pk")
    )
    for row in grouped.values_list("club_id", "monday", "length", "sessions"):
        found[row[0], row[1].date()] = (int(row[2].total_seconds() // 60), row[3])
    return found
