"""Her pages and forms through the worker, with the server really there and really gone."""

import re
from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from ccmp.people.models import User
from ccmp.phone.models import OutboxEntry
from children.models import Child
from tests.phone.chromium import HerPhone, phone_of
from tests.web_server import WebServer
from visits.models import Visit

__all__ = ["phone_of"]

pytestmark = pytest.mark.browser
Phones = Callable[[User], HerPhone]
SET_VALUE = "(fields, value) => fields.forEach((field) => { field.value = value; })"


def fill_in_nobody_home(phone: HerPhone, child: Child) -> None:
    page = phone.open(reverse("visits:record", args=[child.id]))
    page.locator("input[name=outcome][value=nobody_home]").check(force=True)


def record_nobody_home(phone: HerPhone, child: Child) -> None:
    fill_in_nobody_home(phone, child)
    phone.submit()


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


def test_with_a_network_an_entry_is_with_the_server_before_the_next_page(
    phone_of: Phones, mother: User, child: Child
) -> None:
    phone = phone_of(mother)

    record_nobody_home(phone, child)

    assert Visit.objects.get().child_id == child.id
    assert OutboxEntry.objects.get().kind == "visits:record"
    expect(phone.page.locator(".notice")).not_to_contain_text("等有网时送出")


def test_a_form_that_is_sent_twice_is_one_entry(
    web_server: WebServer, phone_of: Phones, mother: User, child: Child
) -> None:
    phone = phone_of(mother)
    web_server.kill()
    record_nobody_home(phone, child)

    [entry] = phone.found()["entries"]
    fill_in_nobody_home(phone, child)
    for name, value in (("_entry", entry["id"]), *((name, values[0]) for name, values in entry["fields"].items())):
        phone.page.locator(f"#entry [name={name}]:not([type=radio])").evaluate_all(SET_VALUE, value)
    phone.submit()

    assert phone.states() == ["waiting"]


def test_what_the_phone_can_see_to_be_wrong_comes_back_with_what_she_typed(
    web_server: WebServer, phone_of: Phones, mother: User, child: Child
) -> None:
    phone = phone_of(mother)
    web_server.kill()
    page = phone.open(reverse("visits:record", args=[child.id]))
    page.locator("textarea[name=note]").fill("奶奶在 < 家 & $& 里")

    phone.submit()

    expect(page.locator(".error-summary li")).to_have_count(1)
    expect(page.locator("#id_seen_alone[data-error] .field-error")).to_have_count(1)
    expect(page.locator("textarea[name=note]")).to_have_value("奶奶在 < 家 & $& 里")
    expect(page).to_have_title(re.compile("^没有记下"))
    assert phone.states() == []
    page.locator("input[name=outcome][value=nobody_home]").check(force=True)
    phone.submit()
    assert phone.states() == ["waiting"]
