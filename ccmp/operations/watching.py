"""Two addresses for machines: can this process work, and the figures. Neither says anything of anybody."""

from secrets import compare_digest

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from prometheus_client import CONTENT_TYPE_LATEST

from ccmp.moments import now
from ccmp.operations.condition import condition
from ccmp.operations.figures import figures

OURSELVES = frozenset({"127.0.0.1", "::1"})


@login_not_required
def ready(request: HttpRequest) -> JsonResponse:
    """200 when pages can be answered, else 503; and which part is not well, for whoever is called to look."""
    parts = condition(at=now())
    answer: dict[str, object] = {part.name: part.is_well for part in parts}
    answer["wrong"] = [f"{part.name}: {part.wrong}" for part in parts if not part.is_well]
    can_work = all(part.is_well for part in parts if part.is_needed)
    return JsonResponse(answer, status=200 if can_work else 503, headers={"Cache-Control": "no-store"})


@login_not_required
def metrics(request: HttpRequest) -> HttpResponse:
    """For the machine that watches: with METRICS_TOKEN, or from this machine where no proxy stands in between."""
    if not (_brings_the_token(request) or _comes_from_ourselves(request)):
        raise Http404
    return HttpResponse(figures(at=now()), content_type=CONTENT_TYPE_LATEST, headers={"Cache-Control": "no-store"})


def _brings_the_token(request: HttpRequest) -> bool:
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    wanted = str(settings.METRICS_TOKEN)
    return bool(wanted) and compare_digest(given.encode(), wanted.encode())


def _comes_from_ourselves(request: HttpRequest) -> bool:
    """Behind a proxy everybody seems to: then only the token counts."""
    proxied = settings.SECURE_PROXY_SSL_HEADER or "X-Forwarded-For" in request.headers
    return not proxied and request.META.get("REMOTE_ADDR") in OURSELVES
