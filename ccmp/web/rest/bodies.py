"""What is sent: read strictly, so that nothing that was sent is dropped without a word."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.request import Request

from ccmp.web.rest.fields import WholeAsked, Words

MOST_AT_ONCE = 1000


class Body(serializers.Serializer):
    """A body whose fields are all known. It neither creates nor updates: a service does."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, Mapping):
            unknown = sorted(str(name)[:60] for name in data if name not in self.fields)
            if unknown:
                message = _("This field is not known here. Check its name, or leave it out.")
                raise serializers.ValidationError({name: [message] for name in unknown})
        return super().to_internal_value(data)


class NoBody(Body):
    """A move that needs no words."""


class Shape(serializers.Serializer):
    """What is answered: explicit fields, read only."""


class PageQuery(Body):
    """Where a list goes on, and how many rows it gives at once."""

    cursor = Words(
        required=False, max_length=2000, help_text="Taken from `next` of the page before; not to be made by hand."
    )
    limit = WholeAsked(default=50, min_value=1, max_value=200)


def read_body(shape: type[Body], request: Request) -> dict[str, Any]:
    """The body as values. Raises DRF's ValidationError."""
    body = shape(data=request.data)
    body.is_valid(raise_exception=True)
    return dict(body.validated_data)


def read_query(shape: type[Body], request: Request) -> dict[str, Any]:
    """The query string as values. Raises DRF's ValidationError."""
    twice = [name for name, values in request.query_params.lists() if len(values) > 1]
    if twice:
        raise serializers.ValidationError({name[:60]: [_("This is asked twice. Ask it once.")] for name in twice})
    query = shape(data=request.query_params.dict())
    query.is_valid(raise_exception=True)
    return dict(query.validated_data)
