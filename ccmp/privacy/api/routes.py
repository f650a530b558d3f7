from django.urls import path

from ccmp.privacy.api.numbers import ChildNumbers

routes = [path("children/<uuid:child_id>/numbers/", ChildNumbers.as_view(), name="child-numbers")]
