"""What the ledger's filters offer and its rows say of their place."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db.models.functions import Substr

from ccmp.places.models import PROGRAMME_CODE, Place
from ccmp.reports.models import Report
from ccmp.reports.models.report import ReportQuerySet

COUNTY_DIGITS = 6


def months_with_reports(seen: ReportQuerySet) -> list[str]:
    return list(seen.order_by("-month").values_list("month", flat=True).distinct())


def places_with_reports(seen: ReportQuerySet) -> list[tuple[str, str]]:
    """The counties in which a reader sees reports, as (code prefix, name). Two queries."""
    prefixes = set(
        seen.exclude(place_code=PROGRAMME_CODE)
        .annotate(county=Substr("place_code", 1, COUNTY_DIGITS))
        .order_by()
        .values_list("county", flat=True)
        .distinct()
    )
    names = Place.objects.filter(code__in=[prefix.ljust(12, "0") for prefix in prefixes]).in_order()
    return [(code[:COUNTY_DIGITS], name) for code, name in names.values_list("code", "name")]


@dataclass(frozen=True)
class Row:
    """One line of the ledger: a report, and where its place lies."""

    report: Report
    place_line: str


@dataclass(frozen=True)
class MonthOfReports:
    month: str
    rows: list[Row]


def in_months(reports: Sequence[Report]) -> list[MonthOfReports]:
    """The ledger's lines by month, with the county of a village and the province of a county. One query."""
    above = {one.place_code: _above(one.place_code) for one in reports if one.place_code != PROGRAMME_CODE}
    names = dict(Place.objects.filter(code__in=set(above.values())).values_list("code", "name"))
    rows = [Row(one, names.get(above.get(one.place_code, ""), "")) for one in reports]
    return [MonthOfReports(month, list(same)) for month, same in groupby(rows, key=lambda row: row.report.month)]


def _above(code: str) -> str:
    digits = 2 if code.endswith("000000") else COUNTY_DIGITS
    return code[:digits].ljust(12, "0")
