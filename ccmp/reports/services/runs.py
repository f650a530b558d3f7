"""Making a month: which reports it needs, counting its villages once, and knowing when it is done."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Min
from django.utils.translation import gettext_lazy as _

from ccmp.audit.record import record
from ccmp.identifiers import new_id
from ccmp.moments import Month, day_of, monday_of
from ccmp.people.models import User
from ccmp.places.enums import Level
from ccmp.places.models import PROGRAMME_CODE, Enrolment, Place, county_code_of
from ccmp.refusals import Refusal
from ccmp.reports.enums import Edition, RunState
from ccmp.reports.models import MonthRun, Report, VillageMonth
from ccmp.reports.rules import periods, wording
from ccmp.reports.rules.canonical import plain
from ccmp.reports.rules.permission import check_may_make_reports
from ccmp.reports.services.collect import collect_village_months
from clubs.models import ClubSession
from visits.models import Visit

BATCH = 500
EVERY_EDITION = (Edition.COUNTY, Edition.FOUNDATION, Edition.VILLAGE)


class MonthNotOver(Refusal):
    field = "month"


class PlaceWithoutVillages(Refusal):
    field = "place"


class NoSuchPlace(Refusal):
    field = "place"


@transaction.atomic
def start_run(
    *,
    month: Month,
    at: datetime,
    place_code: str = PROGRAMME_CODE,
    editions: Sequence[Edition] = EVERY_EDITION,
    by: User | None = None,
) -> MonthRun:
    """Begin a month's reports for a place; asked again, the run that was already begun comes back.

    Raises MonthNotOver, NoSuchPlace or PlaceWithoutVillages.
    """
    if by is not None:
        check_may_make_reports(by, place_code)
    check_month_is_over(month, at=at)
    check_place_has_villages(place_code, month)
    return _run(month, place_code, editions, cut_off_at=periods.cut_off(month, at=at), by=by, at=at)


@transaction.atomic
def start_restatement(*, report_id: UUID, by: User | None, at: datetime) -> MonthRun:
    """Count a report's month again with everything recorded since. A new version follows only if a figure differs."""
    report = Report.objects.get(pk=report_id)
    if by is not None:
        check_may_make_reports(by, report.place_code)
    return _run(
        report.as_month, report.place_code, [Edition(report.edition)], cut_off_at=at, by=by, at=at, is_restatement=True
    )


def _run(
    month: Month,
    place_code: str,
    editions: Sequence[Edition],
    *,
    cut_off_at: datetime,
    by: User | None,
    at: datetime,
    is_restatement: bool = False,
) -> MonthRun:
    fresh = {"id": new_id(), "editions": sorted(editions), "started_at": at, "started_by": by, "touched_at": at}
    run, is_new = MonthRun.objects.select_for_update().get_or_create(
        month=str(month),
        place_code=place_code,
        cut_off_at=cut_off_at,
        defaults={**fresh, "is_restatement": is_restatement},
    )
    if is_new:
        record(by=by, at=at, did="started", on=run, month=str(month), place=place_code)
    elif not set(editions) <= set(run.editions):
        run.editions, run.state, run.finished_at = sorted({*run.editions, *editions}), RunState.COUNTING, None
        run.touched_at = at
        run.save(update_fields=["editions", "state", "finished_at", "touched_at"])
    return run


def check_month_is_over(month: Month, *, at: datetime) -> None:
    if not periods.is_over(month, at=at):
        raise MonthNotOver(
            _("%(month)s is not over: its last week ends on %(day)s. Ask for it after that day.")
            % {"month": wording.full_month(month), "day": wording.full_day(wording.period(month)[1])}
        )


def check_place_has_villages(place_code: str, month: Month) -> None:
    place = _place(place_code)
    if not enrolments_of(place, month):
        raise PlaceWithoutVillages(
            _("No village of %(place)s took part in the programme in %(month)s. Choose another place or month.")
            % {"place": place.name, "month": wording.full_month(month)}
        )


def _place(place_code: str) -> Place:
    place = Place.objects.filter(pk=place_code).first()
    if place is None:
        raise NoSuchPlace(
            _("There is no place with the code %(code)s. Look the code up under Villages.") % {"code": place_code}
        )
    return place


def enrolments_of(place: Place, month: Month) -> list[Enrolment]:
    """The place's villages that took part on some day of the month's weeks."""
    first, last = wording.period(month)
    rows = Enrolment.objects.filter(starts_on__lte=last).exclude(ends_on__lte=first).under(place.prefix)
    return list(rows.order_by("village_code", "starts_on"))


def enrolments_at(place_code: str, month: Month) -> list[Enrolment]:
    return enrolments_of(_place(place_code), month)


