"""Every page of the pack, opened on a real phone without a network, and without JavaScript: a new page is walked by itself."""

from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import get_resolver, reverse
from playwright.sync_api import Browser, Page

from ccmp.moments import DAY, day_of, now
from ccmp.people.models import User
from ccmp.people.services.county import enrol_village
from ccmp.phone.services.pack import shells
from ccmp.places.enums import Arm
from children.models import Child, Difference, Transfer
from children.rules.file_fields import STEPS
from tests import factories
from tests.factories import moves
from tests.factories.differences import say
from tests.phone.calling import signed_in
from tests.phone.chromium import SCREEN, HerPhone, phone_of
from tests.phone.test_claims import apply
from tests.phone.test_trust import agree, send_back
from tests.web_server import WebServer

__all__ = ["phone_of"]

pytestmark = pytest.mark.browser
Phones = Callable[[User], HerPhone]
Ids = dict[str, list[str]]

# One page may have several templates or faces, or none without a question: what brings each.
FACES = {
    "children:register": ["", "?household=new", "?household={household_id}"],
    "children:transfer": ["", "?to={village_code}"],
    "children:consent-give": ["?purpose=pictures"],
    "children:consent-withdraw": ["?purpose=care"],
    "visits:raise-flag": ["", "?child={child_id}"],
}
NEEDS_A_NETWORK = "这一页要有网络才能看"
OF_ONE_WHO_LEFT = {"children:return"}


@pytest.fixture
def village(mother: User, other_mother: User, officer: User, education: Any) -> Ids:
    """Something of everything; the ids by the names that addresses have for them."""
    at = now() - 200 * DAY  # so long ago that the file is to be confirmed
    father = factories.parent(name="陈志强", away_since=at.date(), away_where="广东东莞")
    child = factories.make_child(mother, name="陈雨欣", parents=(father,), made_at=at, at=at)
    left = moves.leave(mother, factories.make_child(mother, name="陈小满"), on=day_of(now() - 9 * DAY), at=now())
    soon = day_of(now()).replace(year=now().year - 18) + 10 * DAY
    factories.make_child(mother, name="陈大山", born_on=soon, school_stage="senior")
    agree(child, mother)
    send_back(child, "缺父亲电话")
    apply(child, mother, "medical_aid", 12)
    recent = f"{now() - 3 * DAY:%Y-%m-%d}"
    visit = factories.make_visit(mother, child, f"{recent} 15:00")
    session = factories.make_session(mother, f"{recent} 16:00", f"{recent} 18:00", attended=frozenset({child.id}))
    flag = factories.make_flag(mother, child, f"{recent} 09:00", kind="sexual_abuse")
    referral = factories.make_referral(officer, flag, [education], at=now() - DAY)
    substitute = factories.make_mother(name="欧阳慧敏", is_substitute=True)
    say(child, mother, school_stage="junior")
    say(child, substitute, seen={"school_stage": "primary"}, school_stage="dropped_out")
    return {
        "child_id": [str(child.id)],
        "left_id": [str(left.id)],
        "household_id": [str(child.household_id)],
        "relative_id": [str(father.id)],
        "visit_id": [str(visit.id)],
        "session_id": [str(session.id)],
        "flag_id": [str(flag.id)],
        "referral_id": [str(referral.id)],
        "difference_id": [str(Difference.objects.get().id)],
        "transfer_id": [str(one.id) for one in three_transfers(mother, other_mother)],
        "village_code": [factories.STONE_SHOOT],
        "step": [*STEPS],
    }


def three_transfers(here: User, there: User) -> list[Transfer]:
    """One that the other village is asked for, one that it offers, one that it asks for: a template each."""
    number = "520323201406010027"
    factories.make_child(here, name="陈一", resident_id=number)
    offered = factories.make_child(there, factories.STONE_SHOOT, name="石生")
    on = day_of(now())
    return [
        moves.offer(here, factories.make_child(here, name="陈二"), on=on, at=now()),
        moves.offer(there, offered, factories.CLOUD_FOOT, on=on, at=now()),
        moves.ask_for(there, number, on=on, at=now()),
    ]


