"""Her phone's own pages, the worker that answers in its place, and the desk's list of phones."""

from django.urls import URLPattern

app_name = "phone"

urlpatterns: list[URLPattern] = []
