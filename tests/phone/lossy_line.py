"""A phone's own modules in Chromium, with its real IndexedDB, on a line that loses, repeats and delays what crosses it."""

from collections import deque
from typing import Any
from uuid import uuid4

from django.test import Client
from playwright.sync_api import Browser, Page, Request, Route

from ccmp.people.models import User
from tests.phone.calling import set_up
from tests.phone.conftest import KINDS, STATIC

HOME = "http://localhost:9/"  # a secure context, as the phone's origin is; nothing listens there
FATES = ("ok", "lost", "unanswered", "twice", "trouble", "killed")
HARNESS = """async ({user, key, phone, token, isNew}) => {
  const load = (name) => import(`/js/phone/${name}`);
  const [{openStore}, {newEntry}, {send, takeDown}] = await Promise.all([load("store.js"), load("outbox.js"), load("sync.js")]);
  const raw = Uint8Array.from(atob(key), (sign) => sign.charCodeAt(0));
  const store = await openStore(user, await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]));
  if (isNew) await store.setMeta({phone, token});
  const urgentKinds = {sexual_abuse: ["110"]};
  window.phone = {
    async write({id, page, address, fields}) {
      const entry = newEntry({id, page, url: new URL(address, location), fields, urgentKinds});
      await store.addEntry(entry);
    },
    async mend({id, fields}) {
      const entry = (await store.entries()).find((one) => one.id === id && one.state === "refused");
      if (entry) await store.changeEntry(entry.seq, {fields, state: "waiting", reason: "", fields_wrong: {}});
    },
    sync() {
      this.came = "";
      send(store).then(() => takeDown(store)).then(() => { this.came = "done"; }, (error) => { this.came = error.constructor.name; });
    },
    async held() { return {docs: [...await store.docs()], entries: await store.entries(), kept: (await store.meta()).kept ?? 0}; },
  };
}"""

DAMAGE = """(name) => new Promise((resolve, reject) => {
  const opening = indexedDB.open(name);
  opening.onerror = () => reject(opening.error);
  opening.onsuccess = () => {
    const work = opening.result.transaction("docs", "readwrite"), docs = work.objectStore("docs");
    docs.openCursor().onsuccess = ({target: {result: cursor}}) => {
      if (cursor) docs.put({...cursor.value, box: new ArrayBuffer(40)}, cursor.key);
    };
    work.oncomplete = () => { opening.result.close(); resolve(); };
  };
})"""


class Line:
    """Between the phone and the server. Each request meets the next fate; after the last, all is well."""

    def __init__(self) -> None:
        self.fates: deque[str] = deque()
        self.delivered: list[Request] = []
        self.waiting: list[Route] = []
        self.is_killed = False

    def answer(self, route: Route) -> None:
        path = route.request.url.removeprefix(HOME)
        if path.startswith("api/"):
            self.waiting.append(route)  # the browser's own loop has a database connection of its own: see `work`
        elif (STATIC / path).is_file():
            route.fulfill(body=(STATIC / path).read_text("utf-8"), content_type=KINDS[(STATIC / path).suffix])
        else:
            route.fulfill(body="<!doctype html><title>phone</title>", content_type="text/html")

    def work(self) -> None:
        """Let what was asked meet its fate."""
        while self.waiting:
            self._meet(self.waiting.pop(0))

    def _meet(self, route: Route) -> None:
        fate = self.fates.popleft() if self.fates else "ok"
        if fate == "lost":
            route.abort()
        elif fate == "trouble":
            route.fulfill(status=503, body="")
        else:
            self._deliver(route, fate)

    def _deliver(self, route: Route, fate: str) -> None:
        status, body = self.deliver(route.request)
        if fate == "twice":
            status, body = self.deliver(route.request)
        if fate == "unanswered":
            route.abort()
        elif fate == "killed":
            self.is_killed = True  # the request stays open: the page goes while it waits
        else:
            route.fulfill(status=status, body=body, content_type="application/json")

    def deliver(self, request: Request) -> tuple[int, bytes]:
        """Hand a request to the server; one that was delivered before comes once more in the same way."""
        if request not in self.delivered and request.url.endswith("/outbox/"):
            self.delivered.append(request)
        headers = {
            name: value
            for name, value in request.headers.items()
            if name in ("authorization", "x-phone", "x-phone-clock")
        }
        path = "/" + request.url.removeprefix(HOME)
        response = Client().post(path, request.post_data, content_type="application/json", headers=headers)
        return response.status_code, response.content


class PhoneInChromium:
    """One person's phone. Closing its page loses all that is not on its disk."""

    def __init__(self, browser: Browser, user: User) -> None:
        given = set_up(user, uuid4()).json()
        self.opening = {"user": str(user.pk), "key": given["key"], "phone": given["id"], "token": given["token"]}
        self.line = Line()
        self.context = browser.new_context()
        self.context.route(f"{HOME}**", self.line.answer)
        self.page: Page = self._open(is_new=True)

    def _open(self, *, is_new: bool) -> Page:
        page = self.context.new_page()
        page.goto(HOME)
        page.evaluate(HARNESS, {**self.opening, "isNew": is_new})
        return page

    def crash(self) -> None:
        self.page.close()
        self.line.waiting.clear()
        self.page = self._open(is_new=False)

    def damage(self) -> None:
        """A record of sheets on the phone's disk is not what it was; the next opening finds it so."""
        self.page.evaluate(DAMAGE, f"ccmp-{self.opening['user']}")
        self.crash()

    def write(self, **entry: Any) -> None:
        self.page.evaluate("(entry) => phone.write(entry)", entry)

    def mend(self, entry_id: str, fields: dict[str, list[str]]) -> None:
        self.page.evaluate("(given) => phone.mend(given)", {"id": entry_id, "fields": fields})

    def sync(self, *fates: str) -> str:
        """One contact. Returns what came of it: "done", the name of what stopped it, or "killed"."""
        self.line.fates, self.line.is_killed = deque(fates), False
        self.page.evaluate("() => phone.sync()")
        while not (came := self.page.evaluate("() => phone.came")):
            if self.line.is_killed:
                self.crash()
                came = "killed"
                break
            self.page.wait_for_timeout(5)
            self.line.work()
        self.line.fates.clear()
        return str(came)

    def held(self) -> dict[str, Any]:
        held: dict[str, Any] = self.page.evaluate("() => phone.held()")
        return held

    def close(self) -> None:
        self.context.close()
