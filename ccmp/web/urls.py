from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.i18n import set_language

app_name = "web"

urlpatterns = [
    path("language/", login_not_required(set_language), name="language"),  # public: the sign-in page offers it
]
