from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from ccmp import moments
from ccmp.audit.record import record
from ccmp.refusals import Refusal
from ccmp.reports.enums import FileKind
from ccmp.reports.models import Report
from ccmp.reports.rules.canonical import canonical

CONTENT_TYPES = {
    FileKind.PDF: "application/pdf",
    FileKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class NotReadyYet(Refusal):
    sentence = _("This report is still being made. Come back in a minute.")


def pdf(request: HttpRequest, report_id: UUID) -> FileResponse:
    return _file(request, report_id, FileKind.PDF)


def xlsx(request: HttpRequest, report_id: UUID) -> FileResponse:
    return _file(request, report_id, FileKind.XLSX)


def figures(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """The frozen figures as canonical JSON: hashed, these very bytes give the report's SHA-256."""
    report = get_object_or_404(Report.objects.visible_to(request.user), pk=report_id)
    if not report.is_frozen:
        raise NotReadyYet
    _note(request, report, "figures")
    response = HttpResponse(canonical(report.figures), content_type="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="{_name(report)}.json"'
    response.headers["ETag"] = f'"{report.sha256}"'
    return response


def _file(request: HttpRequest, report_id: UUID, kind: FileKind) -> FileResponse:
    report = get_object_or_404(Report.objects.visible_to(request.user).defer("figures"), pk=report_id)
    file = report.files.filter(kind=kind).first()
    if file is None or not file.on_disk.is_file():
        raise NotReadyYet
    _note(request, report, kind)
    return FileResponse(
        file.on_disk.open("rb"),
        content_type=CONTENT_TYPES[kind],
        as_attachment=kind == FileKind.XLSX,
        filename=f"{_name(report)}.{kind}",
    )


def _note(request: HttpRequest, report: Report, what: str) -> None:
    record(by=request.user, at=moments.now(), did="downloaded", on=report, what=what)  # type: ignore[arg-type]


def _name(report: Report) -> str:
    return f"{report.month}-{report.place_code}-{report.edition}-v{report.version}"
