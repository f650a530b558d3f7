"""Her phone's own pages, the worker that answers in its place, and the desk's list of phones."""

from django.urls import path

from ccmp.phone.views import pack

app_name = "phone"

urlpatterns = [
    path("phone/pack/<slug:language>/", pack.pack, name="pack"),
]
