"""What each of them does at a month's end."""

import asyncio
import random
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from benchmarks.load.line import Caller
from ccmp.moments import now

PARTS = 50  # docs in one part of a contact
DESKS_LOOK_AT = (
    ("triage", "/flags/"),
    ("register", "/children/"),
    ("due visits", "/visits/"),
    ("to check", "/children/to-check/"),
    ("unclaimed", "/children/entitlements/"),
    ("referrals", "/referrals/"),
    ("clubs", "/club/hours/"),
)
AN_EMPTY_PAGE = "/account/"


async def mother(caller: Caller, who: dict[str, Any], password: str, sent: list[str]) -> None:
    """She signs in, sets her phone up, sends what waited, and takes down what is new. `sent`: the ids that were kept."""
    signed = await caller.post_json("token", "/api/v1/token/", {"username": who["username"], "password": password})
    if signed.status >= 400:
        return
    caller.key = f"Bearer {signed.json()['token']}"
    phone = await caller.post_json("phone", "/api/v1/phones/", {"id": str(uuid4())})
    if phone.status >= 400:
        return
    caller.key = f"Phone {phone.json()['token']}"
    entries = list(visits(who["children"], now()))
    answers = await caller.post_json("outbox", "/api/v1/outbox/", entries)
    if answers.status < 400:
        kept = {one["id"] for one in answers.json() if one["kept"]}
        sent += [one["body"]["id"] for one in entries if one["id"] in kept]
        caller.kept.errors += [f"entry: {one}" for one in answers.json() if not one["kept"]]
    await take_down(caller, phone.json()["id"])


def visits(children: list[str], at: datetime) -> Iterator[dict[str, Any]]:
    """A visit to each child, of the last days."""
    for number, child in enumerate(children):
        made_at = (at - timedelta(days=number + 1, minutes=5)).isoformat(timespec="seconds")
        body = {"id": str(uuid4()), "child": child, "outcome": "nobody_home"}
        yield {"id": str(uuid4()), "kind": "visit", "made_at": made_at, "body": body}


async def take_down(caller: Caller, phone: str) -> None:
    cursor, held, more = "", "", True
    while more:
        asked = {"phone": phone, "cursor": cursor, "hash": held, "most": PARTS}
        part = await caller.post_json("changes", "/api/v1/phones/changes/", asked)
        if part.status >= 400:
            return
        told = part.json()
        cursor, held, more = told["cursor"], told["hash"], told["more"]


async def sign_in(caller: Caller, username: str, password: str) -> None:
    await caller.get("door", "/sign-in/")
    await caller.post_form("sign in", "/sign-in/", username=username, password=password)


async def desk(caller: Caller, who: dict[str, Any], password: str, *, until: float, think: float) -> None:
    """Signs in, and goes through the morning's lists until the time is over."""
    await sign_in(caller, who["username"], password)
    while time.monotonic() < until:
        for kind, path in random.sample(DESKS_LOOK_AT, len(DESKS_LOOK_AT)):
            if time.monotonic() >= until:
                return
            await caller.get(kind, path)
            await asyncio.sleep(random.uniform(0.5, 1.5) * think)


async def download(caller: Caller, who: dict[str, Any], child: str, password: str) -> None:
    """A child's file on paper."""
    await sign_in(caller, who["username"], password)
    paper = await caller.get("paper", f"/children/{child}/paper/")
    if not paper.body.startswith(b"%PDF"):
        caller.kept.errors.append("paper: no PDF came")


async def empty_page(caller: Caller, who: dict[str, Any], password: str, *, until: float) -> None:
    """The yardstick: a signed-in page with nothing on it, all the while."""
    await sign_in(caller, who["username"], password)
    await caller.get("an empty page", AN_EMPTY_PAGE)
    while time.monotonic() < until:
        await asyncio.sleep(1)
        await caller.get("an empty page", AN_EMPTY_PAGE)
