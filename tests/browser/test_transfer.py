"""A child moves to the next village: asked on one phone without a network, taken over in the other village, seen from both."""

from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from ccmp.moments import day_of, now
from ccmp.people.models import User
from children.models import Child, Transfer
from tests.browser import phone_steps as she
from tests.browser.at_the_line import line, phone
from tests.browser.mountain_line import MountainLine
from tests.factories import CLOUD_FOOT, STONE_SHOOT
from tests.phone.chromium import HerPhone
from tests.web_server import WebServer
from visits.models import Visit

__all__ = ["line", "phone"]

pytestmark = pytest.mark.browser


def test_a_transfer_seen_from_both_villages(
    phone: HerPhone, browser: Browser, line: MountainLine, web_server: WebServer, mother: User, other_mother: User
) -> None:
    she.give_password(other_mother)
    child = she.make_village(mother, children=2)[0]
    she.take_phone(phone)

    asks_without_a_network(phone, line, child)
    other = browser.new_context(viewport={"width": 360, "height": 740}, locale="zh-CN").new_page()
    she.sign_in(other, web_server.url, other_mother)
    she.lose_the_network(phone, line)
    she.visit(phone, child.name, she.seen())
    takes_over(other, web_server.url, child)

    the_old_side_lets_go(phone, line, child)
    other.goto(f"{web_server.url}{reverse('children:file', args=[child.id])}")
    expect(other.locator("main")).to_contain_text("洋川街道云脚村")
    other.context.close()


def asks_without_a_network(phone: HerPhone, line: MountainLine, child: Child) -> None:
    she.lose_the_network(phone, line)
    she.open_file(phone, child.name)
    she.follow(phone.page, "移交给别的项目村")
    she.follow(phone.page, "石笋沟村")
    she.fill_in(phone.page, {"on": (day_of(now()) - timedelta(days=1)).isoformat(), "words": "爱画画，怕黑"})
    she.send(phone.page)
    expect(phone.page.locator("main")).to_contain_text(child.name)

    she.find_a_network(phone, line)
    phone.tell(type="sync")
    phone.wait_for(lambda found: not found["entries"], most=120)
    assert Transfer.objects.get().to_village_code == STONE_SHOOT


def takes_over(page: Page, base: str, child: Child) -> None:
    page.goto(f"{base}{reverse('children:transfers')}")
    she.follow(page, child.name)
    expect(page.locator("main")).to_contain_text("爱画画，怕黑")
    she.fill_in(page, {"step": "take", "home": "new", "head_name": "李国强"})
    page.get_by_role("button", name="保存答复").click()
    expect(page.locator("main")).to_contain_text("已交接")
    assert Child.objects.get(pk=child.pk).village_code == STONE_SHOOT


def the_old_side_lets_go(phone: HerPhone, line: MountainLine, child: Child) -> None:
    """What she saw before it was taken over is kept for her village; the file is on her phone no more."""
    she.find_a_network(phone, line)
    phone.tell(type="sync")
    phone.wait_for(lambda found: f"child:{child.id}" not in found["docs"] and not found["entries"], most=120)
    assert [(one.child_id, one.village_code) for one in Visit.objects.all()] == [(child.id, CLOUD_FOOT)]
    assert child.name not in phone.open(reverse("children:list")).content()
    she.follow(phone.open(reverse("children:transfers")), child.name)
    expect(phone.page.locator("main")).to_contain_text("已交接")
