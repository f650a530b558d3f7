"""Values that only the phone knows, and what is left of a template around them.

An expression or an instruction ("op") is JSON: text is a string, everything else a list whose first member says what it is.

    ["v", "home.first.due_on"]                    a value, by its path
    ["f", expression, "day", argument, …]         a filter's result
    ["c", constant]                               a constant, inside a condition or an argument
    ["o", ops]                                    ops as a value: text that holds open parts
    ["if", [[condition or null, ops], …]]         conditions: ["not", a], ["and", a, b], ["==", a, b] …
    ["for", [names], expression, ops, ops if empty, reversed]
    ["n", count, [ops for one, ops for many]]     a translated plural
    ["first", [expressions]]                      the first that is true
    ["tag", name, [arguments], {keywords}]        what a template tag writes
    ["part", name, [arguments], {keywords}, ops]  a template part whose values a tag works out
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

BEGIN, END = "\ue000", "\ue001"  # private use: no page of ours holds them
MARK = re.compile(f"{BEGIN}([0-9]+){END}")

Op = str | list[Any]

_left_open: ContextVar[list[list[Any]]] = ContextVar("left_open")


@contextmanager
def leaving_open() -> Iterator[None]:
    """Marks made within stand for what is left open within."""
    token = _left_open.set([])
    try:
        yield
    finally:
        _left_open.reset(token)


def mark(op: list[Any]) -> str:
    """Text that stands for an op until `ops_of` reads it again."""
    kept = _left_open.get()
    kept.append(op)
    return f"{BEGIN}{len(kept) - 1}{END}"


def ops_of(text: str) -> list[Op]:
    """Rendered text, parted at its marks into ops."""
    parts = MARK.split(text)
    ops: list[Op] = []
    for number, part in enumerate(parts):
        if number % 2:
            ops.append(_left_open.get()[int(part)])
        elif part:
            ops.append(part)
    return ops


class Open:
    """A value that only the phone knows. It can be looked into, filtered and written; it cannot be decided upon."""

    def __init__(self, expression: list[Any]) -> None:
        self.expression = expression

    def __getitem__(self, name: str) -> "Open":
        kind, path = self.expression[0], self.expression[1]
        if kind == "v":
            return Open(["v", f"{path}.{name}"])
        return Open(["at", self.expression, str(name)])

    def __str__(self) -> str:
        return mark(self.expression)

    def __bool__(self) -> bool:
        raise TypeError(f"{self.expression} is left open: only the phone can decide on it.")


def named(path: str) -> Open:
    return Open(["v", path])


def is_open(value: Any) -> bool:
    """Whether a value, or a part of a text, is left open."""
    return isinstance(value, Open) or (isinstance(value, str) and BEGIN in value)


def expression_of(value: Any) -> list[Any]:
    """A value as an expression. Raises TypeError for one that JSON cannot say."""
    if isinstance(value, Open):
        return value.expression
    if is_open(value):
        return ["o", ops_of(value)]
    if value is None or isinstance(value, bool | int | float):
        return ["c", value]
    return ["c", str(value)]
