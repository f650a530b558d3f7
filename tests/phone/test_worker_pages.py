"""Her pages and forms through the worker, with the server really there and really gone."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from ccmp.people.models import User
from children.models import Child
from tests.phone.chromium import HerPhone, phone_of
from tests.web_server import WebServer
from visits.models import Visit

__all__ = ["phone_of"]

pytestmark = pytest.mark.browser
Phones = Callable[[User], HerPhone]


def record_nobody_home(phone: HerPhone, child: Child) -> None:
    page = phone.open(reverse("visits:record", args=[child.id]))
    page.locator("input[name=outcome][value=nobody_home]").check(force=True)
    page.locator("button[type=submit][form=entry], form#entry button[type=submit]").first.click()
    page.wait_for_load_state()


def test_a_visit_that_is_written_down_without_a_network_is_kept_when_there_is_one(
    web_server: WebServer, phone_of: Phones, mother: User, child: Child
) -> None:
    phone = phone_of(mother)
    web_server.kill()

    record_nobody_home(phone, child)

    expect(phone.page.locator(".notice")).to_contain_text("等有网时送出")
    assert phone.states() == ["waiting"]
    web_server.start()
    phone.tell(type="sync")
    phone.wait_for(lambda found: not found["entries"])
    assert Visit.objects.get().child_id == child.id
    assert phone.found()["meta"]["kept"] == 1
