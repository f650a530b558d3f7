"""Reports that could not be made, or were left half-way, are tried again."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from ccmp.people.models import User
from ccmp.reports.enums import ReportState, RunState
from ccmp.reports.models import MonthRun, Report
from ccmp.reports.rules.permission import check_may_make_reports
from ccmp.reports.services.printing import give_up

WAITING = timedelta(minutes=30)  # a report that only waits its turn is not left: its message is asked for again later
GIVEN_UP_AFTER = timedelta(hours=24)  # one that takes a worker down each time is looked at by a person


def left_half_way(left: datetime, *, at: datetime) -> list[UUID]:
    """Reports without a sign of life since `left` (those that only wait: for longer), to be sent again."""
    under_way = Q(state__in=[ReportState.COUNTING, ReportState.FROZEN], touched_at__lt=left)
    waiting = Q(state=ReportState.QUEUED, touched_at__lt=min(left, at - WAITING))
    rows = Report.objects.filter(under_way | waiting).order_by("made_at", "id")
    for report_id in rows.filter(made_at__lt=at - GIVEN_UP_AFTER).values_list("pk", flat=True):
        give_up(report_id, at=at)
    found = list(rows.filter(made_at__gte=at - GIVEN_UP_AFTER).values_list("pk", flat=True))
    Report.objects.filter(pk__in=found, state=ReportState.QUEUED).update(touched_at=at)
    return found


@transaction.atomic
def try_again(*, report_id: UUID, by: User, at: datetime) -> Report:
    """Back to where it failed: frozen figures stay frozen, else it is counted anew. Its run is under way again."""
    report = Report.objects.select_for_update(of=("self",)).get(pk=report_id)
    check_may_make_reports(by, report.place_code)
    report.move_to(ReportState.FROZEN if report.is_frozen else ReportState.QUEUED, by=by, at=at)
    MonthRun.objects.filter(pk=report.run_id).update(state=RunState.PRINTING, finished_at=None, touched_at=at)
    return report
