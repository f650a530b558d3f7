"""The register as a spreadsheet: its columns, what people call them, and the words in their cells; read from data."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).resolve().parent.parent / "data" / "register-sheet-1.yaml"
PARENTS = ("father", "mother")
GROUP_ENDS = re.compile("(基本)?(情况|信息|资料)$")
OF_GROWN_UPS = ("父", "母", "爸", "妈", "监护", "照料", "家长")  # what stands below them is not the child's
SIGNS_LEFT_OUT = frozenset("*＊:：、,，.。;；?？\"'“”　_-/")


@dataclass(frozen=True)
class Column:
    """A column: `kind` is day, number, phone, choice or words."""

    key: str
    heading: str
    also: tuple[str, ...]
    width: int
    kind: str
    choices: str
    is_needed: bool


@cache
def _data() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    return found


@cache
def columns() -> Mapping[str, Column]:
    """The columns in the order of the national form, by key."""
    return {key: _column(key, **facts) for key, facts in _data()["columns"].items()}


def _column(
    key: str,
    *,
    heading: str,
    width: int,
    also: Sequence[str] = (),
    kind: str = "",
    choices: str = "",
    needed: bool = False,
) -> Column:
    return Column(key, heading, tuple(also), width, kind or ("choice" if choices else "words"), choices, needed)


@cache
def words_of(choices: str) -> Mapping[str, str]:
    """Every word for each choice: word → value."""
    return {plain(word): value for value, words in _data()["choices"][choices].items() for word in words}


@cache
def written(choices: str) -> Mapping[str, str]:
    """The word that we write ourselves: value → word."""
    return {value: words[0] for value, words in _data()["choices"][choices].items() if words}


def example_row() -> Mapping[str, str]:
    found: Mapping[str, str] = _data()["example"]
    return found


def notes() -> Sequence[str]:
    """What the template's second sheet says, one a line."""
    found: Sequence[str] = _data()["notes"]
    return found


def is_example(name: str) -> bool:
    """A row that says of itself that it is an example."""
    text = unicodedata.normalize("NFKC", name).strip().lstrip("([【")
    return text.startswith(tuple(unicodedata.normalize("NFKC", one) for one in _data()["examples"]))


def plain(text: str) -> str:
    """A heading or a word as it is compared: signs of every width, without spaces, stops and what stands in brackets."""
    text = unicodedata.normalize("NFKC", text).lower()
    for opening, closing in ("()", "[]", "【】"):
        while opening in text and closing in text[text.index(opening) :]:
            start = text.index(opening)
            text = text[:start] + text[text.index(closing, start) + 1 :]
    return "".join(one for one in text if not one.isspace() and one.isprintable() and one not in SIGNS_LEFT_OUT)


@cache
def _headings() -> Mapping[str, str]:
    return {plain(text): one.key for one in columns().values() for text in (one.heading, *one.also)}


def joined_headings(groups: Sequence[str], below: Sequence[str]) -> list[str]:
    """Headings in two rows as one: “父亲情况” over “姓名” is 父亲姓名. A group holds until the next one begins."""
    found, group = [], ""
    for place in range(max(len(groups), len(below))):
        own, lower = (row[place] if place < len(row) else "" for row in (groups, below))
        group = GROUP_ENDS.sub("", plain(own)) or group
        together = f"{group}{plain(lower)}"
        if not lower.strip():
            found.append(own)
        elif together in _headings():
            found.append(together)
        else:
            found.append(f"{group}·{lower}" if group.startswith(OF_GROWN_UPS) else lower)
    return found


def columns_of(headings: Sequence[str]) -> list[str]:
    """Which column each heading names; of two that name the same, the first; "" for one that we do not know."""
    found: list[str] = []
    for heading in headings:
        key = _headings().get(plain(heading), "")
        found.append("" if key in found else key)
    return found
