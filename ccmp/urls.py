from django.urls import include, path

from ccmp.web import health

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
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
]
