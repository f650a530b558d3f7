"""What guardians are asked to agree to, word for word, by version: `children/data/consent-N.yaml`.

Legal basis: Personal Information Protection Law, arts. 28–31. What concerns a minor is sensitive; under 14 a guardian agrees,
who is 14 or older is asked too. See docs/adr/0022.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import get_language

from children.enums import ConsentPurpose

DATA = Path(__file__).resolve().parent / "data"
PARTS = ("title", "what", "why", "who", "how_long", "refused", "withdraw")
ASKED_HERSELF = 14  # PIPL art. 31


@dataclass(frozen=True)
class ConsentText:
    """One purpose's text in one version, in both languages. Its parts are in the reader's."""

    purpose: str
    version: int
    since: date
    asks_again: bool
    words: Mapping[str, Mapping[str, str]]

    def __getattr__(self, part: str) -> str:
        if part not in PARTS:
            raise AttributeError(part)
        language = "zh" if (get_language() or "zh").startswith("zh") else "en"
        return self.words[language][part]


@cache
def all_texts() -> tuple[ConsentText, ...]:
    """Every text that ever held, by version and purpose."""
    told = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in DATA.glob("consent-*.yaml")]
    return tuple(text for body in sorted(told, key=lambda one: one["version"]) for text in _texts(body))


def _texts(body: Mapping[str, Any]) -> list[ConsentText]:
    since, again = body["from"], bool(body["asks_again"])
    return [
        ConsentText(purpose.value, body["version"], since, again, body["purposes"][purpose.value])
        for purpose in ConsentPurpose
    ]


def text_on(purpose: str, *, on: date) -> ConsentText:
    """The text that is read out on a day. Raises LookupError before the first one."""
    for one in reversed(all_texts()):
        if one.purpose == purpose and one.since <= on:
            return one
    raise LookupError(f"{purpose} has no text on {on}")


def text_of(purpose: str, version: int) -> ConsentText:
    """The text that was read out then. Raises LookupError for one that never was."""
    for one in all_texts():
        if (one.purpose, one.version) == (purpose, version):
            return one
    raise LookupError(f"{purpose} has no text {version}")


def least_version(purpose: str, *, on: date) -> int:
    """The oldest version to which a consent still holds on a day: the last that asked everybody again."""
    asked = [one.version for one in all_texts() if one.purpose == purpose and one.since <= on and one.asks_again]
    return max(asked, default=1)
