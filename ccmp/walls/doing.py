"""What is being done, in whose name, by which request: PostgreSQL is told it with each statement, and keeps it with what changes.

Whoever works by hand, past the program, tells nothing: then the change stands there without it.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar, Token
from dataclasses import dataclass
from functools import lru_cache

from psycopg import sql

SETTING = "pghistory.context_metadata"


@dataclass(frozen=True)
class Doing:
    """A page by the name of its address, a task, a command; the key of the user; the request's number."""

    what: str = ""
    who: str = ""
    request: str = ""


NOTHING = Doing()
Teller = Callable[[], Doing]

_teller: ContextVar[Teller | None] = ContextVar("teller", default=None)
_why: ContextVar[str] = ContextVar("why", default="")


def doing() -> Doing:
    teller = _teller.get()
    return teller() if teller is not None else NOTHING


def let_tell(teller: Teller) -> Token[Teller | None]:
    """From now on this tells what is done, in this thread or task, until `tell_no_more` is given the token."""
    return _teller.set(teller)


def tell_no_more(token: Token[Teller | None]) -> None:
    _teller.reset(token)


@contextmanager
def done_as(one: Doing) -> Iterator[None]:
    token = let_tell(lambda: one)
    try:
        yield
    finally:
        tell_no_more(token)


@contextmanager
def because(why: str) -> Iterator[None]:
    """A reason beside it: why somebody looks over the wall."""
    token = _why.set(why)
    try:
        yield
    finally:
        _why.reset(token)


def context_for(asker: str) -> bytes:
    """The call that tells PostgreSQL. `asker`: who asks, where nobody else is named."""
    now = doing()
    return _said(now.what, now.who or asker, now.request, _why.get())


@lru_cache(maxsize=512)
def _said(what: str, who: str, request: str, why: str) -> bytes:
    told = {"what": what, "who": who, "request": request, "why": why}
    text = json.dumps({name: value for name, value in told.items() if value}, ensure_ascii=False)
    return f"set_config('{SETTING}', {sql.Literal(text if text != '{}' else '').as_string()}, true)".encode()
