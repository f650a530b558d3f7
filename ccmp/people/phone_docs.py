"""What goes down to a phone, one fact-sheet at a time. Each floor gives its own; `ccmp.phone` gathers and sends them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Doc:
    """`body` is what JSON can hold: dates as YYYY-MM-DD, moments as ISO with their offset, ids as text; empty values left out."""

    id: str
    body: Mapping[str, Any]
