from django.urls import path

from children.views import change, differences, entitlements, file, find, register, whereabouts

app_name = "children"

urlpatterns = [
    path("", find.find, name="list"),
    path("register/", register.register, name="register"),
    path("differences/", differences.differences, name="differences"),
    path("differences/<uuid:difference_id>/decide/", differences.decide, name="decide"),
    path("entitlements/", entitlements.entitlements, name="entitlements"),
    path("<uuid:child_id>/", file.file, name="file"),
    path("<uuid:child_id>/change/", change.change, name="change"),
    path("<uuid:child_id>/entitlements/", entitlements.of_child, name="entitlements-of"),
    path("<uuid:child_id>/entitlements/note/", entitlements.note, name="note-step"),
    path("<uuid:child_id>/ground/", entitlements.ground, name="ground"),
    path("<uuid:child_id>/whereabouts/<uuid:relative_id>/", whereabouts.whereabouts, name="whereabouts"),
]
