"""The program's addresses and four that somebody added without a line in the list."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import path
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from ccmp import urls
from ccmp.web.rest.endpoints import Endpoint

SHOWN = "陈雨欣欣"


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse(SHOWN)


class OfTheApi(Endpoint):
    def get(self, request: Request) -> Response:
        return Response({"name": SHOWN})


class WithoutItsGuard(OfTheApi):
    authentication_classes = ()
    permission_classes = (AllowAny,)


handler404 = "django.views.defaults.page_not_found"
urlpatterns = [
    path("new/", page, name="new-page"),
    path("new/public/", login_not_required(page), name="new-public-page"),
    path("new/api/", OfTheApi.as_view(), name="new-endpoint"),
    path("new/api/open/", WithoutItsGuard.as_view(), name="new-open-endpoint"),
    *urls.urlpatterns,
]
