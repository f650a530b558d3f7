"""The marks by which it is found that the trail was altered: HMAC-SHA-256 under `settings.AUDIT_KEYS`.

A mark is `key number : 64 hex digits`. Whoever writes into the database and has no key can make none.
"""

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from django.conf import settings

FIRST = "0" * 64  # what the first seal stands on


@lru_cache(maxsize=8)
def _keys(configured: str) -> dict[int, bytes]:
    pairs = (item.split(":", 1) for item in configured.split(","))
    return {int(number): base64.b64decode(key) for number, key in pairs}


def _mark(purpose: str, said: list[Any], number: int) -> str:
    body = json.dumps([purpose, *said], ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode()
    return f"{number}:{hmac.new(_keys(settings.AUDIT_KEYS)[number], body, hashlib.sha256).hexdigest()}"


def newest_key() -> int:
    return max(_keys(settings.AUDIT_KEYS))


def _bears(purpose: str, said: list[Any], mark: str) -> bool:
    number, _colon, _digits = mark.partition(":")
    if not number.isdecimal() or int(number) not in _keys(settings.AUDIT_KEYS):
        return False
    return hmac.compare_digest(_mark(purpose, said, int(number)), mark)


def moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _content(entry: Any) -> list[Any]:
    """All that a line says, in a form that is the same before it is written and after it is read."""
    return [
        str(entry.number),
        moment(entry.at),
        str(entry.by_id or ""),
        entry.did,
        entry.on_kind,
        entry.on_id,
        entry.village_code,
        entry.detail,
        [str(child) for child in entry.children],
    ]


def mark_of(entry: Any) -> str:
    return _mark("entry", _content(entry), newest_key())


def bears_its_mark(entry: Any) -> bool:
    return _bears("entry", _content(entry), entry.mark)


def digest_of(entry: Any) -> str:
    """What a seal holds of a line: by it the chain is checked even where the line was put away."""
    body = json.dumps([_content(entry), entry.mark], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(body.encode()).hexdigest()


def hash_of(seal: Any) -> str:
    return _mark("seal", _links(seal), newest_key())


def is_linked(seal: Any) -> bool:
    """Whether a seal's hash is that of what it says and of the seal before it."""
    return _bears("seal", _links(seal), seal.hash)


def _links(seal: Any) -> list[Any]:
    return [seal.sequence, seal.previous, seal.entry_id, moment(seal.entry_at), seal.digest]
