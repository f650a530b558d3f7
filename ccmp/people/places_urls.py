"""Pages about places. They stand on people's floor, since who may keep a place is told by postings."""

from django.urls import path

from ccmp.people.views import home

app_name = "places"

urlpatterns = [
    path("", home.home, name="home"),
]
