from django.urls import path

from visits.views import due, flag, police, today, triage, visit

app_name = "visits"

urlpatterns = [
    path("visits/", due.due, name="due"),
    path("visits/today/", today.today, name="today"),
    path("visits/record/<uuid:child_id>/", visit.record, name="record"),
    path("visits/<uuid:visit_id>/", visit.visit, name="visit"),
    path("flags/raise/", flag.raise_, name="raise-flag"),
    path("flags/<uuid:flag_id>/", flag.flag, name="flag"),
    path("flags/<uuid:flag_id>/police/", police.tell, name="tell-police"),
    # The county's desk.
    path("flags/", triage.flags, name="flags"),
    path("flags/<uuid:flag_id>/acknowledge/", triage.acknowledge, name="acknowledge"),
    path("flags/<uuid:flag_id>/close/", triage.close, name="close"),
    path("flags/<uuid:flag_id>/dismiss/", triage.dismiss, name="dismiss"),
]
