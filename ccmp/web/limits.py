"""How much one request may bring, and how many may come in a minute from one account and from one address."""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ccmp.web.client_address import client_address
from ccmp.web.counting import count
from ccmp.web.refusals import WHOLE_PAGE, way_back

# Bytes of a body: of a file's form, of anything else, and of what somebody sends who is not signed in.
MOST_WITH_FILES, MOST_SENT, MOST_UNKNOWN = 20_000_000, 3_000_000, 64_000
SAFE = ("GET", "HEAD", "OPTIONS")
NEVER_COUNTED = {"health-live", "health-ready"}
SIGN_IN = {"people:sign-in", "api:token"}
SEARCHES = {"children:list", "api:children-find"}
PAPERS = {
    "children:export", "children:paper", "children:import-annotated", "children:import-template",
    "reports:pdf", "reports:xlsx", "reports:figures",
    "api:report-pdf", "api:report-xlsx", "api:report-figures",
}  # fmt: skip


@dataclass(frozen=True)
class Limit:
    """Requests in a minute. Behind one address there may be a county's office, or a mobile network's whole province."""

    of_account: int
    of_address: int


LIMITS = {
    "sign-in": Limit(30, 120),
    "search": Limit(60, 1200),
    "paper": Limit(40, 600),
    "write": Limit(240, 6000),
    "read": Limit(600, 12000),
}


def kind_of(name: str, method: str) -> str:
    """By which limit a request to an address is counted."""
    is_sent = method not in SAFE
    if name in SIGN_IN and is_sent:
        return "sign-in"
    if name in SEARCHES and is_sent:
        return "search"
    if name in PAPERS:
        return "paper"
    return "write" if is_sent else "read"


class LimitMiddleware:
    """Too large a body is refused before it is read; too many requests, before their view."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = _length(request)
        if length > MOST_UNKNOWN and length > _most(request):
            sentence = _("This is more than can be sent at once. Send it in smaller parts.")
            return refused(request, 413, "too-large", sentence)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        name = request.resolver_match.view_name if request.resolver_match else ""
        seconds = 0 if name in NEVER_COUNTED else seconds_to_wait(request, kind_of(name, str(request.method)))
        if not seconds:
            return None
        sentence = ngettext(
            "Too many requests came within a minute. Wait %(seconds)s second, then try again; nothing was recorded.",
            "Too many requests came within a minute. Wait %(seconds)s seconds, then try again; nothing was recorded.",
            seconds,
        ) % {"seconds": seconds}
        response = refused(request, 429, "too-many-requests", sentence)
        response.headers["Retry-After"] = str(seconds)
        return response


def seconds_to_wait(request: HttpRequest, kind: str) -> int:
    """0 when one more request of this kind may come now."""
    limit, times = LIMITS[kind], settings.RATE_LIMITS_TIMES
    keys = {f"limit:{kind}:address:{client_address(request)}": limit.of_address}
    if who := _who(request):
        keys[f"limit:{kind}:account:{who}"] = limit.of_account
    counted = zip(count([*keys]), keys.values(), strict=True)
    return max((one.seconds for one, most in counted if one.number > max(1, round(most * times))), default=0)


def _who(request: HttpRequest) -> str:
    """The account of the session, or the token that is shown: nobody has asked yet whose it is."""
    if request.user.is_authenticated:
        return str(request.user.pk)
    shown = request.headers.get("Authorization", "")
    return sha256(shown.encode(errors="replace")).hexdigest()[:32] if shown else ""


def _length(request: HttpRequest) -> int:
    told = str(request.META.get("CONTENT_LENGTH") or "0")
    return int(told) if told.isdecimal() else 0


def _most(request: HttpRequest) -> int:
    if not request.user.is_authenticated:
        return MOST_SENT if "Authorization" in request.headers else MOST_UNKNOWN
    return MOST_WITH_FILES if str(request.content_type).startswith("multipart/") else MOST_SENT


def refused(request: HttpRequest, status: int, kind: str, sentence: str) -> HttpResponse:
    """The sentence as a page, or as a problem document where a program asks."""
    if request.path_info.startswith("/api/"):
        titles = {413: _("Too much at once"), 429: _("Too often")}
        body = {"type": f"urn:ccmp:problem:{kind}", "title": titles[status], "status": status, "detail": sentence}
        return JsonResponse(body, status=status, content_type="application/problem+json")
    response = render(request, "refusal.html", {"sentence": sentence, "back": way_back(request)}, status=status)
    if request.headers.get("HX-Request"):
        for header, value in WHOLE_PAGE.items():
            response.headers[header] = value
    return response
