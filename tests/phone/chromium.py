"""A phone of a companion mother in a real Chromium, on a real web server: set up, opened with its PIN, its worker running."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page

from ccmp.people.models import User
from tests.phone.calling import signed_in
from tests.web_server import WebServer

PIN = "306142"
SCREEN = {"width": 360, "height": 740}
PATIENCE = 20_000

SET_UP = """async ({user, name, phone, pin}) => {
  const load = (module) => import(`/static/js/phone/${module}`);
  const token = /csrftoken=([^;]+)/.exec(document.cookie)[1];
  const answer = await fetch("/api/v1/phones/", {
    method: "POST", headers: {"Content-Type": "application/json", "X-CSRFToken": token}, body: JSON.stringify({id: phone, label: "Chromium"}),
  });
  const made = await answer.json();
  const raw = Uint8Array.from(atob(made.key), (sign) => sign.charCodeAt(0));
  const keys = await load("keys.js");
  const key = await keys.setUp({user, name, phone, key: raw, pin, days: made.days_without_contact});
  const store = await (await load("store.js")).openStore(user, key);
  await store.setMeta({token: made.token, phone});
  await (await load("holders.js")).setAppState("last", user);
  await navigator.serviceWorker.register("/sw.js", {type: "module"});
  const {active} = await navigator.serviceWorker.ready;
  await tellKey(active, user, key);

  async function tellKey(worker) {
    if (worker.state !== "activated") await new Promise((resolve) => worker.addEventListener("statechange", resolve));
    worker.postMessage({type: "key", user, key});
  }
}"""

ENTRIES = """async ({user, pin}) => {
  const load = (module) => import(`/static/js/phone/${module}`);
  globalThis.opened ??= await (await load("keys.js")).open({user, pin});
  const store = await (await load("store.js")).openStore(user, globalThis.opened);
  try { return {entries: await store.entries(), meta: await store.meta(), docs: [...(await store.docs()).keys()]}; }
  finally { store.close(); }
}"""

STATE = """() => new Promise(async (resolve) => {
  navigator.serviceWorker.addEventListener("message", ({data}) => { if (data.type === "state") resolve(data); });
  (await navigator.serviceWorker.ready).active.postMessage({type: "state?"});
})"""

TELL = "async (message) => (await navigator.serviceWorker.ready).active.postMessage(message)"


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
        """From nothing to a phone that holds her village."""
        self.sign_in()
        self.open("/phone/no-network/")
        if not any(cookie["name"] == "csrftoken" for cookie in self.context.cookies()):
            self.context.add_cookies([{"name": "csrftoken", "value": "a" * 32, "url": self.server.url}])
        given = {"user": str(self.user.pk), "name": self.user.full_name, "phone": str(uuid4()), "pin": PIN}
        self.page.evaluate(SET_UP, given)
        self.wait_for(lambda found: found["docs"] != [])

    def open(self, path: str) -> Page:
        self.page.goto(self.server.url + path)
        return self.page

    def found(self) -> dict[str, Any]:
        """What lies in her store: {entries, meta, docs}."""
        result: dict[str, Any] = self.page.evaluate(ENTRIES, {"user": str(self.user.pk), "pin": PIN})
        return result

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
