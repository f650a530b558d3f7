from django.urls import path

from ccmp.reports import views

app_name = "reports"

urlpatterns = [
    path("", views.list_reports, name="list"),
    path("verify/", views.verify, name="verify"),
    path("runs/<str:month>/", views.start, name="run"),
    path("<uuid:report_id>/", views.report, name="report"),
    path("<uuid:report_id>/pdf/", views.pdf, name="pdf"),
    path("<uuid:report_id>/xlsx/", views.xlsx, name="xlsx"),
    path("<uuid:report_id>/figures/", views.figures, name="figures"),
    path("<uuid:report_id>/restate/", views.restate, name="restate"),
    path("<uuid:report_id>/again/", views.again, name="again"),
]
