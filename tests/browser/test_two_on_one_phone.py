"""Two companion mothers share one phone: neither sees anything of the other's, and nothing of either is lost."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from ccmp.people.models import User
from ccmp.phone.models import OutboxEntry
from tests import factories
from tests.browser import phone_steps as she
from tests.browser.at_the_line import line, phone
from tests.browser.mountain_line import MountainLine
from tests.phone.chromium import HerPhone
from visits.models import Visit

__all__ = ["line", "phone"]

pytestmark = pytest.mark.browser
OTHER_PIN = "831640"

# Everything that the browser keeps for the site, as text: bytes are read as UTF-8 and as UTF-16.
ALL_THAT_LIES_HERE = """async () => {
  const found = [];
  const say = (value) => {
    if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) {
      const bytes = value instanceof ArrayBuffer ? value : value.buffer;
      found.push(new TextDecoder("utf-8").decode(bytes), new TextDecoder("utf-16le").decode(bytes));
    } else if (value && typeof value === "object") {
      for (const [name, one] of Object.entries(value)) { found.push(name); say(one); }
    } else found.push(String(value));
  };
  for (const {name} of await indexedDB.databases()) {
    const db = await new Promise((resolve, reject) => {
      const asked = indexedDB.open(name);
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error);
    });
    for (const store of db.objectStoreNames) {
      const rows = db.transaction(store).objectStore(store);
      const answer = (asked) => new Promise((resolve) => { asked.onsuccess = () => resolve(asked.result); });
      const [keys, values] = await Promise.all([answer(rows.getAllKeys()), answer(rows.getAll())]);
      say(keys);
      values.forEach(say);
    }
    db.close();
  }
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) found.push(request.url, await (await cache.match(request)).text());
  }
  for (const kept of [localStorage, sessionStorage]) found.push(JSON.stringify({...kept}));
  return found.join("\\n");
}"""


def lock(phone: HerPhone) -> None:
    phone.open("/phone/").get_by_role("button", name="现在锁上").click()
    phone.page.wait_for_url("**/phone/open/**")


def test_two_mothers_on_one_phone(phone: HerPhone, line: MountainLine, mother: User, other_mother: User) -> None:
    she.give_password(other_mother)
    hers = she.make_village(mother, children=3)
    theirs = factories.make_child(other_mother, factories.STONE_SHOOT, name="欧阳小宝")
    she.take_phone(phone)
    she.lose_the_network(phone, line)
    she.visit(phone, hers[0].name, {"outcome": "nobody_home", "note": "门上有锁"})
    page = phone.open(reverse("visits:record", args=[hers[1].id]))
    she.fill_in(page, {"outcome": "nobody_home", "note": "狗在叫"})  # and puts the phone down
    page.wait_for_timeout(600)
    lock(phone)

    she.find_a_network(phone, line)
    phone.page.get_by_role("link", name="用账号密码登录").click()
    she.fill_in_sign_in(phone.page, other_mother)
    phone.page.wait_for_url("**/phone/set-up/")
    she.choose_pin(phone.page, OTHER_PIN)

    names = [one.name for one in hers] + ["门上有锁", "狗在叫", "陈甲福", "陈志0"]
    for path in (
        "/visits/today/",
        reverse("children:list"),
        reverse("visits:due"),
        "/club/",
        "/phone/",
        *(reverse("children:file", args=[one.id]) for one in hers),
        reverse("visits:record", args=[hers[1].id]),
    ):
        words = phone.open(path).content()
        assert not [name for name in names if name in words], path
    expect(phone.open(reverse("children:list")).get_by_text(theirs.name)).to_be_visible()
    lying = phone.page.evaluate(ALL_THAT_LIES_HERE)
    assert "罗小琴" in lying  # it does read what lies there: who has set the phone up is no secret
    assert not [name for name in [*names, theirs.name] if name in lying]
    assert not Visit.objects.exists()

    lock(phone)
    she.tap(phone.page.get_by_label("罗小琴"))
    phone.unlock()
    expect(phone.page.locator("[data-sync]")).to_contain_text("已同步", use_inner_text=True, timeout=60_000)
    [receipt] = OutboxEntry.objects.all()
    assert receipt.user == mother
    [visit] = Visit.objects.all()
    assert (visit.child, visit.note, visit.recorded_by) == (hers[0], "门上有锁", mother)
    page = phone.open(reverse("visits:record", args=[hers[1].id]))
    expect(page.locator("[name=note]")).to_have_value("狗在叫")
    assert theirs.name not in phone.open(reverse("children:list")).content()
