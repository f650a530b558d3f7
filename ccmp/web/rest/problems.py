"""Problem documents (RFC 9457): what went wrong, in which field, and what to do. Never a bare status, never a page."""

import re
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, RequestDataTooBig
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.response import Response

from ccmp.refusals import NotAllowed, Refusal
from ccmp.web.refusals import WRITTEN_AT_ONCE, was_written_at_once
from ccmp.web.rest.parsers import BodyTooLarge

CONTENT_TYPE = "application/problem+json"
FORWARDED = ("WWW-Authenticate", "Retry-After")


def problem(
    status: int, kind: str, detail: str, *, field: str | None = None, headers: Any = None, **more: Any
) -> Response:
    """An answer that is a problem document. `kind` names it for programs, `detail` says it to people."""
    body: dict[str, Any] = {
        "type": f"urn:ccmp:problem:{kind}",
        "title": _title(status),
        "status": status,
        "detail": detail,
        **({"field": field} if field else {}),
        **more,
    }
    return Response(body, status=status, headers=headers, content_type=CONTENT_TYPE)


def problem_response(exception: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler. What nobody foresaw is raised on."""
    if isinstance(exception, Refusal):
        return _refused(exception)
    if isinstance(exception, exceptions.ValidationError):
        return _not_understood(exception)
    if isinstance(exception, Http404 | ObjectDoesNotExist):  # an id in a body that leads to nothing of hers
        return problem(404, "not-found", _("There is nothing here that you can see. Check the address."))
    if isinstance(exception, RequestDataTooBig):
        exception = BodyTooLarge()
    if isinstance(exception, PermissionDenied):
        exception = exceptions.PermissionDenied(str(exception) or None)
    if isinstance(exception, exceptions.APIException):
        return _answered(exception)
    if was_written_at_once(exception):
        return problem(409, "written-at-once", str(WRITTEN_AT_ONCE))
    return None


def _refused(refusal: Refusal) -> Response:
    kind = re.sub(r"(?<!^)(?=[A-Z])", "-", type(refusal).__name__).lower()
    status = 403 if isinstance(refusal, NotAllowed) else 409
    return problem(status, kind, str(refusal), field=refusal.field, **refusal.particulars)


def _not_understood(error: exceptions.ValidationError) -> Response:
    errors = [{"field": field, "detail": detail} for field, detail in messages_of(error)]
    first = errors[0]
    return problem(400, "not-understood", first["detail"], field=first["field"] or None, errors=errors)


def _answered(error: exceptions.APIException) -> Response:
    headers = {name: value for name, value in _headers(error) if name in FORWARDED}
    kind = str(error.get_codes() if isinstance(error.detail, str) else error.default_code)
    return problem(error.status_code, kind.replace("_", "-"), str(error.detail), headers=headers)


def _headers(error: exceptions.APIException) -> Iterator[tuple[str, str]]:
    if getattr(error, "auth_header", None):
        yield "WWW-Authenticate", error.auth_header  # type: ignore[attr-defined]
    if getattr(error, "wait", None):
        yield "Retry-After", str(int(error.wait))  # type: ignore[attr-defined]


def messages_of(error: exceptions.ValidationError) -> Iterator[tuple[str, str]]:
    """Each message with the way to its field; at the top of the body the way is empty."""
    return _flat(error.detail)


def _flat(detail: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Each message with the way to its field: `parents.1.name`."""
    if isinstance(detail, Mapping):
        for name, inner in detail.items():
            at_top = name == "non_field_errors"
            yield from _flat(inner, path if at_top else f"{path}.{name}".strip("."))
    elif isinstance(detail, list | tuple):
        for number, inner in enumerate(detail):
            yield from _flat(inner, f"{path}.{number}" if isinstance(inner, Mapping) else path)
    else:
        yield path, str(detail)


def _title(status: int) -> str:
    titles = {
        400: _("Not understood"),
        401: _("Not signed in"),
        403: _("Not allowed"),
        404: _("Not found"),
        409: _("Not possible as it is"),
    }
    return titles.get(status) or HTTPStatus(status).phrase
