from django.urls import path

from ccmp.reports.api.reports import OneReport, ReportFigures, ReportPdf, Reports, ReportXlsx, VerifyReport

routes = [
    path("reports/", Reports.as_view(), name="reports"),
    path("reports/<uuid:report_id>/", OneReport.as_view(), name="report"),
    path("reports/<uuid:report_id>/pdf/", ReportPdf.as_view(), name="report-pdf"),
    path("reports/<uuid:report_id>/xlsx/", ReportXlsx.as_view(), name="report-xlsx"),
    path("reports/<uuid:report_id>/figures/", ReportFigures.as_view(), name="report-figures"),
    path("reports/<uuid:report_id>/verify/", VerifyReport.as_view(), name="report-verify"),
]
