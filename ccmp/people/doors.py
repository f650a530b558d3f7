"""Default deny in the program itself: a request goes on only if its address has a line in `data/doors.txt`, for this person's roles.

The list is made from the table of who may what (`tools/doors.py`), so an address that nobody put into the table is there for
nobody, in production too. Who may knock is asked here; what she then sees is told by `visible_to`, as everywhere.
"""

from collections.abc import Callable, Iterable
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import MethodNotAllowed
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from ccmp.people.reach import Somebody, roles_held
from ccmp.refusals import NotAllowed

if TYPE_CHECKING:
    from rest_framework.views import APIView  # it reads the settings, which name MayKnock

LIST = Path(__file__).resolve().parent / "data" / "doors.txt"
OPEN, KEY, WHO_LEFT = "in", "key", "left"
NOT_YOURS = _("Your post does not include this. If your work needs it, ask the county civil affairs bureau.")
Row = dict[str, str]


@cache
def doors() -> dict[str, dict[str, Row]]:
    """The name of an address → method → role, or "-" for whoever is not signed in → what the door answers."""
    return read_doors(LIST.read_text("utf-8"))


def read_doors(text: str) -> dict[str, dict[str, Row]]:
    lines = text.splitlines()
    roles = dict(line.split()[1:] for line in lines if line.startswith("# ") and len(line.split()) == 3)
    columns = next(line.split()[1:] for line in lines if line.startswith("#   "))
    listed: dict[str, dict[str, Row]] = {}
    for line in lines:
        if not line.startswith("#"):
            method, name, *cells = line.split()
            row = {roles.get(letter, letter): cell for letter, cell in zip(columns, cells, strict=False)}
            if cells[len(columns) :] == [WHO_LEFT]:
                row[WHO_LEFT] = OPEN
            listed.setdefault(name, {})[method] = row
    return listed


def refusal_at(row: Row, roles: Iterable[str]) -> int | None:
    """The status with which somebody of these roles is sent away, or none when she may knock.

    Who holds no post may knock where everybody may, and where who left her post may.
    """
    roles = set(roles) or {WHO_LEFT} & set(row)
    cells = {row[role] for role in roles} or {cell for role, cell in row.items() if role != "-"}
    shut = {int(cell) for cell in cells - {OPEN}}
    may_knock = OPEN in cells if roles else not shut
    if may_knock:
        return None
    return int(HTTPStatus.NOT_FOUND) if int(HTTPStatus.NOT_FOUND) in shut else min(shut)


def _refusal_of(user: Somebody, row: Row) -> int | None:
    """Where everybody may knock, nobody's posts are looked up."""
    is_open = all(cell == OPEN for role, cell in row.items() if role != "-")
    return None if is_open else refusal_at(row, roles_held(user))


class DoorMiddleware:
    """Stands behind the sign-in: pages by the session's person; endpoints of the API only by their names."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """None when the request may go on. Raises Http404 or PermissionDenied."""
        methods = doors().get(request.resolver_match.view_name) if request.resolver_match else None
        if methods is None:
            raise Http404
        if hasattr(view, "cls"):  # whose token it is the endpoint finds out, and asks MayKnock
            _check_asks_itself(view.cls, methods)
            return None
        row = methods.get("GET" if request.method == "HEAD" else str(request.method))
        if row is None:
            return HttpResponseNotAllowed(list(methods))
        if not request.user.is_authenticated:
            _check_asks_for_key(view, row)
            return None
        return _answer(_refusal_of(request.user, row), methods)


def _check_asks_itself(endpoint: "type[APIView]", methods: dict[str, Row]) -> None:
    is_public = all(row["-"] == OPEN for row in methods.values())
    if not is_public and MayKnock not in endpoint.permission_classes:
        raise Http404


def _check_asks_for_key(view: Any, row: Row) -> None:
    """Where a key is asked for, LoginRequiredMiddleware asks; a page that somebody took out of its hands is not there."""
    if row["-"] == KEY and not getattr(view, "login_required", True):
        raise Http404


def _answer(status: int | None, methods: dict[str, Row]) -> HttpResponse | None:
    if status == HTTPStatus.NOT_FOUND:
        raise Http404
    if status == HTTPStatus.FORBIDDEN:
        raise PermissionDenied
    return HttpResponseNotAllowed(_open_methods(methods)) if status else None


def _open_methods(methods: dict[str, Row]) -> list[str]:
    return [method for method, row in methods.items() if OPEN in {cell for role, cell in row.items() if role != "-"}]


class MayKnock(BasePermission):
    """The same, of an endpoint of the API: the person is known by now, by session, token or phone."""

    def has_permission(self, request: Request, view: "APIView") -> bool:
        match = request._request.resolver_match
        methods = doors().get(match.view_name if match else "", {})
        row = methods.get("GET" if request.method == "HEAD" else str(request.method))
        if row is None:
            raise MethodNotAllowed(str(request.method))
        return _knocks(_refusal_of(request.user, row), str(request.method))


def _knocks(status: int | None, method: str) -> bool:
    if status == HTTPStatus.NOT_FOUND:
        raise Http404
    if status == HTTPStatus.METHOD_NOT_ALLOWED:
        raise MethodNotAllowed(method)
    if status is not None:
        raise NotAllowed(NOT_YOURS)
    return True
