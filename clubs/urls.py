from django.urls import path

from clubs.views import asking, club, entering, hours

app_name = "clubs"

urlpatterns = [
    path("", club.club, name="club"),
    path("open/", club.open_door, name="open"),
    path("close/<uuid:session_id>/", club.close_door, name="close"),
    path("sessions/enter/", entering.enter, name="enter-session"),
    path("sessions/<uuid:session_id>/", entering.roll, name="session"),
    path("activity/", entering.activity, name="activity"),
    path("closure/", asking.ask, name="ask-closure"),
    path("times/", asking.opening_times, name="times"),
    path("hours/", hours.hours, name="hours"),
    path("closures/", hours.closures, name="closures"),
    path("closures/<uuid:closure_id>/approve/", hours.approve, name="approve-closure"),
    path("closures/<uuid:closure_id>/decline/", hours.decline, name="decline-closure"),
]
