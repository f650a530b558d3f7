"""Identifiers that a phone can make without asking anybody: UUID version 7 (RFC 9562), in order of their moment."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from uuid6 import uuid7

_source: ContextVar[Callable[[], uuid.UUID] | None] = ContextVar("source of identifiers", default=None)


def new_id() -> uuid.UUID:
    """A fresh UUIDv7."""
    source = _source.get()
    return source() if source else uuid.UUID(int=uuid7().int)


@contextmanager
def ids_from(source: Callable[[], uuid.UUID]) -> Iterator[None]:
    """Within the block identifiers come from `source`: invented data gets the same ones each time that it is made."""
    token = _source.set(source)
    try:
        yield
    finally:
        _source.reset(token)
