"""What hostile or broken senders put into a field, and which fields there are: read from the pages themselves."""

import json
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import quote_from_bytes

from django.db import connection

SCRIPT = "<img src=x onerror=alert(1)>'\"><script>alert(1)</script>"
TEMPLATE = "x{{7*7}}x{% load static %}${7*7}#{7*7}"
WORDS: dict[str, str] = {
    "nothing": "",
    "blanks": " \t\u3000\u00a0\u2003 ",
    "NUL": "陈\x00雨",
    "control characters": "".join(chr(code) for code in range(1, 32)) + "\x7f\x85\u2028\u2029",
    "turned about": "\u202e陈雨欣\u202d\u2066\u2067\u2068\u2069\u200f\u061c",
    "no width": "陈\u200b雨\u200d欣\ufeff\u2060\u00ad",
    "emoji": "👩‍👩‍👧‍👦🏳️‍🌈🇨🇳💀",
    "combining": "Z" + "\u0334\u0353\u033d" * 60,
    "beyond the plane": "𠮷𡈽𪚥\U0010ffff\uffff",
    "half a character": "\ud800陈\udfff",
    "SQL": "'; DROP TABLE children_child; --\\' OR 1=1 %s %(x)s %%",
    "template": TEMPLATE,
    "path": "../../../../etc/passwd\\..\\..\\x%2e%2e%2f",
    "header": "x\r\nSet-Cookie: a=b\r\n\r\n%0d%0aLocation: //x",
    "formula": '=HYPERLINK("http://x","陈")|cmd\'/c calc\'!A1',
    "script": SCRIPT,
    "one very long word": "陈" * 20_000,
    "a huge number": "9" * 400,
    "a number that is none": "NaN",
    "an infinite number": "-1e999",
    "digits of another script": "٣٤٥",
    "beyond 64 bits": str(2**63),
    "a day that is none": "2026-02-30",
    "the first day": "0001-01-01",
    "before there was a programme": "1950-06-01",
    "the last moment": "9999-12-31T23:59:59",
    "no UUID": "{urn:uuid:0}",
}


@dataclass
class PageForm:
    """A form of a page: where it is sent to, and what its fields hold."""

    action: str
    values: dict[str, list[str]] = field(default_factory=dict)
    words: set[str] = field(default_factory=set)
    files: set[str] = field(default_factory=set)


class _Reader(HTMLParser):
    """The forms of a page that are posted, as a browser would send them untouched."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address, self.forms = address, []
        self.form: PageForm | None = None
        self.select, self.area = "", ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            is_posted = told.get("method", "").lower() == "post"
            self.form = PageForm(told.get("action") or self.address) if is_posted else None
            if self.form is not None:
                self.forms.append(self.form)
        elif self.form is not None:
            self._field(tag, told, told.get("name", ""))

    def _field(self, tag: str, told: dict[str, str], name: str) -> None:
        if tag == "select":
            self.select = name
            self.form.values.setdefault(name, [])
        elif tag == "option" and self.select:
            if "selected" in told or not self.form.values[self.select]:
                self.form.values[self.select] = [told.get("value", "")]
        elif tag == "textarea":
            self.form.values[name] = [""]
            self.form.words.add(name)
        elif tag == "input" and name:
            self._input(told, name)

    def _input(self, told: dict[str, str], name: str) -> None:
        kind = told.get("type", "text")
        if kind == "file":
            self.form.files.add(name)
        elif kind in ("radio", "checkbox"):
            known = self.form.values.setdefault(name, [])
            if "checked" in told or (kind == "radio" and not known):
                self.form.values[name] = [told.get("value", "on")]
        else:
            self.form.values.setdefault(name, []).append(told.get("value", ""))
            if kind != "hidden":
                self.form.words.add(name)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = None
        elif tag == "select":
            self.select = ""


def forms_on(text: str, address: str) -> list[PageForm]:
    reader = _Reader(address)
    reader.feed(text)
    return reader.forms


def rows() -> dict[str, int]:
    """How many rows there are of everything, sessions, tries and the trail aside: what a refusal leaves as it was."""
    kept = ("django_", "auth_", "audit_", "guardian_", "phone_outboxentry", "people_opensession", "people_doortry")
    tables = [name for name in connection.introspection.table_names() if not name.startswith(kept)]
    counts = " UNION ALL ".join(f"SELECT '{name}', count(*) FROM \"{name}\"" for name in tables)
    with connection.cursor() as cursor:
        cursor.execute(counts)
        return dict(cursor.fetchall())


def encoded(fields: dict[str, Any]) -> bytes:
    """A form's body, halves of characters and all: bytes that are no UTF-8."""
    return "&".join(
        f"{quote_from_bytes(name.encode())}={quote_from_bytes(str(value).encode('utf-8', 'surrogatepass'))}"
        for name, values in fields.items()
        for value in (values if isinstance(values, list) else [values])
    ).encode()


def as_json(body: Any) -> bytes:
    """JSON in ASCII: halves of characters go out escaped."""
    return json.dumps(body, ensure_ascii=True, default=str).encode()
