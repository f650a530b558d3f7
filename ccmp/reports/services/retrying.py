"""A report that could not be made is tried again."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from ccmp.people.models import User
from ccmp.reports.enums import ReportState, RunState
from ccmp.reports.models import MonthRun, Report
from ccmp.reports.rules.permission import check_may_make_reports


@transaction.atomic
def try_again(*, report_id: UUID, by: User, at: datetime) -> Report:
    """Back to where it failed: frozen figures stay frozen, else it is counted anew. Its run is under way again."""
    report = Report.objects.select_for_update(of=("self",)).get(pk=report_id)
    check_may_make_reports(by, report.place_code)
    report.move_to(ReportState.FROZEN if report.is_frozen else ReportState.QUEUED, by=by, at=at)
    MonthRun.objects.filter(pk=report.run_id).update(state=RunState.PRINTING, finished_at=None, touched_at=at)
    return report
