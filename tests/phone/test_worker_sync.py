"""What waits on her phone reaches the server once and in order, whatever is killed, lost or repeated on the way."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from ccmp.moments import CHINA, now
from ccmp.people.models import Posting, User
from ccmp.people.services.postings import end_posting
from ccmp.phone.models import OutboxEntry, Phone
from ccmp.phone.services.phones import revoke_phone
from children.models import Child
from clubs.models import ClubSession
from tests.factories import make_child, make_session
from tests.phone.chromium import HOLDS_A_KEY, HerPhone, phone_of
from tests.phone.sending import visit_of
from tests.processes import wait_until
from tests.web_server import WebServer
from visits.models import Visit

__all__ = ["phone_of"]

pytestmark = pytest.mark.browser
FORGET = HOLDS_A_KEY.replace("Boolean(", "(").replace(".held()", ".lock()")
Phones = Callable[[User], HerPhone]


def visit_to(child: Child) -> dict[str, Any]:
    """A visit as the worker has written it down, waiting."""
    made = f"{now().astimezone(CHINA) - timedelta(minutes=5):%Y-%m-%d %H:%M}"
    sent = visit_of(child.id, made=made)
    more = {"state": "waiting", "tried": 0, "urgent": False, "reason": "", "fields_wrong": {}}
    return {"id": sent["id"], "kind": sent["kind"], "made_at": sent["made_at"], **sent["body"], **more}


def all_sent(phone: HerPhone) -> None:
    phone.tell(type="sync")
    phone.wait_for(lambda found: not found["entries"], most=240)


def test_a_server_that_is_killed_in_the_middle_has_each_entry_once_and_in_order_afterwards(
    web_server: WebServer, phone_of: Phones, mother: User
) -> None:
    children = [make_child(mother) for _ in range(30)]
    phone = phone_of(mother)
    entries = [visit_to(child) for child in children]
    phone.add(*entries)

    phone.tell(type="sync")
    wait_until(lambda: OutboxEntry.objects.count() > 2)
    web_server.kill()
    assert phone.found()["entries"]
    web_server.start()
    all_sent(phone)

    assert Visit.objects.count() == 30
    arrived = OutboxEntry.objects.order_by("first_received_at", "id").values_list("id", flat=True)
    assert {str(one) for one in arrived} == {entry["id"] for entry in entries}
    assert phone.found()["meta"]["kept"] == 30


def test_an_entry_whose_answer_was_lost_is_done_once(phone_of: Phones, mother: User, child: Child) -> None:
    phone = phone_of(mother)
    phone.add(visit_to(child))
    phone.tell(type="sync")
    phone.wait_for(lambda _: Visit.objects.exists())
    phone.wait_for(lambda found: not found["entries"])
    receipt = OutboxEntry.objects.get()
    again = visit_to(child) | {"id": str(receipt.id)}
    phone.add(again | {"fields": {**again["fields"], "id": [str(Visit.objects.get().id)]}})

    all_sent(phone)

    assert Visit.objects.count() == 1
    receipt.refresh_from_db()
    assert receipt.times_sent == 2


def test_two_pages_that_send_at_once_send_once(
    web_server: WebServer, phone_of: Phones, mother: User, child: Child
) -> None:
    phone = phone_of(mother)
    phone.open(reverse("visits:today"))
    other = phone.context.new_page()
    other.goto(web_server.url + reverse("clubs:club"))
    phone.add(visit_to(child))

    for page in (other, phone.page, other, phone.page):
        page.evaluate("navigator.serviceWorker.controller.postMessage({type: 'sync'})")
    phone.wait_for(lambda found: not found["entries"])

    assert OutboxEntry.objects.get().times_sent == 1


def test_a_refused_entry_is_mended_on_the_phone_and_kept(web_server: WebServer, phone_of: Phones, mother: User) -> None:
    yesterday = f"{now().astimezone(CHINA) - timedelta(days=1):%Y-%m-%d}"
    phone = phone_of(mother)
    web_server.kill()
    make_session(mother, f"{yesterday} 15:00", f"{yesterday} 17:00")  # by another's hand
    page = phone.open(reverse("clubs:enter-session"))
    for name, value in {"day": yesterday, "opened": "14:00", "closed": "16:00"}.items():
        page.fill(f"input[name={name}]", value)
    phone.submit()
    assert phone.states() == ["waiting"]
    web_server.start()

    phone.tell(type="sync")
    phone.wait_for(lambda found: [one["state"] for one in found["entries"]] == ["refused"])
    entry = phone.found()["entries"][0]
    phone.open(f"{entry['path']}?_entry={entry['id']}")

    expect(page.locator(".field[data-error] .field-error")).to_have_text(entry["reason"])
    expect(page.locator("input[name=opened]")).to_have_value("14:00")
    page.fill("input[name=opened]", "12:00")
    page.fill("input[name=closed]", "14:00")
    phone.submit()
    all_sent(phone)
    assert ClubSession.objects.count() == 2
    assert str(OutboxEntry.objects.get().id) == entry["id"]


def test_what_the_server_refuses_at_once_is_said_in_the_form(phone_of: Phones, mother: User) -> None:
    yesterday = f"{now().astimezone(CHINA) - timedelta(days=1):%Y-%m-%d}"
    phone = phone_of(mother)
    make_session(mother, f"{yesterday} 15:00", f"{yesterday} 17:00")
    page = phone.open(reverse("clubs:enter-session"))
    for name, value in {"day": yesterday, "opened": "14:00", "closed": "16:00"}.items():
        page.fill(f"input[name={name}]", value)

    phone.submit()

    expect(page.locator(".error-summary")).to_be_visible()
    expect(page.locator("input[name=opened]")).to_have_value("14:00")
    assert phone.states() == ["refused"]


def test_a_worker_that_was_ended_asks_the_open_page_for_the_key(phone_of: Phones, mother: User, child: Child) -> None:
    phone = phone_of(mother)
    phone.open(reverse("visits:today"))
    phone.wait_for_key()

    phone.end_worker()
    phone.open(reverse("visits:record", args=[child.id]))

    expect(phone.page.locator("#entry")).to_be_visible()


def test_a_page_that_did_not_get_the_key_in_time_gets_it_later(phone_of: Phones, mother: User) -> None:
    phone = phone_of(mother)
    phone.open(reverse("visits:today"))
    phone.wait_for_key()

    phone.page.evaluate(FORGET)
    phone.tell(type="state?")

    phone.wait_for_key()


def test_a_tab_that_was_killed_asks_for_the_pin_and_nothing_is_lost(
    web_server: WebServer, phone_of: Phones, mother: User, child: Child
) -> None:
    phone = phone_of(mother)
    web_server.kill()
    phone.open(reverse("visits:today"))
    phone.add(visit_to(child))

    blank = phone.context.new_page()
    phone.page.close()
    phone.page = blank
    phone.end_worker()
    phone.open(reverse("visits:record", args=[child.id]))
    assert reverse("phone:open") in phone.page.url
    phone.unlock()

    expect(phone.page.locator("#entry")).to_be_visible()
    assert phone.states() == ["waiting"]


def test_a_phone_that_was_taken_out_of_use_sends_what_it_has_and_empties_itself(
    web_server: WebServer, phone_of: Phones, mother: User, child: Child, officer: User
) -> None:
    phone = phone_of(mother)
    phone.open(reverse("visits:today"))
    phone.add(visit_to(child))
    revoke_phone(phone_id=Phone.objects.get().id, by=officer, at=now())

    phone.tell(type="sync")
    wait_until(lambda: Visit.objects.exists())
    phone.page.wait_for_url(lambda address: reverse("phone:open") in address)

    left = phone.page.evaluate(LEFT, str(mother.pk))
    assert left == {"docs": 0, "drafts": 0, "wrapped": None, "removed": "revoked"}


LEFT = """async (user) => {
  const opened = (name) => new Promise((resolve) => { indexedDB.open(name).onsuccess = ({target}) => resolve(target.result); });
  const asked = (request) => new Promise((resolve) => { request.onsuccess = () => resolve(request.result); });
  const [phone, hers] = [await opened("ccmp"), await opened(`ccmp-${user}`)];
  const count = (store) => asked(hers.transaction(store).objectStore(store).count());
  const holder = await asked(phone.transaction("holders").objectStore("holders").get(user));
  return {docs: await count("docs"), drafts: await count("drafts"), wrapped: holder.wrapped, removed: holder.removed};
}"""


def test_when_her_post_has_ended_the_village_leaves_her_phone_by_itself(
    phone_of: Phones, mother: User, child: Child, officer: User
) -> None:
    phone = phone_of(mother)
    assert f"child:{child.id}" in phone.found()["docs"]
    posting = Posting.objects.of(mother).get()
    end_posting(posting_id=posting.id, ends_at=now() - timedelta(seconds=1), by=officer, at=now())

    phone.tell(type="sync")

    phone.wait_for(lambda found: found["docs"] == ["me"])


def test_a_new_edition_waits_for_her_and_loses_nothing_unsent(
    web_server: WebServer, phone_of: Phones, mother: User, child: Child
) -> None:
    phone = phone_of(mother)
    phone.open(reverse("visits:today"))
    token = phone.found()["meta"]["token"]
    phone.change(meta={"token": "none"})  # so that the entry stays where it is
    phone.add(visit_to(child))
    before = phone.state()["version"]
    web_server.kill()
    web_server.environment["TEST_NEXT_EDITION"] = "yes"
    web_server.start()

    phone.page.evaluate("async () => { await (await navigator.serviceWorker.ready).update(); }")
    strip = phone.page.locator("[data-edition]")
    strip.wait_for()
    assert phone.state()["version"] == before
    strip.locator("button").click()
    phone.page.wait_for_function(
        "async (before) => (await caches.keys()).every((name) => !name.endsWith(before))", arg=before
    )
    phone.page.wait_for_load_state()

    assert phone.state()["version"] != before
    assert phone.states() == ["waiting"]
    phone.change(meta={"token": token})
    all_sent(phone)
    assert Visit.objects.count() == 1


def test_without_a_network_a_page_that_only_the_server_has_says_so(
    web_server: WebServer, phone_of: Phones, mother: User
) -> None:
    phone = phone_of(mother)
    phone.open(reverse("visits:today"))
    web_server.kill()

    phone.open(reverse("people:sign-in"))

    expect(phone.page.locator("h1")).to_contain_text("网络")
    phone.page.locator("a.button[data-kind=main]").click()
    expect(phone.page.locator("nav.tab-bar")).to_be_visible()
