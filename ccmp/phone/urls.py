"""Her phone's own pages, the worker that answers in its place, and the desk's list of phones."""

from django.urls import path

from ccmp.phone.views import hers, manifest, no_network, pack, worker

app_name = "phone"

urlpatterns = [
    path("sw.js", worker.worker, name="worker"),
    path("manifest.webmanifest", manifest.manifest, name="manifest"),
    path("phone/", hers.outbox, name="outbox"),
    path("phone/set-up/", hers.set_up, name="set-up"),
    path("phone/open/", hers.open_with_pin, name="open"),
    path("phone/no-network/", no_network.no_network, name="no-network"),
    path("phone/pack/<slug:language>/", pack.pack, name="pack"),
]
