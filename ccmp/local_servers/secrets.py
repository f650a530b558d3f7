"""The secrets of a program on its own servers: made once, kept in VAR/secrets.env, readable by their owner only.

Whoever loses this file loses every encrypted field of the database beside it.
"""

import base64
import contextlib
import fcntl
import os
import secrets
import tempfile
from pathlib import Path

NAMES = ("SECRET_KEY", "FIELD_KEYS", "BLIND_INDEX_KEY")
CAME_LATER = (
    "AUDIT_KEYS",
)  # nothing was marked with them in a copy whose file does not name them: there they are made


class SecretsIncomplete(Exception):
    """VAR/secrets.env lacks a name. A new value would make what is encrypted unreadable, so none is made up."""


def read_or_make(var: Path) -> dict[str, str]:
    """SECRET_KEY, FIELD_KEYS, AUDIT_KEYS ("1:<base64 of 32 bytes>") and BLIND_INDEX_KEY (base64 of 32 bytes)."""
    path = var / "secrets.env"
    if not path.exists():
        _write_once(path, _made())
    found = _parsed(path.read_text(encoding="utf-8"))
    if all(map(found.get, NAMES)) and not found.keys() >= set(CAME_LATER):
        found = _with_what_came_later(path)
    missing = [name for name in NAMES + CAME_LATER if not found.get(name)]
    if missing:
        names = ", ".join(missing)
        raise SecretsIncomplete(f"{path} lacks {names}. Bring the file back from a copy, or start with an empty VAR.")
    return found


def _made() -> dict[str, str]:
    return {
        "SECRET_KEY": secrets.token_urlsafe(50),
        "FIELD_KEYS": f"1:{_key()}",
        "BLIND_INDEX_KEY": _key(),
        "AUDIT_KEYS": f"1:{_key()}",
    }


def _with_what_came_later(path: Path) -> dict[str, str]:
    """Two processes may come here at once: the second one waits, and finds what the first one added."""
    with path.open("r+", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        text = file.read()
        found = _parsed(text)
        new = {name: value for name, value in _made().items() if name in CAME_LATER and name not in found}
        file.write("".join(f"{name}={value}\n" for name, value in new.items()))
        file.flush()
        os.fsync(file.fileno())
    return found | new


def _key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode("ascii")


def _write_once(path: Path, values: dict[str, str]) -> None:
    """Two processes may come here at once: a link never replaces what the first one wrote."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=path.parent, prefix=".secrets-", encoding="utf-8") as new:
        new.write("".join(f"{name}={value}\n" for name, value in values.items()))
        new.flush()
        os.fsync(new.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(new.name, path)


def _parsed(text: str) -> dict[str, str]:
    lines = (line.strip() for line in text.splitlines())
    pairs = (line.partition("=") for line in lines if line and not line.startswith("#"))
    return {name.strip(): value.strip() for name, _, value in pairs}
