"""The benefits and their dated rules, read from data: see children/data/benefits-1.yaml."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import get_language

from ccmp.people.enums import DepartmentKind
from children.enums import Doer, SchoolStage
from children.rules.conditions import Condition, read_condition

DATA = Path(__file__).resolve().parent.parent / "data" / "benefits-1.yaml"


@dataclass(frozen=True)
class Said:
    """A text in both languages."""

    zh: str
    en: str

    def __str__(self) -> str:
        return self.zh if (get_language() or "zh").startswith("zh") else self.en


@dataclass(frozen=True)
class Rule:
    """One version of a benefit's rule; `area` is the division code prefix in which it counts."""

    version: int
    since: date
    source: str
    needs: tuple[tuple[str, Condition], ...]
    area: str = ""


@dataclass(frozen=True)
class Amount:
    """Yuan a month or a year, in an area from a day."""

    yuan: int
    per: str
    words: Said
    area: str
    since: date
    source: str
    stages: tuple[SchoolStage, ...] = ()


@dataclass(frozen=True)
class Step:
    """One step of an application, and who does it."""

    who: Doer
    words: Said


@dataclass(frozen=True)
class Benefit:
    code: str
    name: Said
    department: DepartmentKind
    answer_days: int
    is_confidential: bool
    is_applied_for: bool
    has_public_notice: bool
    rules: tuple[Rule, ...]
    amounts: tuple[Amount, ...]
    papers: tuple[Said, ...]
    steps: tuple[Step, ...]

    def rule(self, village_code: str, *, on: date) -> Rule | None:
        """The rule that counts in a village on a day: of the narrowest area, the newest."""
        counting = [one for one in self.rules if one.since <= on and village_code.startswith(one.area)]
        return max(counting, key=lambda one: (len(one.area), one.since, one.version), default=None)

    def amounts_in(self, village_code: str, stage: SchoolStage, *, on: date) -> list[Amount]:
        """What it comes to in a village: a county's own amounts stand over its province's, newer ones over older."""
        fitting = [
            one
            for one in self.amounts
            if one.since <= on and village_code.startswith(one.area) and (not one.stages or stage in one.stages)
        ]
        narrowest = max(((len(one.area), one.since) for one in fitting), default=None)
        return [one for one in fitting if (len(one.area), one.since) == narrowest]


@cache
def benefits() -> dict[str, Benefit]:
    """Every benefit by its code, in the order of the data."""
    body = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    return read_benefits(body["benefits"])


def read_benefits(body: Mapping[str, Mapping[str, Any]]) -> dict[str, Benefit]:
    return {code: _benefit(code, row) for code, row in body.items()}


def open_benefits() -> list[Benefit]:
    """Those that may stand on a list: somebody has to apply for them, and everybody may know of it."""
    return [one for one in benefits().values() if one.is_applied_for and not one.is_confidential]


@cache
def rules_mark() -> str:
    """SHA-256 (hex) of the data: another mark, other rules."""
    return hashlib.sha256(DATA.read_bytes()).hexdigest()


def _benefit(code: str, row: Mapping[str, Any]) -> Benefit:
    return Benefit(
        code=code,
        name=_said(row),
        department=DepartmentKind(row["department"]),
        answer_days=row["answer_days"],
        is_confidential=row.get("confidential", False),
        is_applied_for=row.get("by_application", True),
        has_public_notice=row.get("public_notice", True),
        rules=tuple(_rule(one) for one in row["rules"]),
        amounts=tuple(_amount(one) for one in row.get("amounts", ())),
        papers=tuple(_said(one) for one in row["papers"]),
        steps=tuple(Step(Doer(one["who"]), _said(one)) for one in row["steps"]),
    )


def _said(row: Mapping[str, Any]) -> Said:
    return Said(row["zh"], row["en"])


def _rule(row: Mapping[str, Any]) -> Rule:
    needs = tuple(read_condition(line) for line in row["needs"])
    return Rule(row["version"], row["from"], row["source"], needs, row.get("area", ""))


def _amount(row: Mapping[str, Any]) -> Amount:
    stages = tuple(SchoolStage(one) for one in row.get("stages", ()))
    return Amount(row["yuan"], row["per"], _said(row), row["area"], row["from"], row["source"], stages)
