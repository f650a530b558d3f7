"""The phones of the villages, as the county and the township see them."""

from django.urls import path

from ccmp.phone.views import desk

app_name = "phones"

urlpatterns = [
    path("", desk.phones, name="list"),
    path("<uuid:phone_id>/revoke/", desk.revoke, name="revoke"),
    path("entries/<uuid:entry_id>/", desk.entry, name="entry"),
]
