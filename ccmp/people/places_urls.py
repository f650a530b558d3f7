"""Pages about places. They stand on people's floor, since who may keep a place is told by postings."""

from django.urls import path

from ccmp.people.views import home, places

app_name = "places"

urlpatterns = [
    path("", home.home, name="home"),
    path("places/villages/", places.villages, name="villages"),
    path("places/villages/enrol/", places.enrol, name="enrol"),
    path("places/terms/", places.terms, name="terms"),
    path("places/terms/add/", places.keep_term, name="add-term"),
    path("places/terms/<int:term_id>/remove/", places.drop_term, name="remove-term"),
    path("places/departments/add/", places.keep_department, name="add-department"),
    path("places/departments/<uuid:department_id>/close/", places.drop_department, name="close-department"),
]
