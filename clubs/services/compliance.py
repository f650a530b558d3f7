"""Villages compared by their open hours: those in need of help first, thirteen weeks side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from ccmp.moments import WEEK, Month
from ccmp.places.models import Place
from clubs.enums import WeekState
from clubs.models import Club
from clubs.models.club import ClubQuerySet
from clubs.rules.open_hours import MonthOfHours, Week
from clubs.services.open_hours import hours_of_weeks

WEEKS_SHOWN = 13
ROWS = 60
EXACT_WEEKS = 4  # so many met weeks with not one minute to spare are shown, not judged


@dataclass(frozen=True)
class Row:
    """One village: its weeks, oldest first, and the month that is looked at."""

    club: Club
    name: str
    township: str
    weeks: tuple[Week, ...]
    month: MonthOfHours

    @property
    def short(self) -> int:
        return self.month.count(WeekState.SHORT)

    @property
    def silent(self) -> int:
        return self.month.count(WeekState.SILENT)

    @property
    def missing(self) -> int:
        """Minutes that the short weeks of the month lack; of the silent ones nobody knows."""
        return sum(week.missing_minutes for week in self.month.weeks if week.state == WeekState.SHORT)

    @property
    def needs_help(self) -> bool:
        return bool(self.short or self.silent)

    @property
    def missed_weeks(self) -> int:
        """Of all the weeks shown: so that a village that was behind last month stands above one that never was."""
        return sum(week.state in (WeekState.SHORT, WeekState.SILENT) for week in self.weeks)

    def has(self, state: str) -> bool:
        """Did the month bring this: every week met, or some week short, silent or exempt?"""
        return self.month.met if state == WeekState.MET else bool(self.month.count(WeekState(state)))

    @property
    def is_exact(self) -> bool:
        """Met week after week with exactly the required minutes: worth a look at the records."""
        exact = [week for week in self.weeks if week.met and week.open_minutes == week.required_minutes]
        return len(exact) >= EXACT_WEEKS


@dataclass(frozen=True)
class Comparison:
    """The rows of one page, and the figures of all villages that were asked for."""

    month: Month
    mondays: tuple[date, ...]
    rows: list[Row]
    all_rows: list[Row]
    page: int
    pages: int

    @property
    def required_minutes(self) -> int:
        return sum(row.month.required_minutes for row in self.all_rows)

    @property
    def open_minutes(self) -> int:
        return sum(row.month.open_minutes for row in self.all_rows)

    @property
    def met(self) -> list[Row]:
        return [row for row in self.all_rows if row.month.met]

    @property
    def short(self) -> list[Row]:
        return [row for row in self.all_rows if row.short]

    @property
    def silent(self) -> list[Row]:
        return [row for row in self.all_rows if row.silent]

    @property
    def exempt(self) -> list[Row]:
        return [row for row in self.all_rows if row.month.count(WeekState.EXEMPT)]

    @property
    def missing(self) -> int:
        return sum(row.missing for row in self.all_rows)

    @property
    def short_weeks(self) -> int:
        return sum(row.short for row in self.all_rows)

    @property
    def silent_weeks(self) -> int:
        return sum(row.silent for row in self.all_rows)

    @property
    def exempt_weeks(self) -> int:
        return sum(row.month.count(WeekState.EXEMPT) for row in self.all_rows)

    @property
    def help_first(self) -> list[Row]:
        return [row for row in self.all_rows if row.needs_help][:5]

    @property
    def exact(self) -> list[Row]:
        return [row for row in self.all_rows if row.is_exact][:5]

    @property
    def short_or_silent(self) -> int:
        return sum(row.needs_help for row in self.all_rows)

    @property
    def previous_page(self) -> int:
        return self.page - 1

    @property
    def next_page(self) -> int:
        return self.page + 1

    @property
    def is_over(self) -> bool:
        return all(week.state != WeekState.RUNNING for row in self.all_rows for week in row.month.weeks)


def compare(clubs: ClubQuerySet, *, month: Month, at: datetime, page: int = 1, only: str = "") -> Comparison:
    """Compare clubs over the weeks up to the month's last. Seven queries, however many clubs.

    `only` (a state of a week) leaves the villages that a figure counts among the rows; the figures stay those of all.
    """
    mondays = _mondays_up_to(month)
    standing = list(clubs.standing(first=mondays[0], last=month.last_day).in_order())
    weeks = hours_of_weeks(standing, mondays, at=at) if standing else {}
    names = _names(standing)
    rows = [_row(club, weeks[club.village_code], names, month) for club in standing]
    rows.sort(key=lambda row: (-row.silent, -row.missing, -row.short, -row.missed_weeks, row.club.village_code))
    asked = [row for row in rows if not only or row.has(only)]
    pages = max(1, -(-len(asked) // ROWS))
    page = min(page, pages)
    return Comparison(month, tuple(mondays), asked[(page - 1) * ROWS : page * ROWS], rows, page, pages)


def _mondays_up_to(month: Month) -> list[date]:
    last = month.mondays[-1]
    return [last - WEEK * back for back in reversed(range(WEEKS_SHOWN))]


def _names(clubs: Sequence[Club]) -> dict[str, str]:
    codes = {club.village_code for club in clubs}
    codes |= {code[:9].ljust(12, "0") for code in codes}
    return dict(Place.objects.filter(pk__in=codes).values_list("code", "name"))


def _row(club: Club, weeks: list[Week], names: dict[str, str], month: Month) -> Row:
    code = club.village_code
    of_month = MonthOfHours(tuple(week for week in weeks if Month.of_week(week.monday) == month))
    return Row(club, names.get(code, code), names.get(code[:9].ljust(12, "0"), ""), tuple(weeks), of_month)
