"""Heads and bodies that no browser of ours sends: other kinds of content, other alphabets, headers full of rubbish."""

import pytest
from django.db import transaction
from django.urls import reverse

from tests.access.world import World, make_world
from tests.signing_in import Client

JSON_DEEP = b"[" * 50_000
MANY_FIELDS = "&".join(f"f{number}=1" for number in range(5000)).encode()
BODIES: list[tuple[str, bytes]] = [
    ("application/x-www-form-urlencoded", b"\xff\xfe\x00&=&&%&%zz=%FF&id=%ED%A0%80"),
    ("application/x-www-form-urlencoded", MANY_FIELDS),
    ("application/x-www-form-urlencoded", b"note=" + b"x" * 10_000_000),
    ("application/x-www-form-urlencoded; charset=utf-16", "q=陈".encode("utf-16")),
    ("application/x-www-form-urlencoded; charset=gbk", "q=陈".encode("gbk")),
    ("multipart/form-data", b"x"),
    ("multipart/form-data; boundary=", b"--\r\n"),
    ("multipart/form-data; boundary=\xe9", b"--x\r\n"),
    ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; name=\"q\"\r\n\r\n\xff\xfe"),
    ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; name=\"id\"; filename=\"\"\r\n\r\n\r\n--x--"),
    ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data\r\nContent-Transfer-Encoding: base64\r\n\r\n!"),
    ("application/json", b""),
    ("application/json", b"\xff\xfe"),
    ("application/json", JSON_DEEP),
    ("application/json", b'{"a": 1' + b"0" * 5000 + b"}"),
    ("text/xml", b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'),
    ("nothing", b"x"),
    ("", b"x"),
]  # fmt: skip
HEADS: list[dict[str, str]] = [
    {"Referer": "http://["},
    {"Referer": "javascript:alert(1)"},
    {"Origin": "http://["},
    {"Origin": "null"},
    {"Accept": "\x00"},
    {"Accept": "text/html;q=x,*/*;q=-1"},
    {"Accept-Language": "x" * 5000},
    {"Accept-Language": "\xff,\x00;q=NaN"},
    {"Accept-Encoding": "gzip;q=NaN, *;q=-1"},
    {"Cookie": "sessionid=\x00; csrftoken=" + "x" * 5000 + "; django_language=../../x; messages=x"},
    {"If-Modified-Since": "yesterday", "If-None-Match": '"' * 99, "Range": "bytes=9-1"},
    {"HX-Request": "true", "HX-Current-URL": "http://[", "HX-Target": "\x00", "HX-Trigger": "<b>"},
    {"X-Request-ID": "a\r\nb: c"},
    {"X-Forwarded-For": "\x00, ::::", "X-Forwarded-Host": "x/y", "X-Forwarded-Proto": "gopher"},
    {"X-HTTP-Method-Override": "DELETE"},
    {"X-Phone": "{", "X-Phone-Clock": "9999-12-31T23:59:59-23:59"},
]  # fmt: skip
AUTHORIZATIONS = (
    "Bearer", "Bearer ", "Bearer \xff\x00", "Phone", "Phone \xff", "Phone a b", "Basic eDp5", "\x00", "Bearer " + "x" * 9000,
)  # fmt: skip


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.fixture
def her(world: World) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(world.people["M"], backend="ccmp.people.backends.PostingBackend")
    return client


def pages(world: World) -> list[str]:
    child = world.facts["own"].child
    asked = f"{reverse('children:list')}?q=%FF%E9"
    return [
        reverse("visits:today"),
        reverse("children:file", args=[child.id]),
        asked,
        f"/api/v1/children/{child.id}/",
        "/sign-in/",
    ]


def takers(world: World) -> list[str]:
    child = world.facts["own"].child
    named = [
        reverse(name) for name in ("people:account", "children:list", "children:import", "clubs:open", "people:sign-in")
    ]
    return [*named, reverse("visits:record", args=[child.id]), "/api/v1/outbox/", "/api/v1/visits/", "/api/v1/token/"]


@pytest.mark.parametrize(("kind", "body"), BODIES, ids=[f"{kind[:60]!r}-{len(body)}" for kind, body in BODIES])
def test_no_kind_of_body_breaks_what_takes_one(her, world, kind, body):
    found = {}
    for address in takers(world):
        with transaction.atomic():
            found[address] = her.generic("POST", address, body, content_type=kind).status_code
            transaction.set_rollback(True)

    assert {address: status for address, status in found.items() if status >= 500} == {}


def test_no_head_breaks_a_page(her, world):
    found = {}
    for head in HEADS:
        for address in (*pages(world), f"{reverse('clubs:approve-closure', args=[world.facts['own'].closure.id])}"):
            method = "POST" if "approve" in address else "GET"
            with transaction.atomic():
                found[str(head)[:80], address] = her.generic(method, address, headers=head).status_code
                transaction.set_rollback(True)

    assert {asked: status for asked, status in found.items() if status >= 500} == {}


def test_no_key_that_is_none_breaks_the_api(world):
    nobody = Client(raise_request_exception=False)

    found = {
        (key[:20], address): nobody.post(
            address, {}, content_type="application/json", headers={"Authorization": key}
        ).status_code
        for key in AUTHORIZATIONS
        for address in ("/api/v1/outbox/", "/api/v1/phones/changes/", "/api/v1/visits/")
    }

    assert set(found.values()) == {401}
