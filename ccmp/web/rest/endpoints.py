from functools import cache
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import get_language
from drf_spectacular.utils import inline_serializer
from rest_framework import serializers, status
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from ccmp.web.rest.bodies import PageQuery, Shape, read_query
from ccmp.web.rest.pages import page_of_rows


class OneKindOfAnswer(DefaultContentNegotiation):
    """An address has one kind of answer, whatever the caller says that it accepts."""

    def select_renderer(self, request: Request, renderers: Any, format_suffix: str | None = None) -> Any:
        return renderers[0], renderers[0].media_type


class Endpoint(APIView):
    """An address of the API. Nothing that it answers is kept by a browser or a proxy."""

    content_negotiation_class = OneKindOfAnswer

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Response:
        response = super().finalize_response(request, response, *args, **kwargs)
        response.headers["Cache-Control"] = "no-store"
        response.headers["Content-Language"] = get_language() or ""
        return response


def page_answer(
    rows: "QuerySet[Any]", request: Request, shape: type[Shape], *, query: dict[str, Any] | None = None, **context: Any
) -> Response:
    """One page of a list. `query` are the values of a PageQuery that was read already."""
    asked = read_query(PageQuery, request) if query is None else query
    page = page_of_rows(rows, request, cursor=asked.get("cursor"), limit=asked["limit"])
    results = shape(page["results"], many=True, context=context).data
    return Response({"next": page["next"], "results": results})


def kept(shape: type[Shape], row: Any, *, is_new: bool, **context: Any) -> Response:
    """An entry that the server holds: 201 when this request brought it, 200 when it was here already."""
    return Response(shape(row, context=context).data, status=status.HTTP_201_CREATED if is_new else status.HTTP_200_OK)


def shown(shape: type[Shape], row: Any, **context: Any) -> Response:
    return Response(shape(row, context=context).data)


@cache
def page_of(shape: type[Shape]) -> serializers.Serializer:
    """A page of a list, for the schema."""
    return inline_serializer(
        f"{shape.__name__}Page", {"next": serializers.URLField(allow_null=True), "results": shape(many=True)}
    )
