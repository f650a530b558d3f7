"""What the database cannot write by itself for an invented register: sealed numbers and grounds, and keys from whole numbers."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from ccmp.sealed import blind_index, seal
from children.rules.id_tail import tail_mark

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
KINDS = {"h": 1, "p": 2, "c": 3, "m": 4, "g": 5, "a": 6}


def id_numbers(children: int) -> Iterator[tuple[Any, ...]]:
    """For nineteen of twenty: an area that nobody has, a day, a running number, the check character."""
    day, indexes = date(2008, 12, 1), {}
    for n in range(1, children + 1):
        if n % 20 == 0:
            continue
        digits = f"99{n // 999 // 6500:04}{day + timedelta(days=n // 999 % 6500):%Y%m%d}{n % 999 + 1:03}"
        mark = "10X98765432"[sum(int(one) * weight for one, weight in zip(digits, WEIGHTS, strict=True)) % 11]
        number = digits + mark
        tail = number[-4:]
        indexes.setdefault(tail, tail_mark(number))
        yield n, seal(number), blind_index(number), indexes[tail]


def phones(homes: int) -> Iterator[tuple[Any, ...]]:
    for h in range(1, homes + 1):
        number = f"139{h * 7919 % 10**8:08}"
        yield h, seal(number), blind_index(f"phone:{number}")


def grounds(children: int) -> Iterator[tuple[Any, ...]]:
    """One child of thirty has a disability, one of two hundred a long illness, one of twenty thousand an infection."""
    for n in range(7, children + 1, 30):
        yield n, *_ground(n, "disability", f"{('sight', 'limb', 'hearing', 'intellectual')[n % 4]}:{n % 4 + 1}")
    for n in range(11, children + 1, 200):
        yield n, *_ground(n, "illness", "")
    for n in range(13, children + 1, 20_000):
        yield n, *_ground(n, "infected", "")


def _ground(n: int, kind: str, particulars: str) -> tuple[str, str, str]:
    return seal(kind), blind_index(f"{uuid_of('c', n)}:{kind}"), seal(particulars) if particulars else ""


def applications(children: int) -> Iterator[tuple[Any, ...]]:
    """One child of twelve: most of them receive it by now."""
    for n in range(5, children + 1, 12):
        benefit = ("minimum_living", "day_subsidy", "boarding_subsidy", "unsupported_allowance", "medical_aid")[n % 5]
        yield n, seal(benefit), blind_index(f"{uuid_of('c', n)}:{benefit}")


def uuid_of(kind: str, n: int) -> str:
    return f"0190000{KINDS[kind]}-{n >> 16:04x}-7000-8{n & 0xFFF:03x}-{n:012x}"


def uuid_sql(kind: str, n: str) -> str:
    parts = f"lpad(to_hex(({n}) >> 16), 4, '0') || '-7000-8' || lpad(to_hex(({n}) & 4095), 3, '0')"
    return f"('0190000{KINDS[kind]}-' || {parts} || '-' || lpad(to_hex({n}), 12, '0'))::uuid"
