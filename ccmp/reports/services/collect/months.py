from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from ccmp.moments import Month, start_of
from ccmp.places.models import Enrolment, Place, county_code_of
from ccmp.reports.rules.figures import VillageFigures
from ccmp.reports.services.collect.children import children_of
from ccmp.reports.services.collect.clubs import activities_of, attendance_of, openings_of
from ccmp.reports.services.collect.deadlines import deadlines_of
from ccmp.reports.services.collect.flags import flags_of
from ccmp.reports.services.collect.hours import weeks_of
from ccmp.reports.services.collect.referrals import referrals_of
from ccmp.reports.services.collect.scope import Scope
from ccmp.reports.services.collect.take_up import take_up_of
from ccmp.reports.services.collect.tasks import tasks_of
from ccmp.reports.services.collect.visits import visits_of

EVERY_COUNT = (
    weeks_of,
    children_of,
    visits_of,
    deadlines_of,
    attendance_of,
    activities_of,
    openings_of,
    flags_of,
    referrals_of,
    tasks_of,
    take_up_of,
)


@dataclass(frozen=True)
class _Named:
    """A village's place in the world, as its names were in the month."""

    name: str
    township: str
    county: str
    province: str


def collect_village_months(*, month: Month, enrolments: Sequence[Enrolment], cut_off: datetime) -> list[VillageFigures]:
    """What each enrolled village's month adds up to, in the order of their codes."""
    scope = Scope(
        month=month,
        codes=sorted({one.village_code for one in enrolments}),
        starts_at=start_of(month.first_day),
        ends_at=start_of(month.next().first_day),
        cut_off=cut_off,
    )
    names = _names(scope.codes)
    counts = [count(scope) for count in EVERY_COUNT]
    return [
        VillageFigures(
            code=one.village_code,
            county_code=county_code_of(one.village_code),
            province_code=one.village_code[:2].ljust(12, "0"),
            arm=one.arm,
            since=one.starts_on,
            **vars(names[one.village_code]),
            **{name: value for counted in counts for name, value in counted[one.village_code].items()},
        )
        for one in _newest_of_each(enrolments)
    ]


def _newest_of_each(enrolments: Sequence[Enrolment]) -> list[Enrolment]:
    """A village that changed its arm within the month counts for the later one."""
    by_code = {one.village_code: one for one in sorted(enrolments, key=lambda one: (one.village_code, one.starts_on))}
    return list(by_code.values())


def _names(codes: Sequence[str]) -> dict[str, _Named]:
    """Village, township, county and province by name. One query."""
    above = {code[:digits].ljust(12, "0") for code in codes for digits in (2, 6, 9, 12)}
    names = dict(Place.objects.filter(code__in=above).values_list("code", "name"))
    return {
        code: _Named(
            name=names.get(code, code),
            township=names.get(code[:9].ljust(12, "0"), ""),
            county=names.get(code[:6].ljust(12, "0"), ""),
            province=names.get(code[:2].ljust(12, "0"), ""),
        )
        for code in codes
    }
