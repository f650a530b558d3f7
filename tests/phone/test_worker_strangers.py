"""What another site, and whoever takes the phone apart, can do with one that is set up: nothing."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Route, expect

from ccmp.people.models import User
from children.models import Child
from tests.phone.chromium import HerPhone, phone_of
from tests.web_server import WebServer

__all__ = ["phone_of"]

pytestmark = pytest.mark.browser
Phones = Callable[[User], HerPhone]
ELSEWHERE = "http://elsewhere.test/"


def form_elsewhere(phone: HerPhone, path: str, *, head: str = "", **fields: str) -> None:
    """Another site's page posts a form to ours, as a link in a message may lead to it."""
    hidden = "".join(f"<input name={name} value='{value}'>" for name, value in fields.items())
    form = f"<form method=post action='{phone.server.url}{path}'>{hidden}<button>领红包</button></form>"

    def answer(route: Route) -> None:
        route.fulfill(content_type="text/html", body=f"<meta charset=utf-8>{head}{form}")

    phone.context.route(f"{ELSEWHERE}**", answer)
    phone.page.goto(ELSEWHERE)
    phone.page.locator("button").click()
    phone.page.wait_for_url(lambda address: address.startswith(phone.server.url))


@pytest.mark.parametrize("head", ["", "<meta name=referrer content=no-referrer>"])
def test_a_form_of_another_site_writes_nothing_down(phone_of: Phones, mother: User, head: str) -> None:
    phone = phone_of(mother)

    form_elsewhere(phone, reverse("people:account"), head=head, language="en")

    phone.open(reverse("visits:today"))
    assert phone.found()["entries"] == []
    assert User.objects.get(pk=mother.pk).language == mother.language


def test_a_form_of_another_site_writes_nothing_down_without_a_network(
    web_server: WebServer, phone_of: Phones, mother: User
) -> None:
    phone = phone_of(mother)
    web_server.kill()

    form_elsewhere(phone, reverse("people:account"), language="en")

    phone.open(reverse("visits:today"))
    assert phone.found()["entries"] == []


def test_an_entrys_number_is_a_number(web_server: WebServer, phone_of: Phones, mother: User, child: Child) -> None:
    phone = phone_of(mother)
    web_server.kill()
    page = phone.open(reverse("visits:record", args=[child.id]))
    page.locator("#entry [name=_entry]").evaluate("(field) => { field.value = '\"><b id=put-in>'; }")

    phone.submit()

    expect(page.locator("[data-error]").first).to_be_visible()
    expect(page.locator("#put-in")).to_have_count(0)


@pytest.mark.parametrize(
    "then", ["//elsewhere.test/", "/%09/elsewhere.test/", "/%5Celsewhere.test/", "/%0A/elsewhere.test/"]
)
def test_a_link_to_the_pin_leads_nowhere_else(phone_of: Phones, mother: User, then: str) -> None:
    phone = phone_of(mother)
    phone.tell(type="lock")
    phone.open(f"{reverse('phone:open')}?then={then}")

    phone.page.fill("input[name=pin]", "306142")

    phone.page.wait_for_url(lambda address: reverse("phone:open") not in address)
    assert phone.page.url.startswith(phone.server.url)


def test_what_she_types_is_left_to_no_browsers_memory(phone_of: Phones, mother: User, child: Child) -> None:
    phone = phone_of(mother)

    page = phone.open(reverse("visits:record", args=[child.id]))

    assert page.locator("form[method=post]").evaluate_all("(forms) => forms.map((one) => one.autocomplete)") == [
        "off"
    ] * (page.locator("form[method=post]").count())
    assert page.locator("textarea[name=note]").evaluate("(field) => field.form.autocomplete") == "off"
