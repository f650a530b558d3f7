"""School terms of the invented years: by rule, so that any year has some."""

from dataclasses import dataclass
from datetime import date, timedelta

import holidays

DAYS_BEFORE_SPRING_FESTIVAL = {"52": 18, "51": 17}
DAYS_AFTER_SPRING_FESTIVAL = 13
LAST_SPRING_DAY = {"52": (7, 10), "51": (7, 5)}


@dataclass(frozen=True)
class Term:
    """A term, first and last day included."""

    name: str
    starts_on: date
    ends_on: date


def terms_between(county_code: str, first: date, last: date) -> list[Term]:
    """The terms of a county of Guizhou (52) or Sichuan (51) that touch these days, oldest first. Demo data, not a decree."""
    years = range(first.year - 1, last.year + 1)
    found = [term for year in years for term in _school_year(county_code[:2], year)]
    return [term for term in found if term.starts_on <= last and term.ends_on >= first]


def _school_year(province: str, year: int) -> list[Term]:
    spring_festival = _spring_festival(year + 1)
    autumn_ends = _friday_before(spring_festival - timedelta(days=DAYS_BEFORE_SPRING_FESTIVAL[province] - 1))
    spring_begins = _monday_from(spring_festival + timedelta(days=DAYS_AFTER_SPRING_FESTIVAL))
    named = f"{year}—{year + 1}学年"
    return [
        Term(f"{named}第一学期", date(year, 9, 1), autumn_ends),
        Term(f"{named}第二学期", spring_begins, date(year + 1, *LAST_SPRING_DAY[province])),
    ]


def _spring_festival(year: int) -> date:
    """The first day of the lunar year, by the law's list of holidays."""
    of_year = holidays.country_holidays("CN", years=year, observed=False, language="zh_CN")
    return min(day for day, name in of_year.items() if "春节" in name)


def _friday_before(day: date) -> date:
    return day - timedelta(days=(day.weekday() - 4) % 7 or 7)


def _monday_from(day: date) -> date:
    return day + timedelta(days=-day.weekday() % 7)
