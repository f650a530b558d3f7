from uuid import UUID

from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from ccmp.moments import now
from ccmp.people.api.caller import caller
from ccmp.reports.api.bodies import OrderBody, ReportsQuery
from ccmp.reports.api.shapes import ReportFileShape, ReportShape, VerifiedShape
from ccmp.reports.enums import Edition, FileKind
from ccmp.reports.models import Report
from ccmp.reports.services.downloading import CONTENT_TYPES, NotReadyYet, fetch_figures, fetch_file, name_of
from ccmp.reports.services.ordering import order_report
from ccmp.reports.services.verifying import verify_report
from ccmp.reports.tasks import begin
from ccmp.web.rest.bodies import NoBody, read_body, read_query
from ccmp.web.rest.endpoints import Endpoint, page_answer, page_of, shown


def _report(request: Request, report_id: UUID) -> Report:
    """A report within reach, without its figures. Anybody else's is a 404."""
    return get_object_or_404(Report.objects.visible_to(caller(request)).defer("figures"), pk=report_id)


class Reports(Endpoint):
    @extend_schema(operation_id="reports_list", parameters=[ReportsQuery], responses=page_of(ReportShape))
    def get(self, request: Request) -> Response:
        """Reports, the newest month first, every version."""
        query = read_query(ReportsQuery, request)
        reports = Report.objects.visible_to(caller(request)).filter(place_code__startswith=query.get("under", ""))
        wanted = {name: str(query[name]) for name in ("month", "edition", "state") if name in query}
        return page_answer(reports.filter(**wanted).defer("figures").newest_first(), request, ReportShape, query=query)

    @extend_schema(operation_id="reports_order", request=OrderBody, responses={202: ReportFileShape})
    def post(self, request: Request) -> Response:
        """Ask for a report. It is made by the workers; asked again, the one that stands comes back."""
        sent = read_body(OrderBody, request)
        report, run = order_report(
            month=sent["month"],
            place_code=sent["place"],
            edition=Edition(sent["edition"]),
            report_id=sent["id"],
            by=caller(request),
            at=now(),
        )
        if run is not None:
            begin(run)
        return Response(ReportFileShape(report).data, status=status.HTTP_202_ACCEPTED)


class OneReport(Endpoint):
    @extend_schema(operation_id="reports_read", responses=ReportFileShape)
    def get(self, request: Request, report_id: UUID) -> Response:
        """How far a report is; once frozen, its hash and the code that its paper prints."""
        return shown(ReportFileShape, _report(request, report_id))


class ReportPdf(Endpoint):
    @extend_schema(operation_id="reports_pdf", responses={(200, "application/pdf"): OpenApiTypes.BINARY})
    def get(self, request: Request, report_id: UUID) -> FileResponse:
        return _file(request, report_id, FileKind.PDF)


class ReportXlsx(Endpoint):
    @extend_schema(operation_id="reports_xlsx", responses={(200, CONTENT_TYPES[FileKind.XLSX]): OpenApiTypes.BINARY})
    def get(self, request: Request, report_id: UUID) -> FileResponse:
        return _file(request, report_id, FileKind.XLSX)


class ReportFigures(Endpoint):
    @extend_schema(operation_id="reports_figures", responses={200: OpenApiTypes.OBJECT})
    def get(self, request: Request, report_id: UUID) -> HttpResponse:
        """The frozen figures as canonical JSON: hashed, these very bytes give the report's SHA-256."""
        report = get_object_or_404(Report.objects.visible_to(caller(request)), pk=report_id)
        figures = fetch_figures(report=report, by=caller(request), at=now())
        return HttpResponse(figures, content_type="application/json", headers={"ETag": f'"{report.sha256}"'})


class VerifyReport(Endpoint):
    reads_by_post = True

    @extend_schema(operation_id="reports_verify", request=NoBody, responses=VerifiedShape)
    def post(self, request: Request, report_id: UUID) -> Response:
        """Hash the figures and the files again, and compare them with what was frozen."""
        read_body(NoBody, request)
        if not _report(request, report_id).is_frozen:
            raise NotReadyYet
        return shown(VerifiedShape, verify_report(report_id))


def _file(request: Request, report_id: UUID, kind: FileKind) -> FileResponse:
    report = _report(request, report_id)
    file = fetch_file(report=report, kind=kind, by=caller(request), at=now())
    return FileResponse(
        file.on_disk.open("rb"),
        content_type=CONTENT_TYPES[kind],
        as_attachment=True,
        filename=f"{name_of(report)}.{kind}",
    )
