from datetime import date

from ccmp.moments import WEEK, Month
from ccmp.reports.rules.figures import Week
from ccmp.reports.services.collect.scope import Counted, Scope
from clubs.enums import WeekState
from clubs.models import Club
from clubs.services.open_hours import hours_of_weeks

MONTHS_BEFORE = 5


def weeks_of(scope: Scope) -> Counted:
    """The month's weeks, and those of the five months before from the club's first week on."""
    mondays = _mondays(scope.month)
    clubs = list(scope.rows(Club.objects.all()).in_order())
    by_village = hours_of_weeks(clubs, mondays, at=scope.cut_off, recorded_before=scope.cut_off) if clubs else {}
    opened = {club.village_code: club.opened_on for club in clubs}
    return {
        code: _split(
            [Week(one.monday, one.required_minutes, one.open_minutes, str(one.state)) for one in by_village[code]]
            if code in by_village
            else [Week(monday, 0, 0, str(WeekState.EXEMPT)) for monday in mondays],
            scope.month,
            opened.get(code),
        )
        for code in scope.codes
    }


def _mondays(month: Month) -> list[date]:
    earliest = month
    for _step in range(MONTHS_BEFORE):
        earliest = earliest.previous()
    monday, mondays = earliest.mondays[0], []
    while monday <= month.mondays[-1]:
        mondays.append(monday)
        monday += WEEK
    return mondays


def _split(weeks: list[Week], month: Month, opened_on: date | None) -> dict[str, tuple[Week, ...]]:
    return {
        "weeks": tuple(week for week in weeks if Month.of_week(week.monday) == month),
        "earlier_weeks": tuple(
            week
            for week in weeks
            if Month.of_week(week.monday) < month and opened_on is not None and week.monday + WEEK > opened_on
        ),
    }
