"""A month's end, told to locust: mothers' phones that send and take down, desks that read their lists, papers.

`python -m benchmarks.load` makes the world and the server and starts this. WORLD names what it wrote of the world, SENT the
file into which goes a line for each entry that the server said it keeps, and each entry that it did not.
"""

import json
import os
import random
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pyotp
from locust import HttpUser, between, constant, task
from locust.exception import StopUser

WORLD = json.loads(Path(os.environ["WORLD"]).read_text(encoding="utf-8"))
MINUTES, THINK = float(os.environ["MINUTES"]), float(os.environ["THINK"])
SENT = Path(os.environ["SENT"])
GATHER = MINUTES * 60 * 0.9  # seconds in which they come; the rest is for those who came last
EACH_MOTHER, EACH_DESK = iter(WORLD["mothers"]), iter(WORLD["desks"])
ADDRESS = iter(range(1, 60_000))
MOST_ENTRIES = 12
SHARE_WITH_CLUB, SHARE_WITH_FLAG = 0.5, 0.1
ANSWERS = {"carer": 0, "contact": 0, "injury": 0}
LISTS = {
    "/flags/": "desk: flags",
    "/children/": "desk: register",
    "/visits/": "desk: due visits",
    "/children/to-check/": "desk: files to check",
    "/children/entitlements/": "desk: benefits not received",
    "/referrals/": "desk: referrals",
    "/club/hours/": "desk: hours of clubs",
}
AN_EMPTY_PAGE = "/account/"


class Somebody(HttpUser):
    """Behind an address of her own, as our proxy tells it."""

    abstract = True
    wait_time = constant(0)

    def on_start(self) -> None:
        number = next(ADDRESS)
        self.client.headers["X-Forwarded-For"] = f"10.{number >> 8}.{number & 255}.7"

    def sign_in(self) -> Any:
        """With both steps; each desk once, since a code counts once."""
        who = next(EACH_DESK)
        self.client.get("/sign-in/", name="door")
        self.send("sign in", "/sign-in/", username=who["username"], password=WORLD["password"])
        self.send("second step", "/account/second-step/", code=pyotp.TOTP(who["secret"]).now())
        return who

    def send(self, name: str, path: str, **typed: str) -> None:
        """A form that is taken sends to another page; one that is refused comes back."""
        typed |= {"csrfmiddlewaretoken": self.client.cookies["csrftoken"]}
        headers = {"Referer": f"{self.host}{path}", "Origin": str(self.host)}
        with self.client.post(
            path, typed, name=name, headers=headers, allow_redirects=False, catch_response=True
        ) as answer:
            if answer.status_code != 302:
                answer.failure(f"{answer.status_code}: the form came back")

    def read(self, path: str, name: str, kind: str = "text/html") -> None:
        """A page; one that sends elsewhere is not the page."""
        with self.client.get(path, name=name, allow_redirects=False, catch_response=True) as answer:
            if answer.status_code != 200 or not answer.headers["Content-Type"].startswith(kind):
                answer.failure(f"{answer.status_code} {answer.headers.get('Content-Type')}")


class Phone(Somebody):
    """A mother's phone: sends what waited on it, then takes down what is new, once."""

    fixed_count = int(os.environ["MOTHERS"])

    @task
    def sync(self) -> None:
        who = next(EACH_MOTHER)
        time.sleep(random.uniform(0, GATHER))
        self.client.headers["Authorization"] = f"Phone {who['token']}"
        entries = list(written(who, datetime.now(UTC)))
        with self.client.post("/api/v1/outbox/", json=entries, name="phone: outbox", catch_response=True) as answer:
            told = answer.json() if answer.ok else []
            kept = {one["id"] for one in told if one["kept"]}
            with SENT.open("a", encoding="ascii") as file:
                file.writelines(f"{one['id'] in kept} {one['kind']} {one['body']['id']}\n" for one in entries)
            if len(kept) < len(entries):
                answer.failure(f"{answer.status_code}: {[one for one in told if not one['kept']][:2]}")
        cursor, held = who["holds"]
        asked = {"phone": who["phone"], "cursor": cursor, "hash": held}
        with self.client.post(
            "/api/v1/phones/changes/", json=asked, name="phone: contact", catch_response=True
        ) as answer:
            if not answer.ok or not answer.json()["docs"]:
                answer.failure(f"{answer.status_code}: nothing new came down")
        raise StopUser


def written(who: dict[str, Any], at: datetime) -> Iterator[dict[str, Any]]:
    """One to twelve visits of the last days, in every second village a club's afternoon, in every tenth a flag."""
    children = random.sample(who["children"], random.randint(1, MOST_ENTRIES))
    for number, child in enumerate(children):
        moment = at - timedelta(hours=3 * number + 1)
        body = {"child": child, "outcome": "completed", "answers": ANSWERS, "seen_alone": True}
        yield _entry("visit", moment, body | {"made_at": _spelled(moment)})
    if random.random() < SHARE_WITH_CLUB:
        opened = (at - timedelta(days=1)).replace(hour=8, minute=0)  # four in the afternoon in China
        times = {"opened_at": _spelled(opened), "closed_at": _spelled(opened + timedelta(hours=2))}
        body = {"village_code": who["village"], "attended": children, "visitors": 3, **times}
        yield _entry("club-session", opened, body)
    if random.random() < SHARE_WITH_FLAG:
        moment = at - timedelta(minutes=20)
        body = {"village_code": who["village"], "child": children[0], "kind": "hazard", "seen": "水塘边没有护栏。"}
        yield _entry("flag", moment, body | {"made_at": _spelled(moment)})


def _entry(kind: str, made_at: datetime, body: dict[str, Any]) -> dict[str, Any]:
    return {"id": str(uuid4()), "kind": kind, "made_at": _spelled(made_at), "body": {"id": str(uuid4()), **body}}


def _spelled(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


class Desk(Somebody):
    """A county's desk in the morning: one list after the other, each looked at for a while."""

    fixed_count = int(os.environ["DESKS"])
    wait_time = between(THINK / 2, THINK * 3 / 2)

    def on_start(self) -> None:
        super().on_start()
        time.sleep(random.uniform(0, min(120, GATHER / 2)))
        self.sign_in()
        self.left: list[str] = []

    @task
    def look(self) -> None:
        self.left = self.left or random.sample(list(LISTS), len(LISTS))
        path = self.left.pop()
        self.read(path, LISTS[path])


class Download(Somebody):
    """Somebody at a desk who wants a child's file on paper, laid out at that moment."""

    fixed_count = int(os.environ["DOWNLOADS"])

    @task
    def download(self) -> None:
        time.sleep(random.uniform(0, GATHER))
        child = random.choice(self.sign_in()["children"])
        self.read(f"/children/{child}/paper/", "download: a file on paper", "application/pdf")
        raise StopUser


class Yardstick(Somebody):
    """A signed-in page with nothing on it, once a second, all the while."""

    fixed_count = 1
    wait_time = constant(1)

    def on_start(self) -> None:
        super().on_start()
        self.sign_in()

    @task
    def look(self) -> None:
        self.read(AN_EMPTY_PAGE, "an empty page")
