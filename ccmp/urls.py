from django.urls import include, path

from ccmp.operations import watching
from ccmp.web import health

handler500 = "ccmp.web.outages.answer_to_trouble"

urlpatterns = [
    path("", include("ccmp.people.places_urls")),
    path("", include("ccmp.people.urls")),
    path("children/", include("children.urls")),
    path("club/", include("clubs.urls")),
    path("", include("visits.urls")),
    path("", include("referrals.urls")),
    path("reports/", include("ccmp.reports.urls")),
    path("", include("ccmp.phone.urls")),
    path("phones/", include("ccmp.phone.desk_urls")),
    path("privacy/", include("ccmp.privacy.urls")),
    path("api/v1/", include("ccmp.api.urls")),
    path("trail/changes/", include("ccmp.changes.urls")),
    path("trail/", include("ccmp.audit.urls")),
    path("health/live", health.live, name="health-live"),
    path("health/ready", watching.ready, name="health-ready"),
    path("health/metrics", watching.metrics, name="health-metrics"),
]
