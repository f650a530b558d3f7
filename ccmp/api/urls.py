"""The second face. The floors below have their own routes; here they come together under one name."""

from django.urls import path, re_path

from ccmp.api.me import Me
from ccmp.api.places import OneTerm, Places, Terms
from ccmp.api.schema import Schema
from ccmp.api.token import MakeToken
from ccmp.api.unknown import Unknown
from ccmp.phone.api.routes import routes as phones
from ccmp.privacy.api.routes import routes as privacy
from ccmp.reports.api.routes import routes as reports
from children.api.routes import routes as children
from clubs.api.routes import routes as clubs
from referrals.api.routes import routes as referrals
from visits.api.routes import routes as visits

app_name = "api"

urlpatterns = [
    path("token/", MakeToken.as_view(), name="token"),
    path("me/", Me.as_view(), name="me"),
    path("places/", Places.as_view(), name="places"),
    path("terms/", Terms.as_view(), name="terms"),
    path("terms/<int:term_id>/", OneTerm.as_view(), name="term"),
    *children,
    *clubs,
    *visits,
    *referrals,
    *reports,
    *phones,
    *privacy,
    path("schema/", Schema.as_view(), name="schema"),
    re_path(r"^.*$", Unknown.as_view(), name="unknown"),
]
