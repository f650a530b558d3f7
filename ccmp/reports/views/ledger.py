from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from ccmp import moments
from ccmp.people.enums import VILLAGE_ROLES
from ccmp.reports.forms import ReportFilter
from ccmp.reports.models import Report
from ccmp.reports.models.report import ReportQuerySet
from ccmp.reports.rules import change_lines, wording
from ccmp.reports.rules.permission import may_make_reports
from ccmp.reports.services.ledger import in_months, months_with_reports, places_with_reports
from ccmp.reports.services.progress import month_to_start, running_for
from ccmp.reports.services.verifying import report_with_code

ROWS = 50


def list_reports(request: HttpRequest) -> HttpResponse:
    """The ledger of reports, the newest month first, with what is being made above it."""
    template = "reports/list_phone.html" if request.user.role_now in VILLAGE_ROLES else "reports/list.html"  # type: ignore[union-attr, operator]
    return render(request, template, _ledger(request))


def report(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """The same ledger with one report open beside it: versions, what changed, by which rules, its hash."""
    found = get_object_or_404(Report.objects.visible_to(request.user).with_place(), pk=report_id)
    return render(request, "reports/list.html", {**_ledger(request), **_detail(request, found)})


def verify(request: HttpRequest) -> HttpResponse:
    """Somebody holds a paper: is the code on it one of ours, and which report is it?"""
    typed = request.GET.get("code", "").strip()[:40]
    found = report_with_code(typed, by=request.user) if typed else None
    return render(request, "reports/verify.html", {"typed": typed, "found": found, "checked": bool(typed)})


def _ledger(request: HttpRequest) -> dict[str, object]:
    seen = Report.objects.visible_to(request.user)
    form = ReportFilter(request.GET or None, months=months_with_reports(seen), places=places_with_reports(seen))
    rows: ReportQuerySet = form.narrow(seen) if form.is_bound else seen
    page = Paginator(rows.with_place().newest_first(), ROWS).get_page(request.GET.get("page"))
    return {
        "filter": form,
        "page": page,
        "count": page.paginator.count,
        "groups": in_months(list(page)),
        "making": running_for(request.user),
        "to_start": month_to_start(request.user, at=moments.now()),  # type: ignore[arg-type]
        "typed": "",
    }


def _detail(request: HttpRequest, found: Report) -> dict[str, object]:
    versions = Report.objects.visible_to(request.user).of(
        month=found.month, place_code=found.place_code, edition=found.edition
    )
    return {
        "report": found,
        "versions": [
            (one, change_lines.lines_of(one.changes)) for one in versions.with_place().order_by("-version", "id")
        ],
        "cut_off": wording.cut_off(found.cut_off_at),
        "may_make": may_make_reports(request.user, found.place_code),
    }
