from django.urls import path, re_path

from clubs.api.closures import ApproveClosure, Closures, DeclineClosure
from clubs.api.sessions import CloseSession, OpenHours, Sessions

routes = [
    path("club-sessions/", Sessions.as_view(), name="club-sessions"),
    path("club-sessions/<uuid:session_id>/close/", CloseSession.as_view(), name="club-session-close"),
    re_path(r"^clubs/(?P<village_code>[0-9]{12})/open-hours/$", OpenHours.as_view(), name="open-hours"),
    path("closures/", Closures.as_view(), name="closures"),
    path("closures/<uuid:closure_id>/approve/", ApproveClosure.as_view(), name="closure-approve"),
    path("closures/<uuid:closure_id>/decline/", DeclineClosure.as_view(), name="closure-decline"),
]
