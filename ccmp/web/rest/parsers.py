from collections.abc import Mapping
from typing import IO, Any

from django.utils.translation import gettext_lazy as _
from rest_framework import status
from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import JSONParser

LARGEST_BODY = 2 * 1024 * 1024


class BodyTooLarge(APIException):
    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_code = "too_large"
    default_detail = _("This is more than 2 MB at once. Send it in smaller parts.")


class StrictJSONParser(JSONParser):
    """JSON, in UTF-8, of a size and depth that people send."""

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        request = (parser_context or {}).get("request")
        length = str(request.META.get("CONTENT_LENGTH", "")) if request is not None else ""
        if length.isdecimal() and int(length) > LARGEST_BODY:
            raise BodyTooLarge()
        try:
            return super().parse(stream, media_type, {**(parser_context or {}), "encoding": "utf-8"})
        except RecursionError:
            raise ParseError(_("This JSON is nested too deeply to be an entry.")) from None
