"""The checklist: versioned data, and the level that its answers come to."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import yaml
from django.utils.translation import get_language

from visits.enums import RiskLevel

DATA = Path(__file__).resolve().parent.parent / "data"
CURRENT = 1
FINE, WORRY, DANGER = 0, 1, 2


@dataclass(frozen=True)
class Item:
    """One question; `report` is the kind of flag that a danger asks for, at once when `mandatory`."""

    id: str
    weight: int
    zh: str
    en: str
    danger_is_high: bool = False
    report: str = ""
    mandatory: bool = False

    @property
    def words(self) -> str:
        return self.zh if (get_language() or "zh").startswith("zh") else self.en


@dataclass(frozen=True)
class Checklist:
    version: int
    medium_from: int
    high_from: int
    items: tuple[Item, ...]

    def score(self, answers: Mapping[str, int]) -> int:
        """The sum of weight × rating over the items that were asked."""
        return sum(item.weight * answers.get(item.id, FINE) for item in self.items)

    def level(self, answers: Mapping[str, int], *, override: str = "") -> RiskLevel:
        """Override first, then a danger that is high by itself, then the score."""
        if override or any(item.danger_is_high and answers.get(item.id) == DANGER for item in self.items):
            return RiskLevel.HIGH
        score = self.score(answers)
        if score >= self.high_from:
            return RiskLevel.HIGH
        return RiskLevel.MEDIUM if score >= self.medium_from else RiskLevel.LOW

    @cached_property
    def item_ids(self) -> frozenset[str]:
        return frozenset(item.id for item in self.items)


@cache
def checklist(version: int = CURRENT) -> Checklist:
    """A version of the checklist. Raises KeyError when there is no such version."""
    path = DATA / f"checklist-{version}.yaml"
    if not path.exists():
        raise KeyError(version)
    body = yaml.safe_load(path.read_text(encoding="utf-8"))
    return Checklist(
        body["version"], body["medium_from"], body["high_from"], tuple(Item(**item) for item in body["items"])
    )
