"""What was shown and what was refused, noted for every request. No page and no endpoint can forget it.

The line is written before the answer goes out: where the trail cannot be written, nothing is shown.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from ccmp.audit.models import REFUSED, SAW, AuditEntry
from ccmp.audit.record import write
from ccmp.moments import now
from ccmp.people.models import User
from ccmp.web import seen

REFUSALS = (403, 404)
LEVELS = (12, 9, 6, 4, 2)  # digits that a village, township, county, prefecture, province have in common


class TrailMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = seen.notice()
        try:
            response = self.get_response(request)
            noted = seen.noticed()
            if isinstance(request.user, User) and noted is not None:
                self._write(request, request.user, response, noted.shown_in(response))
        finally:
            seen.no_longer(token)
        return response

    def _write(self, request: HttpRequest, user: User, response: HttpResponse, shown: dict[UUID, str]) -> None:
        at, lines = now(), []
        if response.status_code in REFUSALS:
            lines.append(_line(request, user, at, REFUSED, asked_for(request) | {"status": response.status_code}))
        if shown:
            line = _line(request, user, at, SAW, {"children": len(shown)})
            line.children, line.village_code = sorted(shown), place_of(shown.values())
            lines.append(line)
        write(lines)


def _line(request: HttpRequest, user: User, at: datetime, did: str, detail: dict[str, Any]) -> AuditEntry:
    page = request.resolver_match.view_name if request.resolver_match else "nothing"
    return AuditEntry(at=at, by=user, did=did, on_kind="page", on_id=page[:40], village_code="", detail=detail)


def asked_for(request: HttpRequest) -> dict[str, Any]:
    """The ids that an address names, and nothing else of it: words in it may be anybody's."""
    match = request.resolver_match
    return {name: str(value) for name, value in match.kwargs.items() if isinstance(value, UUID)} if match else {}


def place_of(villages: Iterable[str]) -> str:
    """The smallest place that all of these villages lie in, as a code of twelve digits; empty where there is none."""
    codes = set(villages) - {""}
    for digits in LEVELS:
        if len(common := {code[:digits] for code in codes}) == 1:
            return common.pop().ljust(12, "0")
    return ""