def pages_with_templates() -> list[str]:
    return list(dict.fromkeys(shell.page for shell in shells() if shell.template))


def addresses_of(page: str, ids: Ids) -> list[str]:
    """The page's addresses with the ids of what is really there, and those of its other templates."""
    namespace, name = page.split(":")
    resolver = get_resolver().namespace_dict[namespace][1]
    [(_path, names), *_] = resolver.reverse_dict.getlist(name)[0][0]
    given = ids | ({"child_id": ids["left_id"]} if page in OF_ONE_WHO_LEFT else {})
    plain = [reverse(page, args=found) for found in product(*(given[one] for one in names))]
    first = {one: values[0] for one, values in ids.items()}
    return [address + face.format(**first) for address in plain for face in FACES.get(page, [""])]


def console_of(page: Page) -> list[str]:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


def assert_open(page: Page, address: str) -> None:
    said = console_of(page)
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == 200, address
    assert said == [], address


def assert_of_worker(page: Page, address: str) -> None:
    with page.expect_response(lambda answer: answer.request.is_navigation_request()) as found:
        assert_open(page, address)
    assert found.value.from_service_worker, address
    broken = [(one["id"], [node["html"] for node in one["nodes"]]) for one in Axe().run(page).response["violations"]]
    assert broken == [], address
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), address


def test_every_page_of_the_pack_opens_without_a_network(
    web_server: WebServer, phone_of: Phones, mother: User, village: Ids
) -> None:
    phone = phone_of(mother)
    web_server.kill()
    phone.context.set_offline(True)

    for name in pages_with_templates():
        for address in addresses_of(name, village):
            page = phone.context.new_page()
            assert_of_worker(page, web_server.url + address)
            assert page.get_by_text(NEEDS_A_NETWORK).count() == (name == "phone:no-network"), address
            page.close()


def test_a_village_that_has_nothing_yet_opens_without_a_network(
    web_server: WebServer, phone_of: Phones, world: None
) -> None:
    enrol_village(code="520323101202", name="杉树林村", arm=Arm.CCMP, starts_on=now().date(), by=None, at=now())
    phone = phone_of(factories.make_mother("520323101202"))
    web_server.kill()
    phone.context.set_offline(True)

    for name in ("visits:today", "clubs:club", "children:list", "visits:due", "referrals:mine", "phone:outbox"):
        assert_of_worker(phone.page, web_server.url + reverse(name))


@pytest.fixture
def bare(browser: Browser, web_server: WebServer, mother: User) -> Iterator[Page]:
    """A browser that runs no program of ours: neither in the page nor beside it."""
    context = browser.new_context(
        java_script_enabled=False,
        service_workers="block",
        viewport=SCREEN,
        locale="zh-CN",  # type: ignore[arg-type]
    )
    client = signed_in(mother)
    client.get("/visits/today/")
    context.add_cookies(
        [{"name": name, "value": one.value, "url": web_server.url} for name, one in client.cookies.items()]
    )
    yield context.new_page()
    context.close()


def test_every_page_opens_and_posts_without_javascript(bare: Page, web_server: WebServer, village: Ids) -> None:
    for name in pages_with_templates():
        for address in addresses_of(name, village):
            assert_open(bare, web_server.url + address)
            button = bare.locator("button[type=submit][form=entry]")
            if button.count():
                with bare.expect_navigation() as gone:
                    button.first.click()
                assert gone.value is not None
                assert gone.value.status in (200, 409), address  # it is done, or told at the form why not


def test_a_visit_is_recorded_without_javascript(bare: Page, web_server: WebServer, village: Ids) -> None:
    bare.goto(web_server.url + reverse("visits:record", args=village["child_id"]))
    bare.locator("label:has(input[name=outcome][value=nobody_home])").click()
    bare.locator("textarea[name=note]").fill("门上有锁")
    bare.locator("button[type=submit][form=entry]").click()
    bare.wait_for_load_state()

    assert Child.objects.get(pk__in=village["child_id"]).visits.filter(note="门上有锁").count() == 1
