"""Fields that lie encrypted in the database: ID numbers, phones, health, addresses (PIPL art. 51).

AES-256-GCM under the newest key of `settings.FIELD_KEYS`; each value carries its key's number, so that keys rotate
without a stop. A blind index (HMAC-SHA-256) finds a value again without showing it.
"""

import base64
import hashlib
import hmac
import json
import os
from functools import lru_cache
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models

NONCE_BYTES = 12


@lru_cache(maxsize=8)
def _keys(configured: str) -> dict[int, AESGCM]:
    pairs = (item.split(":", 1) for item in configured.split(","))
    return {int(number): AESGCM(base64.b64decode(key)) for number, key in pairs}


def newest_key() -> int:
    """The number of the key under which everything new is sealed."""
    return max(_keys(settings.FIELD_KEYS))


def seal(text: str) -> str:
    """Encrypt a text: `key number : base64(nonce + ciphertext)`."""
    keys = _keys(settings.FIELD_KEYS)
    number = max(keys)
    nonce = os.urandom(NONCE_BYTES)
    return f"{number}:{base64.b64encode(nonce + keys[number].encrypt(nonce, text.encode(), None)).decode()}"


def unseal(stored: str) -> str:
    """Decrypt what `seal` made. Raises cryptography's InvalidTag when it was changed, KeyError for an unknown key."""
    number, body = stored.split(":", 1)
    raw = base64.b64decode(body)
    return _keys(settings.FIELD_KEYS)[int(number)].decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], None).decode()


def seal_bytes(content: bytes) -> bytes:
    """Encrypt a file, as `seal` does a text."""
    keys = _keys(settings.FIELD_KEYS)
    number = max(keys)
    nonce = os.urandom(NONCE_BYTES)
    return b"%d:" % number + nonce + keys[number].encrypt(nonce, content, None)


def unseal_bytes(stored: bytes) -> bytes:
    """Decrypt what `seal_bytes` made; raises as `unseal` does."""
    number, _colon, raw = bytes(stored).partition(b":")
    return _keys(settings.FIELD_KEYS)[int(number)].decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], None)


def blind_index(text: str) -> str:
    """A keyed fingerprint (64 hex digits): equal texts have equal fingerprints, and nothing can be read from one."""
    key = base64.b64decode(settings.BLIND_INDEX_KEY)
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


class SealedTextField(models.TextField):
    """Text that is encrypted on its way into the database. Blank stays blank; it cannot be searched."""

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return seal(value) if value else value

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        return unseal(value) if value else value


class SealedTextsField(models.JSONField):
    """Texts by name, {field: [before, after]}: the names can be looked for, each of the values lies sealed."""

    def get_prep_value(self, value: Any) -> Any:
        if not isinstance(value, dict):
            return super().get_prep_value(value)
        return super().get_prep_value({name: _sealed_once(text) for name, text in value.items()})

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        held = super().from_db_value(value, expression, connection)
        if not isinstance(held, dict):
            return held
        return {name: json.loads(unseal(text)) if isinstance(text, str) else text for name, text in held.items()}


def _sealed_once(texts: Any) -> Any:
    return texts if isinstance(texts, str) else seal(json.dumps(texts, ensure_ascii=False))
