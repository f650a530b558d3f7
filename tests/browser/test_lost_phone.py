"""A phone is lost: the county takes it out of use, it empties itself at the next contact, and what it had not sent is taken."""

import pytest
from playwright.sync_api import Browser, expect

from ccmp.people.models import User
from ccmp.phone.models import OutboxEntry, Phone
from tests.browser import phone_steps as she
from tests.browser.at_the_line import line, phone
from tests.browser.mountain_line import MountainLine
from tests.browser.test_two_on_one_phone import ALL_THAT_LIES_HERE
from tests.phone.chromium import HerPhone
from tests.web_server import WebServer
from visits.models import Visit

__all__ = ["line", "phone"]

pytestmark = pytest.mark.browser


def the_county_takes_it_out_of_use(browser: Browser, web_server: WebServer, officer: User) -> None:
    context = browser.new_context(locale="zh-CN", viewport={"width": 1280, "height": 800})
    page = context.new_page()
    she.give_password(officer)
    she.sign_in(page, web_server.url, officer)
    page.goto(f"{web_server.url}/phones/")
    page.locator("a[href*='/revoke/']").click()
    page.locator("main form[method=post] button[type=submit]").first.click()
    expect(page.locator(".notice").first).to_be_visible()
    context.close()


def test_a_lost_phone_is_emptied_at_its_next_contact_and_what_it_had_not_sent_is_taken(
    browser: Browser, phone: HerPhone, line: MountainLine, web_server: WebServer, mother: User, officer: User
) -> None:
    child, *others = she.make_village(mother, children=3)
    she.take_phone(phone)
    she.lose_the_network(phone, line)
    she.visit(phone, child.name, {"outcome": "nobody_home", "note": "门上有锁"})

    the_county_takes_it_out_of_use(browser, web_server, officer)
    assert Phone.objects.get().revoked_at is not None
    she.find_a_network(phone, line)
    phone.open("/visits/today/")
    phone.page.wait_for_url("**/phone/open/**", timeout=60_000)

    assert OutboxEntry.objects.get().kind == "visits:record"
    assert Visit.objects.get().note == "门上有锁"
    expect(phone.page.get_by_text("停用").first).to_be_visible()
    assert she.docs_held(phone) == 0
    lying = phone.page.evaluate(ALL_THAT_LIES_HERE)
    assert not [one.name for one in (child, *others) if one.name in lying]
    phone.page.goto(f"{phone.server.url}/children/")
    assert child.name not in phone.page.content()
