from django.urls import path

from visits.api.flags import AcknowledgeFlag, CloseFlag, DismissFlag, Flags, OneFlag
from visits.api.visits import Visits, VisitsDue

routes = [
    path("visits/", Visits.as_view(), name="visits"),
    path("visits/due/", VisitsDue.as_view(), name="visits-due"),
    path("flags/", Flags.as_view(), name="flags"),
    path("flags/<uuid:flag_id>/", OneFlag.as_view(), name="flag"),
    path("flags/<uuid:flag_id>/acknowledge/", AcknowledgeFlag.as_view(), name="flag-acknowledge"),
    path("flags/<uuid:flag_id>/dismiss/", DismissFlag.as_view(), name="flag-dismiss"),
    path("flags/<uuid:flag_id>/close/", CloseFlag.as_view(), name="flag-close"),
]
