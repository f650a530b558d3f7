"""What OpenAPI says of the whole: how one signs in, and that every error is a problem document."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from drf_spectacular.extensions import (
    OpenApiAuthenticationExtension,
    OpenApiSerializerExtension,
    OpenApiSerializerFieldExtension,
)
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.views import SpectacularJSONAPIView

from ccmp.web.rest.problems import CONTENT_TYPE

ANY_WORDS, SOME_WORDS = r"^[^\x00]*$", r"^[^\x00]*[^\s\x00][^\x00]*$"
FROZEN_FILES = tuple(f"/api/v1/reports/{{report_id}}/{kind}/" for kind in ("pdf", "xlsx", "figures"))

PROBLEM = {
    "type": "object",
    "description": "What went wrong, in which field, and what to do (RFC 9457).",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "description": "urn:ccmp:problem:…, the same for the same refusal."},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "A sentence for the person, in her language."},
        "field": {"type": "string", "description": "The way to the first field that is concerned: parents.1.name."},
        "errors": {
            "type": "array",
            "description": "Every field that was not understood (400).",
            "items": {
                "type": "object",
                "required": ["field", "detail"],
                "properties": {"field": {"type": "string"}, "detail": {"type": "string"}},
            },
        },
        "wipe": {"type": "boolean", "description": "The phone is out of use and empties its store (410)."},
        "version": {"type": "integer", "description": "The version that is held (409 of a change)."},
        "values": {"type": "object", "description": "Field → what was sent and what is held (409 of a change)."},
    },
}


class Schema(SpectacularJSONAPIView):
    """The API in OpenAPI, as JSON, for whoever is signed in."""


class BearerScheme(OpenApiAuthenticationExtension):
    """How one signs in."""

    target_class = "ccmp.api.tokens.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:
        return {"type": "http", "scheme": "bearer"}


class PhoneScheme(OpenApiAuthenticationExtension):
    """How a phone that was set up says which it is."""

    target_class = "ccmp.phone.api.tokens.PhoneAuthentication"
    name = "phone"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:
        told = "Phone, a space, and the token that the phone got when it was set up."
        return {"type": "apiKey", "in": "header", "name": "Authorization", "description": told}


class StrictBody(OpenApiSerializerExtension):
    """A field that nobody knows is refused; so the schema says that there are no others."""

    target_class = "ccmp.web.rest.bodies.Body"
    match_subclasses = True

    def map_serializer(self, auto_schema: AutoSchema, direction: str) -> dict[str, Any]:
        shape = auto_schema._map_serializer(self.target, direction, bypass_extensions=True)
        return {**shape, "additionalProperties": False}


class StrictWords(OpenApiSerializerFieldExtension):
    """Text without a NUL, and with more than blanks where something must be said."""

    target_class = "ccmp.web.rest.fields.Words"
    match_subclasses = True

    def map_serializer_field(self, auto_schema: AutoSchema, direction: str) -> dict[str, Any]:
        told = auto_schema._map_serializer_field(self.target, direction, bypass_extensions=True)
        may_be_blank = self.target.allow_blank or not self.target.trim_whitespace
        return {**told, "pattern": ANY_WORDS if may_be_blank else SOME_WORDS}


class InTheProgrammesTime(OpenApiSerializerFieldExtension):
    """A day or a moment, in one way to write it, of years that the programme knows."""

    target_class = "ccmp.web.rest.fields.Day"
    match_subclasses = True
    pattern = r"^(19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}$"

    def map_serializer_field(self, auto_schema: AutoSchema, direction: str) -> dict[str, Any]:
        told = auto_schema._map_serializer_field(self.target, direction, bypass_extensions=True)
        return {**told, "pattern": self.pattern}


class MomentInTheProgrammesTime(InTheProgrammesTime):
    target_class = "ccmp.web.rest.fields.Moment"
    pattern = r"^(20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}[Tt][0-9:.]+([Zz]|[+-][0-9]{2}:[0-9]{2})$"


def without_an_empty_choice(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Words that may be left blank are said to be one thing, not one of two that both are true of nothing at all."""
    for component in result["components"]["schemas"].values():
        for told in component.get("properties", {}).values():
            words = next((one for one in told.get("oneOf", ()) if one.get("pattern") == ANY_WORDS), None)
            if words is not None:
                del told["oneOf"]
                told |= words
    return result


def with_problems(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Every operation names the problem documents that it may answer with."""
    result["components"]["schemas"]["Problem"] = PROBLEM
    for path, operations in result["paths"].items():
        for method, operation in operations.items():
            for status in problems_of(path, method, operation):
                operation["responses"].setdefault(str(status), _problem(status))
    return result


def problems_of(path: str, method: str, operation: dict[str, Any]) -> Iterator[HTTPStatus]:
    """What an operation may refuse with, by what it takes."""
    is_asked = any(one["in"] in ("query", "header") for one in operation.get("parameters", ()))
    if method != "get" or is_asked:
        yield HTTPStatus.BAD_REQUEST
    yield HTTPStatus.UNAUTHORIZED
    if method != "get":
        yield from (HTTPStatus.FORBIDDEN, HTTPStatus.CONFLICT)
        yield from (HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    if "{" in path or "requestBody" in operation:  # an id in an address or a body that leads to nothing of hers
        yield HTTPStatus.NOT_FOUND
    if path in FROZEN_FILES:
        yield HTTPStatus.CONFLICT
    if {"phone": []} in operation.get("security", ()):
        yield HTTPStatus.GONE
    yield HTTPStatus.TOO_MANY_REQUESTS


def _problem(status: HTTPStatus) -> dict[str, Any]:
    return {
        "description": f"A problem document: {status.phrase.lower()}.",
        "content": {CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
