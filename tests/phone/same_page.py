"""The same page twice: as the server sends it, and as the phone writes it from its own store."""

import json
import re
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from ccmp.moments import now
from ccmp.people.models import User
from ccmp.phone.services.docs import sheets_for
from ccmp.phone.services.pack import pack
from ccmp.sealed import unseal
from tests.signing_in import Client

WRITE = """async (load, {pack, docs, entries, address, now, state}) => {
  const {villageOf, writePage} = await load("page.js");
  const village = villageOf(new Map(docs), entries);
  let number = 0;
  const id = () => `00000000-0000-7000-8000-${String(number += 1).padStart(12, "0")}`;
  const url = new URL(address, "http://phone.test");
  return writePage({pack, docs: village, url, now: new Date(now), state: state ?? undefined, id});
}"""
Ask = Callable[[str, Any], Any]
NEVER_THE_SAME = (
    re.compile(r'<input type="hidden" name="csrfmiddlewaretoken"[^>]*>'),
    re.compile(r'(?<=<input type="hidden" name="id" value=")[0-9a-f-]+'),
    re.compile(r'<input type="hidden" name="(?:id|\w+_id|seen)"[^>]*>'),
    re.compile(r'<script type="application/json" id="form-state">.*?</script>', re.DOTALL),
    re.compile(r"<template.*?</template>", re.DOTALL),
)
A_MINUTE_VALUE = re.compile(r'(type="(?:datetime-local|date|time)"[^>]*?) value="[^"]*"')
BETWEEN = re.compile(r"\s+")


def on_the_phone(
    in_chromium: Ask,
    user: User,
    address: str,
    *,
    at: datetime,
    entries: Sequence[dict[str, Any]] = (),
    state: dict[str, Any] | None = None,
    searches: Sequence[tuple[str, str]] = (),
) -> dict[str, Any]:
    """What page.js answers for an address: {status, html} or {status, redirect}."""
    fresh = User.objects.get(pk=user.pk)
    given = {
        "pack": json.loads(pack(fresh.language).body),
        "docs": [
            *([sheet.doc.id, json.loads(json.dumps(sheet.doc.body))] for sheet in sheets_for(fresh, at=at)),
            ["searches", searches],
        ],
        "entries": list(entries),
        "address": address,
        "now": at.isoformat(),
        "state": state,
    }
    found: dict[str, Any] = in_chromium(WRITE, given)
    return found


def look_for(client: Client, user: User, address: str, words: str) -> str:
    """The address of what is found: the words are not in it."""
    client.force_login(user)
    return client.post(address, {"q": words})["Location"]


def assert_same_page(client: Client, in_chromium: Ask, user: User, address: str) -> None:
    """Both renderings say the same, mark for mark; what a form holds travels as data on the phone and is compared there."""
    client.force_login(user)
    at = now()
    answer = client.get(address)
    searches = [(sign, unseal(words)) for sign, words in client.session.get("searches", [])]
    written = on_the_phone(in_chromium, user, address, at=at, searches=searches)

    assert written["status"] == answer.status_code
    if answer.status_code == 200:
        assert plain(written["html"]) == plain(answer.content.decode())


def plain(html: str) -> list[str]:
    """The page, a line for each mark, without what is new at each request."""
    for pattern in NEVER_THE_SAME:
        html = pattern.sub("", html)
    html = A_MINUTE_VALUE.sub(r"\1", html)
    html = BETWEEN.sub(" ", html).replace("> <", "><")
    return [line.strip() for line in html.replace("<", "\n<").splitlines() if line.strip()]