def count_month(run_id: UUID, *, at: datetime) -> list[UUID]:
    """Count every village of a run, freeze the exact figures, and queue the reports that are missing.

    Safe to run twice: a run that was counted is not counted again. Returns the ids of its unfinished reports.
    """
    with transaction.atomic():
        run = MonthRun.objects.select_for_update(skip_locked=True).filter(pk=run_id).first()
        if run is None or run.finished_at is not None:  # None: somebody else is counting it at this moment
            return []
        if run.counted_at is None:
            _count(run)
            run.counted_at = at
        if run.state == RunState.COUNTING:
            queue_reports(run, at=at)
        run.state, run.touched_at = RunState.PRINTING, at
        run.save(update_fields=["state", "counted_at", "touched_at"])
    finish_run_if_done(run_id, at=at)
    return list(
        Report.objects.filter(run_id=run_id).unfinished().order_by("edition", "place_code").values_list("pk", flat=True)
    )


def _count(run: MonthRun) -> None:
    place = _place(run.place_code)
    figures = collect_village_months(
        month=run.as_month, enrolments=enrolments_of(place, run.as_month), cut_off=run.cut_off_at
    )
    VillageMonth.objects.bulk_create(
        [VillageMonth(run=run, village_code=one.code, figures=plain(one)) for one in figures], batch_size=BATCH
    )


def queue_reports(run: MonthRun, *, at: datetime) -> None:
    """One row for each report that the run owes and that nobody made with the same or a later cut-off."""
    wanted = list(_wanted(run))
    held = _newest_held(run, [code for _edition, code in wanted])
    rows = []
    for edition, code in wanted:
        before = held.get((edition, code))
        if before is None or (before.cut_off_at < run.cut_off_at and before.run_id != run.id):
            rows.append(_report(run, edition, code, before, at=at))
    Report.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)


def _wanted(run: MonthRun) -> Iterable[tuple[str, str]]:
    codes = list(VillageMonth.objects.filter(run=run).order_by("village_code").values_list("village_code", flat=True))
    level = Place.objects.values_list("level", flat=True).get(pk=run.place_code)
    if Edition.FOUNDATION in run.editions and run.place_code == PROGRAMME_CODE:
        yield Edition.FOUNDATION, PROGRAMME_CODE
    if Edition.COUNTY in run.editions and level not in (Level.TOWNSHIP, Level.VILLAGE):
        for code in sorted({county_code_of(code) for code in codes}):
            yield Edition.COUNTY, code
    if Edition.VILLAGE in run.editions:
        for code in codes:
            yield Edition.VILLAGE, code


def _newest_held(run: MonthRun, codes: Sequence[str]) -> dict[tuple[str, str], Report]:
    rows = Report.objects.filter(month=run.month, place_code__in=codes).newest_version().defer("figures")
    return {(row.edition, row.place_code): row for row in rows}


def _report(run: MonthRun, edition: str, code: str, before: Report | None, *, at: datetime) -> Report:
    return Report(
        id=new_id(),
        run=run,
        month=run.month,
        place_code=code,
        edition=edition,
        version=before.version + 1 if before else 1,
        supersedes=before,
        cut_off_at=run.cut_off_at,
        made_at=at,
        touched_at=at,
    )


@transaction.atomic
def finish_run_if_done(run_id: UUID, *, at: datetime) -> bool:
    """A run is finished when none of its reports is on its way any more."""
    run = MonthRun.objects.select_for_update().get(pk=run_id)
    if run.finished_at or run.counted_at is None or run.reports.unfinished().exists():
        return run.finished_at is not None
    run.state, run.finished_at, run.touched_at = RunState.FINISHED, max(at, run.counted_at), at
    run.save(update_fields=["state", "finished_at", "touched_at"])
    return True


def first_month() -> Month | None:
    """The month of the first fact that anybody recorded."""
    opened = ClubSession.objects.aggregate(first=Min("opened_at"))["first"]
    visited = Visit.objects.aggregate(first=Min("made_at"))["first"]
    days = [day_of(moment) for moment in (opened, visited) if moment]
    return Month.of_week(monday_of(min(days))) if days else None


def months_due(*, at: datetime) -> list[Month]:
    """Months whose day has come and that no run of the whole programme has finished or is making. Oldest first."""
    month = first_month()
    if month is None:
        return []
    begun = set(MonthRun.objects.of_the_programme().filter(is_restatement=False).values_list("month", flat=True))
    due = []
    while at >= periods.made_at(month):
        if str(month) not in begun and enrolments_of(_place(PROGRAMME_CODE), month):
            due.append(month)
        month = month.next()
    return due
