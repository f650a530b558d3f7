"""Forms in other alphabets, and alphabets that are none, do not reach a page."""

from typing import Any

import pytest

from ccmp import wsgi
from ccmp.web.alphabet import in_utf8


def asked_in(kind: str, application: Any) -> tuple[str, dict[str, str], bytes]:
    told: list[Any] = []
    body = b"".join(application({"CONTENT_TYPE": kind}, lambda status, heads: told.extend((status, dict(heads)))))
    return told[0], told[1], body


def a_page(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    start_response("200 OK", [])
    return [b"read"]


@pytest.mark.parametrize("alphabet", ["rot13", "base64", "idna", "gbk", "utf-16", "nothing", '"x', "\x00"])
def test_what_is_not_utf_8_is_refused_before_it_is_read(alphabet):
    status, heads, body = asked_in(f"multipart/form-data; boundary=x; charset={alphabet}", wsgi.application)

    assert status == "415 Unsupported Media Type"
    assert heads["Content-Type"] == "application/problem+json"
    assert b"UTF-8" in body


@pytest.mark.parametrize(
    "kind", ["", "text/html", "application/json; charset=utf-8", 'x/y; charset="UTF-8"', "x/y; charset=utf8"]
)
def test_what_is_utf_8_is_read(kind):
    assert asked_in(kind, in_utf8(a_page)) == ("200 OK", {}, b"read")
