"""Desk and phone in a real Chromium under the real headers: no page breaks a rule of theirs, and what breaks one does not run."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page

from ccmp.people.models import User
from tests.access.table import TABLE
from tests.access.walking import address_of, patterns
from tests.access.world import World, make_world
from tests.phone.calling import signed_in
from tests.web_server import WebServer

pytestmark = pytest.mark.browser
NO_PAGES = {
    "phone:manifest",
    "phone:worker",
    "phone:pack",
    "children:paper",
    "children:looks-paper",
    "privacy:copy",
    "children:export",
    "children:import-annotated",
    "children:import-template",
}
HERS = {"visits:today", "children:list", "children:file", "clubs:club", "people:account", "phone:set-up"}
WIDTH = {"C": {"width": 1280, "height": 800}, "M": {"width": 360, "height": 740}}
HOSTILE = {
    "markup": "document.querySelector('main').innerHTML = '<b>x</b>'",
    "a whole page": "new DOMParser().parseFromString('<b>x</b>', 'text/html')",
    "a fragment": "document.createRange().createContextualFragment('<b>x</b>')",
    "a script's address": "document.createElement('script').src = '/static/js/forms.js'",
    "a script's text": "document.createElement('script').text = 'alert(1)'",
    "a worker": "new Worker('/static/js/forms.js')",
    "a frame's page": "document.createElement('iframe').srcdoc = '<b>x</b>'",
    "another policy": "trustedTypes.createPolicy('mine', {createHTML: (text) => text})",
}


@pytest.fixture
def people(web_server: WebServer) -> World:
    return make_world()


@pytest.fixture
def contexts(browser: Browser, web_server: WebServer, people: World) -> Iterator[dict[str, BrowserContext]]:
    opened = {role: _signed_in(browser, web_server, people.people[role], size) for role, size in WIDTH.items()}
    yield opened
    for context in opened.values():
        context.close()


def _signed_in(browser: Browser, server: WebServer, user: User | None, size: Any) -> BrowserContext:
    context = browser.new_context(viewport=size, locale="zh-CN")
    client = signed_in(user)
    client.get("/account/")
    cookies = [{"name": name, "value": one.value, "url": server.url} for name, one in client.cookies.items()]
    context.add_cookies(cookies)  # type: ignore[arg-type]
    return context


def _pages_of(role: str, world: World) -> Iterator[str]:
    """Every page of the desk; of hers, which tests/phone/test_offline_walk.py opens one by one under the same headers, a few."""
    for name, pattern in patterns():
        if role == "M" and name not in HERS:
            continue
        cells = {TABLE.get((name, "GET", place), {}).get(role) for place in ("own", "any")}
        if "200" in cells and not name.startswith(("api:", "health")) and name.partition("?")[0] not in NO_PAGES:
            yield address_of(name, pattern, world.facts["own"])


def _listening(page: Page) -> list[str]:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


def test_no_page_breaks_a_rule_and_what_breaks_one_does_not_run(
    contexts: dict[str, BrowserContext], web_server: WebServer, people: World
) -> None:
    broken = {}
    for role, context in contexts.items():
        page = context.new_page()
        said = _listening(page)
        for address in _pages_of(role, people):
            said.clear()
            page.goto(web_server.url + address)
            if said:
                broken[role, address] = list(said)

    assert broken == {}


def test_htmx_shows_what_our_own_server_answered(contexts: dict[str, BrowserContext], web_server: WebServer) -> None:
    page = contexts["C"].new_page()
    said = _listening(page)
    page.goto(web_server.url + "/reports/")

    page.fill("#code", "ABCD-EFGH")
    page.locator("form.field button[type=submit]").first.click()
    page.locator("#verified .verified").wait_for()

    assert (page.url, said) == (web_server.url + "/reports/", [])


@pytest.mark.parametrize("role", ["C", "M"])
def test_a_text_becomes_no_markup_and_no_script(
    contexts: dict[str, BrowserContext], web_server: WebServer, role: str
) -> None:
    page = contexts[role].new_page()
    page.goto(web_server.url + "/account/")

    refused = {}
    for what, script in HOSTILE.items():
        try:
            page.evaluate(f"() => {{ {script}; }}")
        except Error as error:
            refused[what] = str(error)

    assert set(refused) == set(HOSTILE)
    assert all("TypeError" in said or "SecurityError" in said for said in refused.values()), refused
