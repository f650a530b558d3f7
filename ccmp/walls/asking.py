"""Who is asking the database, and how far that person reaches. Nobody asks unless somebody says so.

PostgreSQL is told with every single statement (`ccmp.walls.postgresql`), so nothing of one request is left for the next.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar, Token
from dataclasses import dataclass, field
from functools import cached_property

from ccmp.walls.doing import because

# What somebody may know of a place, each kind by a list of code prefixes of its own. PostgreSQL reads them as ccmp.<name>.
REALMS = ("children", "grounds", "clubs", "phones", "entries")
EVERYWHERE = tuple("0123456789")  # the prefixes of every code


@dataclass(frozen=True)
class Asking:
    """Who asks: by the key of the user, and by realm the prefixes of village codes under which there is something to see."""

    who: str = ""
    prefixes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    is_whole: bool = False

    @cached_property
    def settings(self) -> tuple[tuple[str, str], ...]:
        """What PostgreSQL is told. All of it each time: what is not said would be what another said before."""
        told = ((f"ccmp.{realm}", spelled(self.prefixes.get(realm, ()))) for realm in REALMS)
        return (("ccmp.who", self.who), *told)


NOBODY = Asking()
WHOLE = Asking(is_whole=True)
Asker = Callable[[str], Asking]  # told the statement, so that reach is not read for one that needs none

_asker: ContextVar[Asker | None] = ContextVar("asker", default=None)


def spelled(prefixes: Iterable[str]) -> str:
    """prefix,prefix: the codes of the reach begin with one of them."""
    found = set(prefixes)
    wanted = sorted(EVERYWHERE if "" in found else found)
    if not all(prefix.isdigit() and prefix.isascii() for prefix in wanted):
        raise ValueError("A prefix of place codes is made of digits.")
    return ",".join(wanted)


def asking(statement: str = "") -> Asking:
    asker = _asker.get()
    return asker(statement) if asker is not None else NOBODY


def is_whole() -> bool:
    return asking().is_whole


def let_ask(asker: Asker) -> Token[Asker | None]:
    """From now on this one asks, in this thread or task, until `ask_no_more` is given the token."""
    return _asker.set(asker)


def ask_no_more(token: Token[Asker | None]) -> None:
    _asker.reset(token)


@contextmanager
def asked_by(asker: Asker) -> Iterator[None]:
    token = let_ask(asker)
    try:
        yield
    finally:
        ask_no_more(token)


@contextmanager
def whole_reach(why: str) -> Iterator[None]:
    """For work that has to look over the wall. Each use says why, and stands with it in tests/walls/test_whole_reach.py.

    Evaluate what is asked for inside: a queryset that is read later is read behind the wall.
    """
    assert why
    with asked_by(lambda _statement: WHOLE), because(why):
        yield
