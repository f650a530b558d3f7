"""Data protection: whole numbers, holds, guardians' requests, emergency access, incidents, the schedule."""

from django.urls import path

from ccmp.privacy.views import evidence, extracts, holds, incidents, numbers, openings, requests, schedule

app_name = "privacy"

urlpatterns = [
    path("children/<uuid:child_id>/numbers/", numbers.numbers, name="numbers"),
    path("children/<uuid:child_id>/hold/", holds.hold, name="hold"),
    path("holds/<uuid:hold_id>/lift/", holds.lift, name="lift"),
    path("children/<uuid:child_id>/ask/", requests.ask, name="ask"),
    path("requests/", requests.requests, name="requests"),
    path("requests/<uuid:request_id>/", requests.request_page, name="request"),
    path("requests/<uuid:request_id>/copy/", requests.copy, name="copy"),
    path("openings/", openings.openings, name="openings"),
    path("openings/new/", openings.open_file, name="open"),
    path("openings/<uuid:opening_id>/", openings.opened, name="opened"),
    path("openings/<uuid:opening_id>/judge/", openings.judge, name="judge"),
    path("incidents/", incidents.incidents, name="incidents"),
    path("incidents/new/", incidents.report, name="report-incident"),
    path("incidents/<uuid:incident_id>/", incidents.incident, name="incident"),
    path("studies/", extracts.studies, name="studies"),
    path("studies/<uuid:study_id>/approve/", extracts.approve, name="approve"),
    path("studies/<uuid:study_id>/extract/", extracts.take, name="take"),
    path("evidence/", evidence.evidence, name="evidence"),
    path("schedule/", schedule.schedule_page, name="schedule"),
]
