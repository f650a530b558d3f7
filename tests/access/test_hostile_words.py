"""Hostile words in every field of every page and body: refused in a sentence or kept as words, and shown as words again.

No form and no body breaks on them, a refusal has written nothing, and what was kept does nothing on any page.
"""

from collections.abc import Iterator
from itertools import islice
from typing import Any

import pytest
from django.db import transaction
from django.urls import resolve

from tests.access import hostile
from tests.access.bodies import JSON
from tests.access.forms import FORMS
from tests.access.test_table import ANY, asked
from tests.access.walking import address_of
from tests.access.world import World, make_world
from tests.signing_in import Client

# What a program may put where something else belongs.
ODD: tuple[Any, ...] = (
    None, True, 1.0, -1, 10**30, 2**63, "", "\x00", "\ud800", [], {}, [[]], {"a": {}}, "陈" * 5000, "٣", "0001-01-01",
    "1950-06-01", "9999-12-31T23:59:59Z", "20260301", hostile.SCRIPT, hostile.WORDS["SQL"], hostile.WORDS["turned about"],
)  # fmt: skip
MARK = "<img src=x onerror=alert(1)>x{{7*7}}x"  # short enough for a name
NOT_SENT = ("csrfmiddlewaretoken", "id", "seen", "version", "last", "password")  # what a page keeps for itself
WRITES_ON_REFUSAL = {"api:outbox"}  # an entry that is refused is kept, with its reason


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def signed_in(world: World, role: str) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(world.people[role], backend="ccmp.people.backends.PostingBackend")
    return client


def pages(world: World) -> Iterator[tuple[str, str]]:
    for (name, method, place), pattern in asked().items():
        if method == "GET" and place in (ANY, "own") and not name.startswith("api:"):
            yield name, address_of(name, pattern, world.facts["own"])


def forms_of(world: World, client: Client, known: set[Any]) -> Iterator[hostile.PageForm]:
    """Each form of every page that this person may open, filled in well where somebody said how; those `known` aside."""
    for _name, address in pages(world):
        with transaction.atomic():
            page = client.get(address)
            transaction.set_rollback(True)
        if page.status_code != 200 or "html" not in page.headers["Content-Type"]:
            continue
        for form in hostile.forms_on(page.content.decode(), address):
            path = form.action.partition("?")[0]
            shape = (path, tuple(sorted(form.values)))
            if shape not in known and not path.endswith("sign-out/"):
                known.add(shape)
                yield _filled_in(form, resolve(path).view_name, world)


def _filled_in(form: hostile.PageForm, name: str, world: World) -> hostile.PageForm:
    typed = FORMS[name](world.facts["own"]) if name in FORMS else {}
    for field, value in typed.items():
        if field not in form.files:
            form.values[field] = [str(one) for one in (value if isinstance(value, list) else [value])]
    return form


def send(client: Client, form: hostile.PageForm, typed: dict[str, Any]) -> str:
    """What went wrong: a fault, or a refusal that wrote something."""
    before = hostile.rows()
    body = hostile.encoded(form.values | typed)
    response = client.post(form.action, body, content_type="application/x-www-form-urlencoded")
    if response.status_code >= 500:
        return f"{response.status_code}"
    if response.status_code >= 400 and hostile.rows() != before:
        return "refused, and written all the same"
    return ""


def test_no_form_breaks_on_hostile_words(world):
    """Of each form every text field gets every second word, of the next form the others; who may see it first sends it."""
    known: set[Any] = set()
    broken, words = [], tuple(hostile.WORDS.items())

    for role in ("M", "C", "P"):
        client = signed_in(world, role)
        for number, form in enumerate(list(forms_of(world, client, known))):
            fields = form.words - set(NOT_SENT)
            for what, word in words[number % 2 :: 2] if fields else ():
                with transaction.atomic():
                    wrong = send(client, form, dict.fromkeys(fields, word))
                    transaction.set_rollback(True)
                broken += [(form.action, what, wrong)] if wrong else []

    assert broken == []
    assert len(known) > 40


@pytest.mark.parametrize(("role", "first"), [("M", 0), ("C", 2)])
def test_no_body_breaks_on_what_does_not_belong_there(world, role, first):
    """Every fourth odd thing in turn, field by field: the mother's and the county's together make every second one."""
    client, broken = signed_in(world, role), []

    for (name, method, place), pattern in asked().items():
        if (name, method) not in JSON or place not in (ANY, "own"):
            continue
        address, body = address_of(name, pattern, world.facts["own"]), JSON[name, method](world.facts["own"])
        for what, odd in islice(odd_bodies(body), first, None, 4):
            with transaction.atomic():
                before = hostile.rows()
                response = client.generic(method, address, hostile.as_json(odd), content_type="application/json")
                is_refused, told = response.status_code >= 400, response.headers["Content-Type"]
                if response.status_code >= 500 or (is_refused and told != "application/problem+json"):
                    broken.append((name, what, response.status_code))
                elif is_refused and name not in WRITES_ON_REFUSAL and hostile.rows() != before:
                    broken.append((name, what, "refused, and written all the same"))
                transaction.set_rollback(True)

    assert broken == []


def odd_bodies(body: Any) -> Iterator[tuple[str, Any]]:
    """The body with one field odd, each field once with everything."""
    if isinstance(body, list):
        yield from ((what, [odd]) for what, odd in odd_bodies(body[0]))
        return
    for field, value in body.items():
        yield from ((f"{field}: {odd!r:.60}", body | {field: odd}) for odd in ODD)
        if isinstance(value, dict):
            yield from ((f"{field}.{what}", body | {field: odd}) for what, odd in odd_bodies(value))


def test_what_was_kept_is_shown_as_words(world):
    """Everybody writes it wherever she may; then everybody reads every page."""
    known: set[Any] = set()
    for role in ("M", "C", "P"):
        client = signed_in(world, role)
        for form in list(forms_of(world, client, known)):
            send(client, form, dict.fromkeys(form.words - set(NOT_SENT), MARK))

    shown, done = 0, []
    for role in ("M", "C", "P"):
        client = signed_in(world, role)
        for name, address in pages(world):
            page = client.get(address)
            text = "" if page.streaming else page.content.decode(errors="replace")
            shown += "&lt;img src=x" in text
            if page.status_code >= 500 or "<img src=x" in text or "x49x" in text:
                done.append((role, name, page.status_code))

    assert done == []
    assert shown > 5  # it was kept, and is there to be read
