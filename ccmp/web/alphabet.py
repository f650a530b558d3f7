"""One alphabet: what is sent is UTF-8.

Python knows “alphabets” in which no text is written (rot13, base64); a head that names one breaks Django while it still reads
the head, before any middleware. And a form in GBK that is read as if it were UTF-8 would be kept as names that nobody has.
"""

import json
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

from django.utils.http import parse_header_parameters

UTF_8 = ("utf-8", "utf8", "us-ascii")
Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def in_utf8(application: Application) -> Application:
    """The same WSGI application, for those who send UTF-8; others are told so."""

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        _kind, told = parse_header_parameters(environ.get("CONTENT_TYPE", ""))
        if told.get("charset", UTF_8[0]).lower() in UTF_8:
            return application(environ, start_response)
        return _refused(start_response)

    return answer


def _refused(start_response: Callable[..., Any]) -> Iterable[bytes]:
    status = HTTPStatus.UNSUPPORTED_MEDIA_TYPE
    told = {
        "type": "urn:ccmp:problem:unsupported-media-type",
        "title": status.phrase,
        "status": status.value,
        "detail": "Send it in UTF-8. 请用 UTF-8 编码发送。",
    }
    body = json.dumps(told).encode()
    heads = [
        ("Content-Type", "application/problem+json"),
        ("Content-Length", str(len(body))),
        ("Cache-Control", "no-store"),
    ]
    start_response(f"{status.value} {status.phrase}", heads)
    return [body]
