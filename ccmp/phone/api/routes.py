"""What a phone says to the server and hears from it."""

from django.urls import path

from ccmp.phone.api.outbox import Outbox
from ccmp.phone.api.phones import PhoneChanges, Phones

routes = [
    path("phones/", Phones.as_view(), name="phones"),
    path("phones/changes/", PhoneChanges.as_view(), name="phone-changes"),
    path("outbox/", Outbox.as_view(), name="outbox"),
]
