"""A phone of a companion mother in a real Chromium, on a real web server: set up, opened with its PIN, its worker running."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Page

from ccmp.people.models import User
from tests.phone.calling import signed_in
from tests.web_server import WebServer

PIN = "306142"
SCREEN = {"width": 360, "height": 740}
PATIENCE = 60_000

OPENED = """
  const cache = await caches.open((await caches.keys())[0]);
  const kept = (await cache.keys()).map(({url}) => new URL(url).pathname);
  const load = (module) => import(kept.find((path) => new RegExp(`/js/phone/${module}[.0-9a-f]*[.]js$`).test(path)));
  const keys = await load("keys");
  const key = keys.held()?.key ?? (globalThis.opened ??= await keys.open({user, pin}));
  const store = await (await load("store")).openStore(user, key);
"""

ENTRIES = """async ({user, pin}) => {
  OPENED
  try { return {entries: await store.entries(), meta: await store.meta(), docs: [...(await store.docs()).keys()]}; }
  finally { store.close(); }
}"""

STATE = """() => new Promise(async (resolve) => {
  navigator.serviceWorker.addEventListener("message", ({data}) => { if (data.type === "state") resolve(data); });
  (await navigator.serviceWorker.ready).active.postMessage({type: "state?"});
})"""

HOLDS_A_KEY = """async () => {
  const kept = (await (await caches.open((await caches.keys())[0])).keys()).map(({url}) => new URL(url).pathname);
  return Boolean((await import(kept.find((path) => /[/]js[/]phone[/]keys[.0-9a-f]*[.]js$/.test(path)))).held());
}"""

TELL = "async (message) => (await navigator.serviceWorker.ready).active.postMessage(message)"


ADD = """async ({user, pin, entries}) => {
  OPENED
  for (const entry of entries) await store.addEntry(entry);
  store.close();
}"""

CHANGE = """async ({user, pin, changes, meta}) => {
  OPENED
  const seqs = (await store.entries()).map(({seq}) => seq);
  await store.changeEntries(seqs.map((seq) => [seq, changes]), {meta});
  store.close();
}"""


class HerPhone:
    """One browser with its own storage. `page` is the tab in front."""

    def __init__(self, browser: Browser, server: WebServer, user: User) -> None:
        self.server, self.user = server, user
        self.context: BrowserContext = browser.new_context(
            viewport=SCREEN, locale="zh-CN", timezone_id="America/New_York"
        )
        self.context.set_default_timeout(PATIENCE)
        self.page: Page = self.context.new_page()
        self.said: list[str] = []
        self.context.on("console", lambda message: self.said.append(message.text))

    def sign_in(self) -> None:
        client: Client = signed_in(self.user)
        client.get("/visits/today/")
        cookies = [{"name": name, "value": one.value, "url": self.server.url} for name, one in client.cookies.items()]
        self.context.add_cookies(cookies)  # type: ignore[arg-type]

    def set_up(self) -> None:
        """She signs in, chooses a PIN, and her village comes down."""
        self.sign_in()
        self.open(reverse("phone:set-up"))
        self.page.fill("input[name=pin]", PIN)
        self.page.fill("input[name=again]", PIN)
        self.page.locator("button[form=set-up]").click()
        self.page.locator("[data-part=done]").wait_for()

    def unlock(self) -> None:
        """On the page that asks for it."""
        self.page.fill("input[name=pin]", PIN)
        self.page.wait_for_url(lambda address: reverse("phone:open") not in address)

    def open(self, path: str) -> Page:
        self.page.goto(self.server.url + path)
        return self.page

    def submit(self) -> None:
        """The page's main button; returns when the next page is there."""
        with self.page.expect_navigation():
            self.page.locator("button[type=submit][form=entry], form#entry button[type=submit]").first.click()

    def found(self) -> dict[str, Any]:
        """What lies in her store: {entries, meta, docs}."""
        result: dict[str, Any] = self._in_store(ENTRIES)
        return result

    def add(self, *entries: dict[str, Any]) -> None:
        """Entries as the worker would have written them down."""
        self._in_store(ADD, entries=entries)

    def change(self, /, meta: dict[str, Any] | None = None, **changes: Any) -> None:
        """Changes all entries, and the notes beside them."""
        self._in_store(CHANGE, changes=changes, meta=meta or {})

    def _in_store(self, script: str, **given: Any) -> Any:
        user = {"user": str(self.user.pk), "pin": PIN}
        return self.page.evaluate(script.replace("  OPENED", OPENED), {**user, **given})

    def end_worker(self) -> None:
        """As the browser does when it wants the memory: what the worker knew is gone."""
        line = self.context.new_cdp_session(self.page)
        line.send("ServiceWorker.enable")
        line.send("ServiceWorker.stopAllWorkers")
        line.detach()

    def wait_for_key(self) -> None:
        """Until the page in front holds her key: a page that is just opened asks the worker for it."""
        for _ in range(240):
            if self.page.evaluate(HOLDS_A_KEY):
                return
            self.page.wait_for_timeout(250)
        raise AssertionError(f"The page has no key: {self.said}")

    def states(self) -> list[str]:
        return [entry["state"] for entry in self.found()["entries"]]

    def state(self) -> dict[str, Any]:
        """What the worker tells its pages."""
        result: dict[str, Any] = self.page.evaluate(STATE)
        return result

    def tell(self, **message: Any) -> None:
        self.page.evaluate(TELL, message)

    def wait_for(self, is_so: Callable[[dict[str, Any]], bool], *, most: int = 60) -> None:
        for _ in range(most):
            if is_so(self.found()):
                return
            self.page.wait_for_timeout(250)
        raise AssertionError(f"It did not come to be: {self.found()} {self.said}")


@pytest.fixture
def phone_of(browser: Browser, web_server: WebServer) -> Iterator[Callable[[User], HerPhone]]:
    """phone_of(mother): her phone, set up."""
    phones: list[HerPhone] = []

    def set_up(user: User) -> HerPhone:
        phones.append(HerPhone(browser, web_server, user))
        phones[-1].set_up()
        return phones[-1]

    yield set_up
    for phone in phones:
        phone.context.close()
