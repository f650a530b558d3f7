"""What really crosses the line: her pages, the pack, a village of 540 children. Sizes are bytes on the wire."""

import gzip
import http.client
import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import brotli
import pytest
from playwright.sync_api import Browser, BrowserContext

from ccmp.identifiers import new_id
from ccmp.moments import now
from ccmp.people.models import User
from ccmp.phone.services.docs import hash_of_all
from ccmp.phone.services.pack import pack
from children.entries import ChildEntry, HouseholdEntry
from children.services.register import register_children
from tests import factories
from tests.phone.calling import InHand
from tests.phone.calling import phone_of as phone_in_hand
from tests.web_server import WebServer
from visits.entries import VisitEntry
from visits.services.visits import record_visits

pytestmark = pytest.mark.browser
PASSWORD = "plum-blossom-31"
FIRST, AFTER, VILLAGE, QUIET = 60_000, 15_000, 150_000, 1_500
PAGES = ["/visits/today/", "/children/", "/children/register/", "/club/", "/visits/", "/account/", "/flags/raise/"]


@pytest.fixture
def her(web_server: WebServer) -> User:
    factories.make_places()
    mother = factories.make_mother()
    mother.set_password(PASSWORD)
    mother.save(update_fields=["password"])
    at = now()
    for number in range(60):
        factories.make_child(mother, name=f"陈雨{chr(0x4E00 + 37 * number)}", made_at=at, at=at, carer=None)
    return mother


@pytest.fixture
def signed_in(browser: Browser, web_server: WebServer, her: User) -> Iterator[dict[str, Any]]:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{web_server.url}/sign-in/")
    page.fill("[name=username]", her.username)
    page.fill("[name=password]", PASSWORD)
    page.click("[type=submit][data-kind=main]")
    page.wait_for_url("**/visits/today/")
    yield dict(context.storage_state())
    context.close()


def weigh(context: BrowserContext, address: str) -> int:
    """Bytes that the page and all that it asks for bring over the line."""
    page, sizes = context.new_page(), []
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.on("Network.loadingFinished", lambda event: sizes.append(int(event["encodedDataLength"])))
    page.goto(address, wait_until="networkidle")
    page.close()
    return sum(sizes)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_keeps_to_its_budget(
    browser: Browser, signed_in: dict[str, Any], web_server: WebServer, path: str
) -> None:
    context = browser.new_context(storage_state=signed_in, viewport={"width": 360, "height": 740})

    first, after = weigh(context, web_server.url + path), weigh(context, web_server.url + path)

    context.close()
    assert first <= FIRST
    assert after <= AFTER


def test_the_pack_of_all_her_pages_weighs_no_more_than_one_first_visit() -> None:
    assert len(pack("zh-hans").squeezed) <= FIRST


@pytest.mark.parametrize(
    ("understands", "encoding"),
    [("gzip, deflate, br, zstd", "br"), ("gzip", "gzip"), ("gzip, br;q=0", "gzip"), ("br;q=0.5, gzip", "br")],
)
def test_the_pack_is_sent_as_small_as_the_phone_understands(
    web_server: WebServer, understands: str, encoding: str
) -> None:
    line = http.client.HTTPConnection(web_server.host, web_server.port)
    line.request("GET", "/phone/pack/zh-hans/", headers={"Accept-Encoding": understands})
    answer = line.getresponse()
    sent = answer.read()

    assert answer.headers["Content-Encoding"] == encoding
    assert "Accept-Encoding" in answer.headers["Vary"]
    unpacked = gzip.decompress(sent) if encoding == "gzip" else brotli.decompress(sent)
    assert unpacked == pack_of(web_server)
    assert len(sent) <= FIRST or encoding == "gzip"


def pack_of(server: WebServer) -> bytes:
    """The pack as it is, of a line that understands no squeezing."""
    line = http.client.HTTPConnection(server.host, server.port)
    line.request("GET", "/phone/pack/zh-hans/", headers={"Accept-Encoding": "identity"})
    return line.getresponse().read()


# ── her village, 540 children ───────────────────────────────────────────────────────────────────────────────────────

CHILDREN = 540


@pytest.fixture
def large_village(world: None) -> User:
    """As many children as the largest village has, each with a home, a father far away, and one visit or two."""
    mother = factories.make_mother(name="罗小琴")
    at = now() - timedelta(days=100)
    entries = [_entry(number, at) for number in range(CHILDREN)]
    register_children(entries=entries, by=mother, at=at)
    record_visits(entries=list(_visits(entries)), by=mother, at=now())
    return mother


def _entry(number: int, at: datetime) -> ChildEntry:
    """Names and numbers that do not repeat: they must not compress better than real ones."""
    signs = [chr(0x4E00 + (number * step + 977) % 8000) for step in (37, 101, 211, 307)]
    home = HouseholdEntry(
        id=new_id(),
        head_name=f"陈{signs[0]}{signs[1]}",
        neighbourhood=f"{signs[number % 4]}寨组",
        address=f"{signs[2]}桥头",
    )
    father = factories.parent(
        name=f"陈{signs[2]}", phone=f"139{number * 7919 % 10**8:08}", away_since=at.date(), away_where="广东东莞"
    )
    return factories.child_entry(name=f"陈{signs[1]}{signs[3]}", household=home, parents=(father,), made_at=at)


def _visits(entries: list[ChildEntry]) -> Iterator[VisitEntry]:
    for number, entry in enumerate(entries):
        for days in (90, 30)[: 1 + number % 2]:
            made_at = now() - timedelta(days=days, minutes=number)
            answers = {"carer": number % 3, "contact": number % 2, "injury": 0, "school": 0}
            yield VisitEntry(
                id=new_id(), child=entry.id, made_at=made_at, outcome="completed", answers=answers, seen_alone=True
            )


def weigh_village(server: WebServer, phone: InHand) -> int:
    """Bytes of all answers until nothing more comes, as they cross the line: heads and bodies."""
    line = http.client.HTTPConnection(server.host, server.port)
    weight, more = 0, True
    while more:
        held = hash_of_all(phone.hashes) if phone.cursor else ""
        body = {"phone": phone.id, "cursor": phone.cursor, "hash": held, "most": 200}
        headers = {
            "Authorization": f"Phone {phone.token}",
            "Content-Type": "application/json",
            "Accept-Encoding": "gzip",
        }
        line.request("POST", "/api/v1/phones/changes/", json.dumps(body), headers)
        answer = line.getresponse()
        sent = answer.read()
        assert answer.status == 200
        weight += len(sent) + len(answer.headers.as_bytes())
        part = json.loads(gzip.decompress(sent) if answer.headers["Content-Encoding"] == "gzip" else sent)
        phone.take_in(part)
        more = part["more"]
    return weight


def test_a_village_of_540_children_comes_down_in_150_kilobytes(web_server: WebServer, large_village: User) -> None:
    phone = phone_in_hand(large_village)

    weight = weigh_village(web_server, phone)

    assert sum(name.startswith("child:") for name in phone.docs) == CHILDREN
    assert weight <= VILLAGE
    assert weigh_village(web_server, phone) <= QUIET  # nothing has changed
