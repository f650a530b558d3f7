from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ccmp import moments
from ccmp.moments import Month
from ccmp.people.models import User
from ccmp.places.models import PROGRAMME_CODE
from ccmp.reports.models import Report
from ccmp.reports.services.retrying import try_again
from ccmp.reports.services.runs import start_restatement, start_run
from ccmp.reports.tasks import begin, print_again


@require_POST
def start(request: HttpRequest, month: str) -> HttpResponse:
    """Begin a month's reports for the reader's own place."""
    user: User = request.user  # type: ignore[assignment]
    place_code = user.post.place_code if user.post else PROGRAMME_CODE
    begin(start_run(month=_month(month), place_code=place_code, by=user, at=moments.now()))
    messages.success(request, _("The reports are being made. You may leave this page."))
    return redirect("reports:list")


@require_POST
def restate(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """Count again with what came later; a new version follows only if a figure differs."""
    user: User = request.user  # type: ignore[assignment]
    report = get_object_or_404(Report.objects.visible_to(user).defer("figures"), pk=report_id)
    begin(start_restatement(report_id=report.id, by=user, at=moments.now()))
    messages.success(request, _("Counted again. If a figure differs, the next version stands here in a minute."))
    return redirect("reports:report", report.id)


@require_POST
def again(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """Try a report again that could not be made."""
    user: User = request.user  # type: ignore[assignment]
    report = get_object_or_404(Report.objects.visible_to(user).defer("figures"), pk=report_id)
    print_again(try_again(report_id=report.id, by=user, at=moments.now()))
    return redirect("reports:report", report.id)


def _month(text: str) -> Month:
    try:
        return Month.parse(text)
    except ValueError as error:
        raise Http404 from error
