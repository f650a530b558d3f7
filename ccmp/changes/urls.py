from django.urls import path

from ccmp.changes import views

app_name = "changes"

urlpatterns = [
    path("", views.changes, name="changes"),
]
