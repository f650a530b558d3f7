"""What a companion mother does with her phone, by clicking and filling: shared by the stories."""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from ccmp.identifiers import new_id
from ccmp.moments import CHINA, now
from ccmp.people.models import User
from children.entries import HouseholdEntry
from children.models import Child
from tests import factories
from tests.browser.mountain_line import MountainLine
from tests.phone.chromium import PIN, HerPhone
from tests.signing_in import code_now, give_second_factor, makes_second_step

PASSWORD = "plum-blossom-31"
NAMES = re.findall(
    "..", "雨欣子涵浩然思雨佳怡俊杰欣怡梓轩诗涵宇航梦瑶嘉豪雪儿天佑静怡志远可馨家乐婉清明轩晓彤文博若兰鹏飞"
)
DONE = "button[type=submit][form=entry]"


# ── the village ─────────────────────────────────────────────────────────────────────────────────────────────────────


def make_village(mother: User, *, children: int = 24, code: str = factories.CLOUD_FOOT) -> list[Child]:
    """Homes of one child each, registered so long ago that each is due a visit; every father works elsewhere."""
    return [_make_child(mother, code, number) for number in range(children)]


def _make_child(mother: User, code: str, number: int) -> Child:
    at = now() - timedelta(days=70 + number)
    home = HouseholdEntry(id=new_id(), head_name=f"陈{'甲乙丙丁戊己庚辛'[number % 8]}福", neighbourhood="上寨组")
    father = factories.parent(name=f"陈志{number}", away_since=date(2026, 2, 20), away_where="广东东莞")
    return factories.make_child(
        mother, code, name=f"陈{NAMES[number % 24]}", household=home, parents=(father,), made_at=at, at=at
    )


def give_password(*people: User) -> None:
    for user in people:
        user.set_password(PASSWORD)
        user.save(update_fields=["password"])
        if makes_second_step(user):
            give_second_factor(user)


# ── the phone ───────────────────────────────────────────────────────────────────────────────────────────────────────


def sign_in(page: Page, base: str, user: User) -> None:
    page.goto(f"{base}{reverse('people:sign-in')}")
    fill_in_sign_in(page, user)


def fill_in_sign_in(page: Page, user: User) -> None:
    page.fill("[name=username]", user.username)
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url(lambda address: "/sign-in/" not in address)
    make_second_step(page, user)


def make_second_step(page: Page, user: User) -> None:
    """An official types what her phone shows; a mother is in already."""
    if makes_second_step(user):
        page.wait_for_url("**/account/second-step/**")
        page.fill("[name=code]", code_now(user))
        page.get_by_role("button", name="继续").click()
        page.wait_for_url(lambda address: "/second-step/" not in address)


def choose_pin(page: Page, pin: str = PIN) -> None:
    page.fill("input[name=pin]", pin)
    page.fill("input[name=again]", pin)
    page.locator("button[form=set-up]").click()
    page.locator("[data-part=done]").wait_for(timeout=120_000)


def take_phone(phone: HerPhone) -> None:
    """She signs in, is offered it on today's page, chooses a PIN, and her village comes down."""
    sign_in(phone.page, phone.server.url, phone.user)
    phone.page.locator("[data-offer-set-up]").click()
    choose_pin(phone.page)


def kill_tab(phone: HerPhone, then: str = "/visits/today/") -> None:
    """Android takes the app from the memory: page and worker are gone, and with them the key. She opens it again."""
    dead = phone.page
    browser = phone.context.browser
    assert browser is not None
    wire = browser.new_browser_cdp_session()
    phone.page = phone.context.new_page()
    dead.close()
    stop_workers(wire)
    wire.detach()
    phone.open(then)
    phone.unlock()


def stop_workers(wire: Any) -> None:
    for target in wire.send("Target.getTargets")["targetInfos"]:
        if target["type"] == "service_worker":
            wire.send("Target.closeTarget", {"targetId": target["targetId"]})


# ── the network ─────────────────────────────────────────────────────────────────────────────────────────────────────


def lose_the_network(phone: HerPhone, line: MountainLine) -> None:
    """The line is dead, and the phone has noticed."""
    line.is_cut = True
    phone.context.set_offline(True)


def find_a_network(phone: HerPhone, line: MountainLine) -> None:
    line.is_cut = False
    phone.context.set_offline(False)


# ── forms ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def choose(page: Page, name: str, value: str) -> None:
    tap(page.locator(f"input[name={name}][value='{value}']"))


def tap(field: Locator) -> None:
    """A choice is tapped on its words: the little circle itself is drawn over."""
    field.locator("xpath=ancestor::label").click()
    expect(field).to_be_checked()


def fill_in(page: Page, fields: Mapping[str, str | bool]) -> None:
    """Each field as its kind asks for."""
    for name, value in fields.items():
        one = page.locator(f"#entry [name={name}], main [name={name}]").first
        come_to_step_of(page, one)
        kind = one.evaluate("(field) => field.localName === 'input' ? field.type : field.localName")
        if kind == "radio":
            choose(page, name, str(value))
        elif kind == "checkbox":
            tap(one)
        elif kind == "select":
            one.select_option(str(value))
        else:
            one.fill(str(value))


