"""From the exact figures of a run to a report's frozen ones."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from ccmp.moments import Month
from ccmp.people.enums import DepartmentKind
from ccmp.people.models import Department
from ccmp.places.enums import DayKind
from ccmp.places.models import PROGRAMME_CODE, CalendarDay, Place
from ccmp.places.rules import standards
from ccmp.places.rules.working_days import after_working_days
from ccmp.places.services.calendar import notice_between
from ccmp.reports.enums import Edition, ReportState
from ccmp.reports.models import Report, VillageMonth
from ccmp.reports.rules import wording
from ccmp.reports.rules.canonical import plain, read, sha256_of, verification_code
from ccmp.reports.rules.changes import changes_between
from ccmp.reports.rules.figures import VillageFigures
from ccmp.reports.rules.needs import ActBy
from ccmp.reports.rules.papers import Frame, paper_of
from ccmp.reports.rules.published import Holiday, Paper

VISIT_WITHIN, ANSWER_WITHIN = 5, 10  # working days after the cut-off by which a paper asks somebody to act
LONGEST_WAIT = timedelta(days=45)
ABOVE = (2, 4, 6, 9)


@transaction.atomic
def freeze_report(report_id: UUID, *, at: datetime) -> Report | None:
    """Hold a report's figures and their hash. None when it was frozen already, or somebody else holds it.

    A later version whose figures are those of the one before is not a version: it is taken away again.
    """
    report = Report.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk=report_id).first()
    if report is None or report.state not in (ReportState.QUEUED, ReportState.COUNTING):
        return report
    if report.state == ReportState.QUEUED:
        report.move_to(ReportState.COUNTING, at=at)
    figures = plain(paper_for(report))
    changes = changes_between(report.supersedes.figures or {}, figures) if report.supersedes else []
    if report.supersedes and not changes:
        report.moves.all().delete()
        report.delete()
        return None
    report.changes = changes
    report.save(update_fields=["changes"])
    sha256 = sha256_of(figures)
    report.freeze(
        figures=figures, sha256=sha256, code=verification_code(sha256), rule_versions=figures["rule_versions"], at=at
    )
    return report


def paper_for(report: Report) -> Paper:
    """The paper that a report's run gives for its place and edition."""
    place = Place.objects.get(pk=report.place_code)
    rows = VillageMonth.objects.filter(run_id=report.run_id, village_code__startswith=place.prefix).order_by(
        "village_code"
    )
    villages = [read(VillageFigures, figures) for figures in rows.values_list("figures", flat=True)]
    return paper_of(_frame(report, place), villages)


def _frame(report: Report, place: Place) -> Frame:
    month = report.as_month
    is_programme = place.code == PROGRAMME_CODE
    return Frame(
        edition=Edition(report.edition),
        month=month,
        place_code=place.code,
        place="" if is_programme else place.name,
        place_above=" ".join(_names_above(place)),
        cut_off=wording.in_china(report.cut_off_at),
        rule_versions=tuple(f"{name}: {version}" for name, version in standards.versions(on=month.last_day).items()),
        holidays=_holidays(month),
        act_by=_act_by(report.cut_off_at),
        authority="" if is_programme else _authority(place),
    )


def _names_above(place: Place) -> Iterable[str]:
    """County and township over a village; province and prefecture over a county."""
    codes = [place.code[:digits].ljust(12, "0") for digits in ABOVE]
    codes = [code for code in dict.fromkeys(codes) if code != place.code and code < place.code]
    names = dict(Place.objects.filter(code__in=codes).values_list("code", "name"))
    return [names[code] for code in codes[-2:] if code in names]


def _authority(place: Place) -> str:
    """The county's civil affairs office, as the county itself calls it."""
    county = Place.objects.get(pk=place.county_code)
    offices = Department.objects.of_county(county.code).open().filter(kind=DepartmentKind.CIVIL_AFFAIRS).in_order()
    name = offices.values_list("name", flat=True).first()
    own = (name or "民政局").removeprefix("县").removeprefix("市").removeprefix("区")
    return own if own.startswith(county.name) else county.name + own


def _holidays(month: Month) -> tuple[Holiday, ...]:
    first, last = wording.period(month)
    days: dict[str, int] = {}
    rows = CalendarDay.objects.filter(day__range=(first, last), kind=DayKind.PUBLIC_HOLIDAY).order_by("day")
    for name in rows.values_list("name", flat=True):
        days[name] = days.get(name, 0) + 1
    return tuple(Holiday(name, number) for name, number in days.items())


def _act_by(cut_off: datetime) -> ActBy:
    local = wording.in_china(cut_off)
    notice = notice_between(local.date(), local.date() + LONGEST_WAIT)

    def after(days: int) -> date:
        return after_working_days(local, days, notice).date()

    return ActBy(after(VISIT_WITHIN), after(ANSWER_WITHIN))


def figures_of(report: Report) -> Any:
    return read(Paper, report.figures)
