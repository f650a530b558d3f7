"""Looking for a child on her phone: the worker answers, and what she looked for stands in no address."""

from collections.abc import Callable

import pytest
from django.urls import reverse

from ccmp.people.models import User
from children.models import Child
from tests.factories import make_child
from tests.phone.chromium import HerPhone, phone_of
from tests.web_server import WebServer

__all__ = ["phone_of"]

pytestmark = pytest.mark.browser
Phones = Callable[[User], HerPhone]


def look_for(phone: HerPhone, words: str) -> None:
    phone.page.fill("[role=search] [name=q]", words)
    with phone.page.expect_navigation():
        phone.page.locator("[role=search] button").click()


def names(phone: HerPhone) -> list[str]:
    return phone.page.locator(".child-line strong").all_inner_texts()


def test_without_a_network_a_child_is_found_and_found_again_on_the_way_back(
    web_server: WebServer, phone_of: Phones, mother: User, child: Child
) -> None:
    make_child(mother, name="罗小军", carer=None)
    phone = phone_of(mother)
    web_server.kill()
    phone.open(reverse("children:list"))

    look_for(phone, "cyx")
    address, found = phone.page.url, names(phone)
    phone.page.locator("a.note-row").first.click()
    phone.page.wait_for_url(f"**{child.get_absolute_url()}")
    phone.page.go_back()
    phone.page.wait_for_url(address)

    assert (found, names(phone)) == (["陈雨欣"], ["陈雨欣"])
    assert phone.page.locator("[name=q]").input_value() == "cyx"
    assert "cyx" not in address
    look_for(phone, "138 0000 2716")
    assert names(phone) == ["陈雨欣"]
    assert "2716" not in phone.page.url
    look_for(phone, "")
    assert phone.page.url.endswith(reverse("children:list"))
    assert len(names(phone)) == 2
    assert phone.states() == []
