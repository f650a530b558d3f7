from django.urls import path

from children.views import file, find, register, whereabouts

app_name = "children"

urlpatterns = [
    path("", find.find, name="list"),
    path("register/", register.register, name="register"),
    path("<uuid:child_id>/", file.file, name="file"),
    path("<uuid:child_id>/whereabouts/<uuid:relative_id>/", whereabouts.whereabouts, name="whereabouts"),
]
