"""Requests that no page and no program of ours sends: other methods, other addresses, queries full of rubbish. Never a fault."""

from urllib.parse import urlencode

import pytest
from django.db import transaction

from tests.access.test_table import ANY, asked
from tests.access.walking import address_of
from tests.access.world import NAMES, World, make_world
from tests.factories import make_child
from tests.signing_in import Client

# What the pages and lists are asked by; each page finds its own among them.
ASKED_BY = (
    "page", "cursor", "limit", "month", "on", "q", "search", "under", "state", "child", "flag", "household", "to",
    "purpose", "reason", "show", "code", "county", "account", "place", "view", "wide", "left", "kind", "level", "area",
    "village", "township", "tab", "role", "edition", "order", "day", "week", "step", "benefit", "department", "arm",
)  # fmt: skip
RUBBISH = (
    "%00", "%FF%FE%ED%A0%80", "9" * 400, "-1", "NaN", "%D9%A3%D9%A4", "2026-02-30", "0001-01-01", "9999-12-31", "2026-13",
    "0001-01", "9999-12", "%0d%0aSet-Cookie:a=b", "..%2F..%2Fetc%2Fpasswd", "%3Cscript%3E", "[]", "{}", "%7B%7B7*7%7D%7D",
    "00000000-0000-0000-0000-000000000000", "520323100201", "true", "1:AAAA", "%E2%80%AE",
)  # fmt: skip
METHODS = ("HEAD", "OPTIONS", "PUT", "DELETE", "BREW")
A_FAULT = 500


@pytest.fixture
def world(db) -> World:
    return make_world()


def signed_in(world: World, role: str) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(world.people[role], backend="ccmp.people.backends.PostingBackend")
    return client


def addresses(world: World, *, of_the_api: bool | None = None) -> list[str]:
    found = {
        address_of(name, pattern, world.facts["own"])
        for (name, method, place), pattern in asked().items()
        if method == "GET" and place in (ANY, "own") and of_the_api in (None, name.startswith("api:"))
    }
    return sorted(found)


def answers(client: Client, requests: list[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """(method, address) → status; whatever was done is undone."""
    found = {}
    for method, address in requests:
        with transaction.atomic():
            found[method, address[:200]] = client.generic(method, address).status_code
            transaction.set_rollback(True)
    return found


def faults(found: dict[tuple[str, str], int]) -> dict[tuple[str, str], int]:
    return {asked_for: status for asked_for, status in found.items() if status >= A_FAULT}


@pytest.mark.parametrize(("role", "first"), [("M", 0), ("C", 1)])
def test_no_query_breaks_a_page(world, role, first):
    """Every second piece of rubbish to the one, the others to the other; under each name that any page knows."""
    queries = ["&".join(f"{name}={rubbish}" for name in ASKED_BY) for rubbish in RUBBISH[first::2]]
    queries.append("&".join(f"{name}=1&{name}=x&{name}[]=" for name in ASKED_BY) + "&&&=&=x&%")
    client, found = signed_in(world, role), {}

    for address in addresses(world, of_the_api=False):
        if 200 in answers(client, [("GET", address)]).values():
            mark = "&" if "?" in address else "?"
            found |= answers(client, [("GET", f"{address}{mark}{query}") for query in queries])

    assert faults(found) == {}
    assert len(found) > 200


def test_no_method_breaks_an_address(world):
    requests = [(method, address) for address in addresses(world) for method in METHODS]

    assert faults(answers(signed_in(world, "C"), requests)) == {}


def test_no_slash_and_no_other_spelling_breaks_an_address(world):
    requests = []
    for address in addresses(world):
        path, _, query = address.partition("?")
        odd = (path.rstrip("/") or "/", f"{path}/", f"{path}%00", f"{path}..%2f", path.upper())
        requests += [("GET", f"{other}?{query}") for other in odd]

    assert faults(answers(signed_in(world, "M"), requests)) == {}


def test_a_list_is_no_way_to_what_another_list_holds(world):
    """The county's cursor, in the hands of a mother, goes on among her own children."""
    own = world.facts["own"]
    for number in range(3):
        make_child(own.mother, name=f"安{number}")
    county, mother = signed_in(world, "C"), signed_in(world, "M")
    following = county.get("/api/v1/children/?" + urlencode({"limit": 1, "on": "2026-03-12"})).json()["next"]

    page = mother.get(following)

    told = page.content.decode()
    assert page.status_code == 200
    assert {row["village_code"] for row in page.json()["results"]} == {own.village_code}
    assert NAMES["sibling"] not in told
    assert NAMES["other"] not in told
