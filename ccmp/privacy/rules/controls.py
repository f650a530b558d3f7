"""What the law asks for, where the program does it and which tests prove it (data/controls.yaml)."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from ccmp.privacy.rules.retention import Words, spoken

CONTROLS = Path(__file__).resolve().parent.parent / "data" / "controls.yaml"


@dataclass(frozen=True)
class Control:
    law_in: Words
    does_in: Words
    where: str
    tests: tuple[str, ...]

    @property
    def proofs(self) -> list[tuple[str, str]]:
        """Each test as its file and its name."""
        return [(path, name) for path, _colons, name in (one.partition("::") for one in self.tests)]

    @property
    def law(self) -> str:
        return spoken(self.law_in)

    @property
    def does(self) -> str:
        return spoken(self.does_in)


@cache
def controls() -> tuple[Control, ...]:
    rows = yaml.safe_load(CONTROLS.read_text(encoding="utf-8"))
    return tuple(Control(row["law"], row["does"], row["where"], tuple(row["tests"])) for row in rows)
