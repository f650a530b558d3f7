"""Figures as canonical JSON: one text for one set of figures, so that the same inputs give the same hash.

Keys are sorted, there is no space, text is NFC, days are ISO 8601, and there is no fraction: minutes and counts are whole.
"""

import hashlib
import json
import unicodedata
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

CODE_DIGITS = 16


def plain(value: Any) -> Any:
    """The value as dicts, lists, texts, whole numbers, booleans and None. Raises TypeError for anything else."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, dict):
        return {plain(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, str):
        return unicodedata.normalize("NFC", str(value))
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if value is None or isinstance(value, (bool, int)):
        return value
    raise TypeError(f"{type(value).__name__} has no canonical form: {value!r}")


def canonical(value: Any) -> str:
    return json.dumps(plain(value), sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def sha256_of(value: Any) -> str:
    """The SHA-256 of the canonical JSON in UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def verification_code(sha256: str) -> str:
    """What a paper prints of the hash: its first 16 digits in groups of four."""
    digits = sha256[:CODE_DIGITS].upper()
    return "-".join(digits[at : at + 4] for at in range(0, CODE_DIGITS, 4))


@cache
def _hints(shape: type) -> dict[str, Any]:
    return get_type_hints(shape)


def read(shape: Any, value: Any) -> Any:
    """Plain figures back into their dataclass. The figures are our own: a wrong shape is an error, never repaired."""
    if isinstance(shape, type) and is_dataclass(shape):
        hints = _hints(shape)
        told = [field.name for field in fields(shape) if field.name in value]  # a figure that came later has a default
        return shape(**{name: read(hints[name], value[name]) for name in told})
    origin = get_origin(shape)
    if origin is tuple:
        return tuple(read(get_args(shape)[0], item) for item in value)
    if origin in (Union, UnionType):
        inner = [one for one in get_args(shape) if is_dataclass(one)]
        return read(inner[0], value) if inner and value is not None else value
    if shape is datetime:
        return datetime.fromisoformat(value)
    if shape is date:
        return date.fromisoformat(value)
    return value
