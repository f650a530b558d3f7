"""Identifiers that a phone can make without asking anybody: UUID version 7 (RFC 9562), in order of their moment."""

import uuid

from uuid6 import uuid7


def new_id() -> uuid.UUID:
    """A fresh UUIDv7."""
    return uuid.UUID(int=uuid7().int)
