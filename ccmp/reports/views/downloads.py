from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from ccmp import moments
from ccmp.people.models import User
from ccmp.reports.enums import FileKind
from ccmp.reports.models import Report
from ccmp.reports.services.downloading import CONTENT_TYPES, fetch_figures, fetch_file, name_of


def pdf(request: HttpRequest, report_id: UUID) -> FileResponse:
    return _file(request, report_id, FileKind.PDF)


def xlsx(request: HttpRequest, report_id: UUID) -> FileResponse:
    return _file(request, report_id, FileKind.XLSX)


def figures(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """The frozen figures as canonical JSON, with their hash."""
    user: User = request.user  # type: ignore[assignment]
    report = get_object_or_404(Report.objects.visible_to(user), pk=report_id)
    response = HttpResponse(fetch_figures(report=report, by=user, at=moments.now()), content_type="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="{name_of(report)}.json"'
    response.headers["ETag"] = f'"{report.sha256}"'
    return response


def _file(request: HttpRequest, report_id: UUID, kind: FileKind) -> FileResponse:
    user: User = request.user  # type: ignore[assignment]
    report = get_object_or_404(Report.objects.visible_to(user).defer("figures"), pk=report_id)
    file = fetch_file(report=report, kind=kind, by=user, at=moments.now())
    return FileResponse(
        file.on_disk.open("rb"),
        content_type=CONTENT_TYPES[kind],
        as_attachment=kind == FileKind.XLSX,
        filename=f"{name_of(report)}.{kind}",
    )
