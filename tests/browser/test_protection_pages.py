"""The pages of data protection at the desk, with long words in them: nothing is cut off, and axe finds nothing."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from django.urls import reverse
from playwright.sync_api import Browser, Page

from ccmp import moments
from ccmp.identifiers import new_id
from ccmp.people.models import User
from ccmp.privacy.enums import IncidentKind, RequestKind, RequestState, WhyOpened
from ccmp.privacy.services.holds import hold_back
from ccmp.privacy.services.incidents import Found, report_incident
from ccmp.privacy.services.openings import Need, break_glass
from ccmp.privacy.services.requests import Asked, answer_request, register_request
from children.models import Child
from tests import factories
from tests.factories import SUIYANG
from tests.signing_in import Client
from tests.web_server import WebServer

pytestmark = pytest.mark.browser

NUMBER = "520323201406010043"
WORDS = "绥阳县人民法院（2026）黔0323民初第1204号，监护权变更案，判决生效前不得删除这个孩子的任何信息。"
# Cells whose words do not fit, wherever they say so by an ellipsis or are simply cut.
CUT = """() => [...document.querySelectorAll("main :is(td, th, dd, p, h1, h2, h3, code)")]
  .filter((one) => getComputedStyle(one).overflowX !== "visible" && one.clientWidth > 1 && one.scrollWidth > one.clientWidth + 1)
  .map((one) => one.textContent.trim())"""
IN_SIGHT = """() => { const way = document.querySelector(".rail a[aria-current]")?.getBoundingClientRect();
  return !way || (way.top >= 0 && way.bottom <= innerHeight); }"""


@pytest.fixture
def known(mother: User) -> Child:
    return factories.make_child(mother, name="阿依古丽·买买提江", resident_id=NUMBER)


@pytest.fixture
def all_of_it(known: Child, officer: User, other_county_officer: User) -> None:
    """A request that was declined too late, an incident past its hour, a hold, an opening to be judged."""
    at = moments.now()
    long_ago = at - timedelta(days=60)
    asked = register_request(
        child=known, asked=Asked(new_id(), RequestKind.CORRECT, "陈国富", "61", WORDS), by=officer, at=long_ago
    )
    answer_request(request_id=asked.pk, state=RequestState.DECLINED, words=WORDS, by=officer, at=at)
    found = Found(new_id(), SUIYANG, IncidentKind.PAPER, long_ago, long_ago, WORDS, 540, of_health=True)
    report_incident(found=found, by=officer, at=at)
    hold_back(child=known, why=WORDS, until=None, by=officer, at=at)
    break_glass(need=Need(NUMBER, WhyOpened.FOUND, WORDS), by=other_county_officer, at=at)


@pytest.fixture
def desk(browser: Browser, web_server: WebServer, officer: User) -> Iterator[Page]:
    client = Client()
    client.force_login(officer, backend="ccmp.people.backends.PostingBackend")
    context = browser.new_context(locale="zh-CN", viewport={"width": 1280, "height": 800}, base_url=web_server.url)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": web_server.url}])
    yield context.new_page()
    context.close()


def test_each_page_is_read_in_full_and_says_where_one_is(desk: Page, all_of_it: None, known: Child) -> None:
    wrong: dict[str, Any] = {}
    for path in (
        reverse("privacy:schedule"),
        reverse("privacy:requests") + "?tab=answered",
        reverse("privacy:incidents"),
        reverse("privacy:openings"),
        reverse("privacy:hold", args=[known.pk]),
        reverse("children:looks", args=[known.pk]),
    ):
        answer = desk.goto(path)
        violations = [one["id"] for one in Axe().run(desk).response["violations"]]
        assert answer is not None
        found = (answer.status, desk.evaluate(CUT), desk.evaluate(IN_SIGHT), violations)
        wrong |= {path: found} if found != (200, [], True, []) else {}

    assert wrong == {}
    assert desk.locator("main .ledger tbody tr").count() > 1