def come_to_step_of(page: Page, field: Locator) -> None:
    """A form in steps shows one of them: back or on, until the field stands there."""
    step = field.evaluate("(one) => Number(one.closest('[data-step]')?.dataset.step ?? 0)")
    while step:
        shown = int(page.locator("[data-of-step]:visible").get_attribute("data-of-step") or 0)
        if shown == step:
            return
        page.locator(f"[data-go={'next' if shown < step else 'back'}]").click()


def send(page: Page) -> None:
    while page.locator("[data-go=next]:visible").count():
        page.locator("[data-go=next]").click()
    with page.expect_navigation():
        page.locator(DONE).first.click()


def fill_and_send(phone: HerPhone, address: str, fields: Mapping[str, str | bool]) -> None:
    fill_in(phone.open(address), fields)
    send(phone.page)
    expect(phone.page.locator(".error-summary")).to_have_count(0)


def press(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=name).first.click()


# ── one entry each ──────────────────────────────────────────────────────────────────────────────────────────────────


def visit(phone: HerPhone, name: str, fields: Mapping[str, str | bool]) -> None:
    """From the list of children to her file, to the form."""
    open_file(phone, name)
    follow(phone.page, "记这次家访")
    fill_in(phone.page, fields)
    send(phone.page)


def open_file(phone: HerPhone, name: str) -> None:
    look_for(phone, reverse("children:list"), name)
    follow(phone.page, name)


def open_step(phone: HerPhone, step: str) -> None:
    """From a child's file to one of its steps, by the step's own link."""
    phone.page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    with phone.page.expect_navigation():
        phone.page.locator(f'a[href$="/change/{step}/"]').first.click()


def look_for(phone: HerPhone, address: str, words: str) -> Page:
    """On a page with a search; the words are in no address."""
    page = phone.open(address)
    page.fill("[role=search] [name=q]", words)
    with page.expect_navigation():
        page.locator("[role=search] button").click()
    return page


def follow(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("link", name=name).first.click()


def seen(**items: str) -> dict[str, str | bool]:
    """A visit at which the child was talked to alone and all was fine, but for `items`."""
    answers = {"carer": "0", "contact": "0", "injury": "0", "school": "0"} | items
    return {"outcome": "completed", "seen_alone": "yes"} | {f"item_{name}": value for name, value in answers.items()}


def new_child(name: str, **more: str | bool) -> dict[str, str | bool]:
    return {
        "name": name,
        "sex": "1",
        "born_on": "2017-05-04",
        "ethnic_group": "06",
        "hukou": "rural",
        "school_stage": "primary",
        "no_id_reason": "not_at_hand",
    } | more


def in_new_home(head: str) -> dict[str, str | bool]:
    return {
        "head_name": head,
        "neighbourhood": "下寨组",
        "father": "new",
        "father_name": f"{head}的儿子",
        "father_whereabouts": "away",
        "father_since": "2026-02-20",
        "father_where": "浙江义乌",
        "mother": "none",
        "carer": "new",
        "carer_name": head,
        "carer_relation": "61",
        "carer_phone": "13800002716",
        "carer_kind": "fair",
        "carer_since": "2025-01-01",
    }


def register_in_new_home(phone: HerPhone, name: str, head: str, **more: str | bool) -> None:
    phone.open(reverse("children:register"))
    follow(phone.page, "添一户人家")
    fill_in(phone.page, in_new_home(head) | new_child(name) | more)
    send(phone.page)


def register_in_home(phone: HerPhone, name: str, head: str, **more: str | bool) -> None:
    """A brother or sister: the home stands on the list, and its grown-ups on the form."""
    look_for(phone, reverse("children:register"), head)
    follow(phone.page, head)
    fill_in(phone.page, new_child(name))
    for who in ("father", "carer"):
        first = phone.page.locator(f"input[name={who}]").first
        come_to_step_of(phone.page, first)
        tap(first)
    fill_in(phone.page, {"mother": "none", "carer_kind": "fair", "carer_since": "2025-01-01"})
    fill_in(phone.page, more)
    send(phone.page)


def china(moment: datetime, form: str = "%Y-%m-%dT%H:%M") -> str:
    return moment.astimezone(CHINA).strftime(form)


def docs_held(phone: HerPhone) -> int:
    """How many records of sheets lie in her store, sealed or not: what can be counted without her key."""
    count = """(name) => new Promise((resolve) => {
      const asked = indexedDB.open(name);
      asked.onsuccess = () => {
        const counted = asked.result.transaction("docs").objectStore("docs").count();
        counted.onsuccess = () => { asked.result.close(); resolve(counted.result); };
      };
    })"""
    found: int = phone.page.evaluate(count, f"ccmp-{phone.user.pk}")
    return found
