"""Lists page by page: a cursor says after which row to go on, so that a page costs the same however far down it is.

The cursor is sealed. It holds the sort keys of a row, which may be a child's name, and it stands in a URL.
"""

import json
from datetime import date
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.utils.urls import replace_query_param

from ccmp.sealed import seal, unseal


def page_of_rows(rows: "QuerySet[Any]", request: Request, *, cursor: str | None, limit: int) -> dict[str, Any]:
    """`next` (an address, or none) and the rows of one page. `rows` must end in a total order of plain fields."""
    keys = [str(key) for key in rows.query.order_by]
    if cursor is not None:
        rows = rows.filter(_after(keys, _read(cursor, request, len(keys))))
    found = list(rows[: limit + 1])
    following = None
    if len(found) > limit:
        made = _make(request, [_value(found[limit - 1], key) for key in keys])
        following = replace_query_param(request.build_absolute_uri(), "cursor", made)
    return {"next": following, "results": found[:limit]}


def _value(row: Any, key: str) -> str | int:
    for part in key.removeprefix("-").split("__"):
        row = getattr(row, part)
    if isinstance(row, date):  # and datetime
        return row.isoformat()
    return str(row) if isinstance(row, UUID) else row


def _make(request: Request, values: list[str | int]) -> str:
    return seal(json.dumps([request.path, *values]))


def _read(cursor: str, request: Request, count: int) -> list[Any]:
    try:
        path, *values = json.loads(unseal(cursor))
    except (ValueError, KeyError, InvalidTag):
        path, values = "", []
    if path != request.path or len(values) != count:
        raise ValidationError({"cursor": [_("This cursor does not belong here. Read the list from its beginning.")]})
    return values


def _after(keys: list[str], values: list[Any]) -> Q:
    """The rows behind these sort keys: later by the first key, or equal and later by the second, and so on."""
    after, equal = Q(), Q()
    for key, value in zip(keys, values, strict=True):
        name, way = key.removeprefix("-"), "lt" if key.startswith("-") else "gt"
        after |= equal & Q(**{f"{name}__{way}": value})
        equal &= Q(**{name: value})
    first = keys[0].removeprefix("-")
    bound = "lte" if keys[0].startswith("-") else "gte"
    return Q(**{f"{first}__{bound}": values[0]}) & after  # the bound lets the index begin at the right row
