"""The phone's own pages in a real Chromium: she chooses a PIN, opens with it, sees what is sent, and leaves."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page, expect

from ccmp.people.models import User
from children.models import Child
from tests import factories
from tests.phone.chromium import PATIENCE, PIN, HerPhone, phone_of
from tests.processes import wait_until
from tests.web_server import WebServer

__all__ = ["phone_of"]

pytestmark = pytest.mark.browser
expect.set_options(timeout=PATIENCE)
Phones = Callable[[User], HerPhone]
PASSWORD = "plum-blossom-31"
TARGETS = """() => [...document.querySelectorAll("a, button, input:not([type=hidden]), select, summary")]
  .map((one) => [one, (one.closest("label, .choice") ?? one).getBoundingClientRect()])
  .filter(([one, {width, height}]) => width && height && (height < 44 || width < 44) && !one.closest("p.sign-in-help"))
  .map(([one, {width, height}]) => `${one.outerHTML.slice(0, 80)} ${width}x${height}`)"""
WIDE = "() => document.documentElement.scrollWidth > innerWidth"


@pytest.fixture
def new_phone(browser: Browser, web_server: WebServer, mother: User) -> Iterator[HerPhone]:
    """Signed in, and nothing more."""
    phone = HerPhone(browser, web_server, mother)
    phone.sign_in()
    yield phone
    phone.context.close()


def choose(page: Page, pin: str, again: str | None = None) -> None:
    page.locator("#pin").fill(pin)
    page.locator("#again").fill(pin if again is None else again)
    page.get_by_role("button", name="就用这组数字").click()


def lock(phone: HerPhone) -> None:
    phone.open("/phone/").get_by_role("button", name="现在锁上").click()
    phone.page.wait_for_url("**/phone/open/**")


def type_pin(page: Page, pin: str) -> None:
    expect(page.locator("#pin")).to_be_enabled()
    page.locator("#pin").fill(pin)


def write_down_nobody_home(phone: HerPhone, child: Child) -> None:
    page = phone.open(f"/visits/record/{child.id}/")
    page.locator("input[name=outcome][value=nobody_home]").check(force=True)
    page.locator("button[type=submit][form=entry], form#entry button[type=submit]").first.click()
    page.wait_for_load_state()


def assert_seemly(page: Page) -> None:
    """axe finds nothing, every target is met by a thumb, nothing hangs over the edge."""
    found: dict[str, Any] = Axe().run(page).response
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found["violations"]] == []
    assert page.evaluate(TARGETS) == []
    assert not page.evaluate(WIDE)


# ── choosing a PIN ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_she_chooses_a_pin_and_her_village_comes_down(new_phone: HerPhone, child: Child) -> None:
    page = new_phone.open("/phone/set-up/")
    assert_seemly(page)

    choose(page, "306142")

    expect(page.locator("[data-part=done]")).to_be_visible()
    expect(page.locator("[data-part=done]")).to_contain_text("1 个孩子已存到手机上")
    assert_seemly(page)
    page.get_by_role("link", name="今天的页面").click()
    expect(page.locator("[data-sync]")).to_contain_text("已同步", use_inner_text=True)


@pytest.mark.parametrize(
    ("pin", "again", "sentence"),
    [("3061", "3061", "要六位数字"), ("123456", "123456", "太好猜"), ("306142", "306143", "两遍不一样")],
)
def test_a_pin_that_will_not_do_is_told_at_its_field(new_phone: HerPhone, pin: str, again: str, sentence: str) -> None:
    page = new_phone.open("/phone/set-up/")
    expect(page.locator("#pin")).to_be_visible()

    choose(page, pin, again)

    expect(page.locator(".field[data-error]")).to_contain_text(sentence)
    expect(page.locator("[data-part=done]")).to_be_hidden()


def test_without_a_network_it_says_that_a_pin_needs_one_this_once(new_phone: HerPhone, web_server: WebServer) -> None:
    page = new_phone.open("/phone/set-up/")
    expect(page.locator("#pin")).to_be_visible()
    web_server.kill()

    choose(page, "306142")

    expect(page.get_by_text("现在没有网络")).to_be_visible()


def test_today_offers_it_in_one_line_until_it_is_done(phone_of: Phones, new_phone: HerPhone, child: Child) -> None:
    page = new_phone.open("/visits/today/")
    expect(page.locator("[data-offer-set-up]")).to_be_visible()

    page.locator("[data-offer-set-up]").click()
    choose(page, "306142")
    expect(page.locator("[data-part=done]")).to_be_visible()

    new_phone.open("/visits/today/")
    expect(page.locator("[data-sync]")).to_be_visible()
    expect(page.locator("[data-offer-set-up]")).to_be_hidden()


# ── opening ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_locked_phone_asks_for_the_pin_and_goes_on_to_where_she_wanted(
    phone_of: Phones, mother: User, child: Child
) -> None:
    phone = phone_of(mother)
    lock(phone)

    page = phone.open(f"/children/{child.id}/")
    expect(page.get_by_text("罗小琴").first).to_be_visible()
    assert_seemly(page)
    type_pin(page, PIN)

    page.wait_for_url(f"**/children/{child.id}/")
    expect(page.get_by_role("heading", name=child.name)).to_be_visible()


def test_a_wrong_pin_is_told_with_the_tries_left_and_soon_with_a_wait(
    phone_of: Phones, mother: User, child: Child
) -> None:
    phone = phone_of(mother)
    lock(phone)
    page = phone.page

    for left in ("9", "8", "7", "6"):
        type_pin(page, "000000")
        expect(page.get_by_text(f"还可以试 {left} 次")).to_be_visible()

    expect(page.locator("#pin")).to_be_disabled()
    expect(page.get_by_text("秒再试")).to_be_visible()
    page.reload()
    expect(page.locator("#pin")).to_be_disabled()
    assert_seemly(page)


def test_a_forgotten_pin_is_replaced_by_signing_in_and_what_waits_is_still_there(
    web_server: WebServer, phone_of: Phones, mother: User, child: Child
) -> None:
    mother.set_password(PASSWORD)
    mother.save(update_fields=["password"])
    phone = phone_of(mother)
    web_server.kill()
    write_down_nobody_home(phone, child)
    lock(phone)
    web_server.start()
    page = phone.page

    page.get_by_role("link", name="用账号密码登录").click()
    page.locator("input[name=username]").fill(mother.username)
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url("**/phone/set-up/")
    choose(page, "831640")

    expect(page.locator("[data-part=done]")).to_be_visible()
    page.goto(f"{web_server.url}/phone/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("服务器收到您的 1 条中的 1 条")


def test_ten_wrong_pins_lock_reading_and_say_that_nothing_is_lost(
    web_server: WebServer, phone_of: Phones, mother: User, child: Child
) -> None:
    phone = phone_of(mother)
    phone.page.evaluate(NINE_WRONG)
    web_server.kill()
    write_down_nobody_home(phone, child)
    lock(phone)
    page = phone.page

    type_pin(page, "000000")

    expect(page.get_by_text("连错了十次")).to_be_visible()
    expect(page.get_by_text("还有 1 条等着送出")).to_be_visible()
    assert_seemly(page)


NINE_WRONG = """async () => {
  const {changeHolder, holders} = await import("/static/js/phone/holders.js");
  await changeHolder((await holders())[0].id, (one) => ({...one, wrong: 9}));
}"""


def test_away_for_a_quarter_of_an_hour_the_pages_lock(phone_of: Phones, mother: User, child: Child) -> None:
    phone = phone_of(mother)
    phone.context.clock.install()
    page = phone.open("/visits/today/")
    expect(page.locator("[data-sync]")).to_be_visible()

    page.evaluate(HIDE, True)
    phone.context.clock.set_fixed_time(page.evaluate("Date.now() + 15 * 60000"))
    page.evaluate(HIDE, False)

    page.wait_for_url("**/phone/open/?then=%2Fvisits%2Ftoday%2F")


HIDE = """(hidden) => {
  Object.defineProperty(document, "hidden", {value: hidden, configurable: true});
  document.dispatchEvent(new Event("visibilitychange"));
}"""


# ── two mothers ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_second_mother_on_the_phone_sees_nothing_of_the_first(
    web_server: WebServer, phone_of: Phones, mother: User, other_mother: User, child: Child
) -> None:
    other_mother.set_password(PASSWORD)
    other_mother.save(update_fields=["password"])
    theirs = factories.make_child(other_mother, factories.STONE_SHOOT, name="欧阳小宝")
    phone = phone_of(mother)
    web_server.kill()
    write_down_nobody_home(phone, child)
    web_server.start()
    page = phone.page
    lock(phone)

    page.get_by_role("link", name="用账号密码登录").click()
    page.locator("input[name=username]").fill(other_mother.username)
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url("**/phone/set-up/")
    choose(page, "831640")
    expect(page.locator("[data-part=done]")).to_be_visible()

    page.goto(f"{web_server.url}/children/")
    expect(page.get_by_text(theirs.name)).to_be_visible()
    assert child.name not in page.content()
    page.goto(f"{web_server.url}/children/{child.id}/")
    assert child.name not in page.content()
    lock(phone)
    expect(page.locator("[data-people] .choice")).to_have_count(2)
    assert_seemly(page)
    page.get_by_role("radio", name="罗小琴").check(force=True)
    type_pin(page, PIN)
    page.wait_for_url("**/phone/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("1 条中的 1 条")


# ── what is sent ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_page_of_what_is_sent_counts_what_waits_and_then_what_the_server_holds(
    web_server: WebServer, phone_of: Phones, mother: User, child: Child
) -> None:
    phone = phone_of(mother)
    web_server.kill()
    write_down_nobody_home(phone, child)

    page = phone.open("/phone/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("服务器收到您的 1 条中的 0 条")
    expect(page.locator(".outbox-entry")).to_contain_text(f"家访：{child.name}")
    expect(page.locator("[data-sync]")).to_contain_text("1 条等有网时送出", use_inner_text=True)
    assert_seemly(page)
    send = page.get_by_role("button", name="现在送").element_handle()
    web_server.start()
    send.evaluate("(button) => button.click()")  # the worker may have been quicker: then it does nothing more

    expect(page.get_by_role("heading", level=1)).to_contain_text("服务器收到您的 1 条中的 1 条")
    expect(page.locator("[data-sync]")).to_contain_text("已同步", use_inner_text=True)
    assert_seemly(page)


def test_what_came_back_stands_with_its_reason_and_opens_as_she_wrote_it(
    phone_of: Phones, mother: User, child: Child
) -> None:
    phone = phone_of(mother)
    phone.page.evaluate(REFUSED, {"user": str(mother.pk), "pin": PIN, "child": str(child.id)})

    page = phone.open("/phone/")
    expect(page.locator("[data-sync]")).to_contain_text("1 条退回", use_inner_text=True)
    expect(page.locator(".outbox-reason")).to_have_text("这一天已经记过了。")
    assert_seemly(page)
    page.get_by_role("link", name="改好再送").click()

    expect(page.locator("[name=not_alone_because]")).to_have_value("奶奶一直在旁边")


REFUSED = """async ({user, pin, child}) => {
  const load = (module) => import(`/static/js/phone/${module}`);
  const key = await (await load("keys.js")).open({user, pin});
  const store = await (await load("store.js")).openStore(user, key);
  await store.addEntry({
    id: "01890000-0000-7000-8000-00000000aaaa", kind: "visits:record", made_at: new Date().toISOString(),
    path: `/visits/record/${child}/`, query: "", state: "refused", reason: "这一天已经记过了。", tried: 1, fields_wrong: {},
    fields: {outcome: ["completed"], seen_alone: ["no"], not_alone_because: ["奶奶一直在旁边"]},
  });
}"""


def test_what_came_back_is_given_up_after_one_question(phone_of: Phones, mother: User, child: Child) -> None:
    phone = phone_of(mother)
    phone.page.evaluate(REFUSED, {"user": str(mother.pk), "pin": PIN, "child": str(child.id)})
    page = phone.open("/phone/")

    page.get_by_role("button", name="不要了").click()
    expect(page.locator("#dropping")).to_contain_text(child.name)
    assert_seemly(page)
    page.locator("#dropping").get_by_role("button", name="不要了").click()

    expect(page.locator(".outbox-entry")).to_have_count(0)
    assert phone.states() == []


def test_the_page_is_written_anew_when_all_went_out_before_it_could_hear_of_it(
    web_server: WebServer, phone_of: Phones, mother: User, child: Child
) -> None:
    phone = phone_of(mother)
    web_server.kill()
    write_down_nobody_home(phone, child)
    page = phone.context.new_page()
    page.add_init_script("""const say = ServiceWorkerContainer.prototype.startMessages;
    ServiceWorkerContainer.prototype.startMessages = function () { (globalThis.stopped ??= []).push(() => say.call(this)); };
    Object.defineProperty(ServiceWorkerContainer.prototype, "onmessage", {set() {}});""")
    page.goto(f"{web_server.url}/phone/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("1 条中的 0 条")
    web_server.start()
    phone.tell(type="sync")
    phone.wait_for(lambda found: found["meta"].get("kept") == 1)

    page.evaluate("stopped.forEach((go) => go())")

    expect(page.get_by_role("heading", level=1)).to_contain_text("1 条中的 1 条")


# ── drafts ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_she_typed_is_there_again_after_the_tab_was_killed(phone_of: Phones, mother: User, child: Child) -> None:
    phone = phone_of(mother)
    page = phone.open(f"/visits/record/{child.id}/")
    expect(page.locator("[data-sync]")).to_be_visible()
    page.locator("input[name=outcome][value=completed]").check(force=True)
    page.locator("input[name=seen_alone][value=no]").check(force=True)
    page.locator("[name=not_alone_because]").fill("奶奶一直在旁边")
    page.wait_for_timeout(600)
    assert page.evaluate("() => Object.keys(sessionStorage)") == []

    second = phone.context.new_page()
    page.close()
    second.goto(f"{phone.server.url}/visits/record/{child.id}/")

    expect(second.locator("[name=not_alone_because]")).to_have_value("奶奶一直在旁边")
    expect(second.locator("input[name=seen_alone][value=no]")).to_be_checked()


SLOW_TO_WAKE = """const wakes = ServiceWorkerContainer.prototype.register;
ServiceWorkerContainer.prototype.register = async function (...given) {
  await new Promise((go) => { globalThis.wakeUp = go; });
  return wakes.apply(this, given);
};"""


def test_what_she_types_before_the_worker_is_awake_stays_beside_what_she_had_typed_before(
    phone_of: Phones, mother: User, child: Child
) -> None:
    phone = phone_of(mother)
    page = phone.open(f"/visits/record/{child.id}/")
    expect(page.locator("[data-sync]")).to_be_visible()
    page.locator("input[name=outcome][value=completed]").check(force=True)
    page.locator("input[name=seen_alone][value=no]").check(force=True)
    page.locator("[name=not_alone_because]").fill("奶奶一直在旁边")
    page.wait_for_timeout(600)

    again = phone.context.new_page()
    page.close()
    again.add_init_script(SLOW_TO_WAKE)
    again.goto(f"{phone.server.url}/visits/record/{child.id}/")
    wait_until(lambda: again.evaluate("Boolean(globalThis.wakeUp)"))
    again.locator("input[name=item_injury][value='0']").check(force=True)
    again.locator("input[name=outcome][value=nobody_home]").check(force=True)
    again.evaluate("wakeUp()")

    expect(again.locator("[name=not_alone_because]")).to_have_value("奶奶一直在旁边")
    expect(again.locator("input[name=item_injury][value='0']")).to_be_checked()
    expect(again.locator("input[name=outcome][value=nobody_home]")).to_be_checked()


def test_a_draft_is_gone_when_its_entry_is_in_the_outbox(
    web_server: WebServer, phone_of: Phones, mother: User, child: Child
) -> None:
    phone = phone_of(mother)
    web_server.kill()
    page = phone.open(f"/visits/record/{child.id}/")
    expect(page.locator("[data-sync]")).to_be_visible()
    page.locator("input[name=outcome][value=nobody_home]").check(force=True)
    page.wait_for_timeout(600)

    page.locator("button[type=submit][form=entry], form#entry button[type=submit]").first.click()
    page.wait_for_load_state()

    page.goto(f"{web_server.url}/visits/record/{child.id}/")
    expect(page.locator("[data-sync]")).to_be_visible()
    page.wait_for_timeout(300)
    expect(page.locator("input[name=outcome][value=nobody_home]")).not_to_be_checked()


# ── leaving ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_signing_out_takes_her_village_off_the_phone(phone_of: Phones, mother: User, child: Child) -> None:
    phone = phone_of(mother)
    page = phone.open("/phone/")
    expect(page.locator("[data-sync]")).to_be_visible()

    page.get_by_role("button", name="退出").last.click()

    page.wait_for_url("**/sign-in/**")
    assert page.evaluate("async () => (await indexedDB.databases()).map(({name}) => name)") == ["ccmp"]


def test_signing_out_with_something_unsent_says_so_and_takes_nothing(
    web_server: WebServer, phone_of: Phones, mother: User, child: Child
) -> None:
    phone = phone_of(mother)
    web_server.kill()
    write_down_nobody_home(phone, child)
    page = phone.open("/phone/")
    expect(page.locator("[data-sync]")).to_be_visible()

    page.evaluate("() => document.querySelector('form[data-leaves] button').click()")
    expect(page.locator("#leaving")).to_contain_text("还有 1 条没有送到服务器")
    assert_seemly(page)
    page.get_by_role("button", name="先不退出").click()

    expect(page.locator("#leaving")).to_be_hidden()
    assert page.url.endswith("/phone/")
    expect(page.locator(".outbox-entry")).to_have_count(1)
