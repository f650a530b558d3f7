"""A new edition of the app comes while she has something unsent and a form half filled in: it waits for her, and loses nothing."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from ccmp.people.models import User
from tests.browser import phone_steps as she
from tests.browser.at_the_line import line, phone
from tests.browser.mountain_line import MountainLine
from tests.phone.chromium import HerPhone
from tests.web_server import WebServer
from visits.models import Visit

__all__ = ["line", "phone"]

pytestmark = pytest.mark.browser


def another_edition(web_server: WebServer) -> None:
    web_server.kill()
    web_server.environment["TEST_NEXT_EDITION"] = "yes"
    web_server.start()


def test_a_new_edition_comes_in_the_middle_of_a_form(
    phone: HerPhone, line: MountainLine, web_server: WebServer, mother: User
) -> None:
    first, second, *_ = she.make_village(mother, children=3)
    she.take_phone(phone)
    before = phone.state()["version"]
    line.does_not_carry = "/api/"
    she.visit(phone, first.name, she.seen())
    page = phone.open(reverse("visits:record", args=[second.id]))
    she.fill_in(page, she.seen(school="1") | {"note": "写到一半"})

    another_edition(web_server)
    page.evaluate("async () => { await (await navigator.serviceWorker.ready).update(); }")

    strip = page.locator("[data-edition]")
    expect(strip).to_be_visible(timeout=60_000)
    expect(page.locator("[name=note]")).to_have_value("写到一半")  # nobody took the page from under her hands
    with page.expect_navigation():
        strip.get_by_role("button").click()
    expect(page.locator("[name=note]")).to_have_value("写到一半")
    expect(page.locator("[name=item_school][value='1']")).to_be_checked()
    assert phone.state()["version"] != before
    assert phone.states() == ["waiting"]
    she.send(page)
    line.does_not_carry = ""
    phone.tell(type="sync")
    phone.wait_for(lambda found: not found["entries"])
    assert {visit.child for visit in Visit.objects.all()} == {first, second}
    assert Visit.objects.get(child=second).note == "写到一半"
