"""Registrations on her phone, without a network: in steps, the tab killed in the third; a brother and a twin of a known home."""

from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from ccmp.identifiers import new_id
from children.entries import HouseholdEntry
from children.models import Child
from tests.browser import phone_steps as she
from tests.factories import make_child, parent
from tests.phone.chromium import PATIENCE, phone_of
from tests.processes import wait_until

__all__ = ["phone_of"]

pytestmark = pytest.mark.browser
expect.set_options(timeout=PATIENCE)
NEW_HOME = {"head_name": "龙老汉", "neighbourhood": "下寨组"}


def test_she_registers_a_child_in_four_steps_though_her_tab_is_killed_in_the_third(phone_of, mother):
    phone = phone_of(mother)
    phone.context.set_offline(True)
    page = phone.open(f"{reverse('children:register')}?household=new")
    address = page.url.removeprefix(phone.server.url)

    expect(page.get_by_text("第 1 步，共 4 步")).to_be_visible()
    expect(page.locator("[name=father]").first).not_to_be_visible()
    she.fill_in(page, NEW_HOME | she.new_child("龙大宝", school_stage="junior") | {"father": "none"})
    she.fill_in(page, {"mother": "new", "mother_name": "石小花"})
    page.wait_for_timeout(700)
    she.kill_tab(phone, address)

    page = phone.page
    expect(page.get_by_text("第 3 步，共 4 步")).to_be_visible()
    expect(page.locator("[name=mother_name]")).to_have_value("石小花")

    she.fill_in(page, {"born_on": "", "carer": "mother", "carer_since": "2024-01-01"})
    she.send(page)
    expect(page.locator(".error-summary")).to_contain_text("1")
    expect(page.get_by_text("第 1 步，共 4 步")).to_be_visible()

    she.fill_in(page, {"born_on": "2012-05-04"})
    she.send(page)
    expect(page.locator("h1")).to_have_text("龙大宝")
    expect(page.locator(".child-head")).to_contain_text("还有 5 项没填")
    assert phone.states() == ["waiting"]


def test_a_brother_and_a_twin_join_the_home_that_she_knows_and_who_is_alike_is_asked_about_once(phone_of, mother):
    home = HouseholdEntry(new_id(), "龙老汉", "下寨组")
    make_child(mother, name="龙大宝", household=home, parents=(parent(),), born_on=date(2017, 5, 4))
    phone = phone_of(mother)
    phone.context.set_offline(True)

    she.register_in_home(phone, "龙二宝", "龙老汉", born_on="2019-09-10")
    expect(phone.page.locator("h1")).to_have_text("龙二宝")

    she.register_in_home(phone, "龙小宝", "龙老汉", born_on="2017-05-04")
    page = phone.page
    expect(page.locator(".error-summary")).to_be_visible()
    expect(page.locator("section[aria-labelledby=same] strong")).to_have_text(["龙大宝"])
    she.fill_in(page, {"another_child": True})
    she.send(page)
    expect(page.locator("h1")).to_have_text("龙小宝")
    assert phone.states() == ["waiting", "waiting"]

    phone.context.set_offline(False)
    phone.tell(type="sync")
    wait_until(lambda: Child.objects.filter(household=home.id).count() == 3)
