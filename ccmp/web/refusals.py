"""When a page cannot do what was asked: the sentence, and a way back with what was typed."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from psycopg.errors import ExclusionViolation, UniqueViolation

from ccmp.refusals import NotAllowed, Refusal

WRITTEN_AT_ONCE = _("Somebody recorded the same thing at this moment. Read it again, then send it.")
NOT_SO = _("This address cannot be opened like this. Go back to the page, and press the button there.")

WHOLE_PAGE = {"HX-Retarget": "main", "HX-Reselect": "main", "HX-Reswap": "outerHTML"}
NEVER_REPEATED = ("csrfmiddlewaretoken", "password", "otp")


def was_written_at_once(exception: Exception) -> bool:
    """The database let only one of two in: somebody recorded the same, or sent an id that is taken, at this moment."""
    cause = exception.__cause__ if isinstance(exception, IntegrityError) else None
    return isinstance(cause, UniqueViolation | ExclusionViolation)


class RefusalMiddleware:
    """A refusal that no view caught becomes a page that says it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed) and not response.content:
            return _not_so(request, response.headers["Allow"])
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if was_written_at_once(exception):
            exception = Refusal(WRITTEN_AT_ONCE)
        if not isinstance(exception, Refusal):
            return None
        status = 403 if isinstance(exception, NotAllowed) else 409
        response = render(
            request, "refusal.html", {"sentence": str(exception), "back": way_back(request)}, status=status
        )
        if request.headers.get("HX-Request"):
            for header, value in WHOLE_PAGE.items():
                response.headers[header] = value
        return response


def _not_so(request: HttpRequest, allowed: str) -> HttpResponse:
    """Where a button leads, opened by its address; or the other way round. The API says it itself."""
    page = {"sentence": NOT_SO, "back": way_back(request)}
    answer = render(request, "refusal.html", page, status=405)
    answer.headers["Allow"] = allowed
    return answer


def way_back(request: HttpRequest) -> str:
    """The page that the reader came from, if it is one of ours and not this one; else the front door."""
    referer = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(referer, {request.get_host()}, require_https=request.is_secure())
    path = urlsplit(referer).path if ours else ""  # what is no address cannot be taken apart
    return referer if path and path != request.path else "/"


def old_page(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page lay open too long. What was typed is kept, ready to be sent again, if it came from a page of ours."""
    typed = typed_again(request)
    get_token(request)
    return render(request, "old_page.html", {"typed": typed, "action": request.get_full_path()}, status=403)


def typed_again(request: HttpRequest) -> list[tuple[str, str]]:
    """What was sent, to be offered for sending again; nothing unless it came from a page of ours."""
    return _typed(request) if _is_from_our_own_page(request) else []


def _is_from_our_own_page(request: HttpRequest) -> bool:
    """The browser vouches for it; another site cannot. Without its word nothing is offered for sending again."""
    if request.headers.get("Sec-Fetch-Site") == "same-origin":
        return True
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    if request.FILES or any(part in name for name in request.POST for part in NEVER_REPEATED[1:]):
        return []
    return [(name, value) for name, values in request.POST.lists() if name not in NEVER_REPEATED for value in values]
