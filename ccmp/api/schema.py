"""What OpenAPI says of the whole: how one signs in, and that every error is a problem document."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.views import SpectacularJSONAPIView

from ccmp.web.rest.problems import CONTENT_TYPE

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


def with_problems(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Every operation may answer with a problem document."""
    result["components"]["schemas"]["Problem"] = PROBLEM
    answer = {
        "description": "A problem document: 400, 401, 403, 404, 409 or 410.",
        "content": {CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    for operations in result["paths"].values():
        for operation in operations.values():
            operation["responses"]["default"] = answer
    return result
