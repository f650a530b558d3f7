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
from children.enums import Doer, Means, SchoolStage
from children.models import OF_AGE
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
    is_unverified: bool = False
    until: date | None = None

    def counts(self, on: date) -> bool:
        """A withdrawn one does so until the day from which it does no longer."""
        return self.since <= on and (self.until is None or on < self.until)

    @property
    def citation(self) -> str:
        """What a paper may print of the source: of a document that nobody held against its original, nothing."""
        return "" if self.is_unverified else self.source


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
    is_unverified: bool = False


@dataclass(frozen=True)
class Step:
    """One step of an application, and who does it."""

    who: Doer
    words: Said


@dataclass(frozen=True)
class StepOnTheWay:
    """A step of an application and where it stands: over, the next one, or to come."""

    step: Step
    mark: str

    @property
    def is_over(self) -> bool:
        return self.mark == "met"

    @property
    def is_next(self) -> bool:
        return self.mark == "running"


@dataclass(frozen=True)
class Benefit:
    code: str
    name: Said
    department: DepartmentKind
    answer_days: int
    is_confidential: bool
    is_applied_for: bool
    has_public_notice: bool
    received_as: Means | None  # what is noted of a home that receives it
    listed_until_age: int  # whoever came of age stays on the list of the unclaimed for it until then
    tops_up: tuple[str, ...]  # it is paid as the difference to these benefits
    rules: tuple[Rule, ...]
    amounts: tuple[Amount, ...]
    papers: tuple[Said, ...]
    steps: tuple[Step, ...]
    unverified: frozenset[str] = frozenset()

    @property
    def step_after_applying(self) -> Step:
        """Whose turn it is once it was applied for: where one office does everything, its own still."""
        return self.steps[1 if len(self.steps) > 1 else 0]

    @property
    def way(self) -> list[StepOnTheWay]:
        """All steps, before anybody applied."""
        return self._way(self.steps[0])

    @property
    def way_applied(self) -> list[StepOnTheWay]:
        """The same once it was applied for."""
        return self._way(self.step_after_applying)

    def _way(self, next_step: Step) -> list[StepOnTheWay]:
        at = self.steps.index(next_step)
        marks = ["met" if number < at else "running" if number == at else "exempt" for number in range(len(self.steps))]
        return [StepOnTheWay(step, mark) for step, mark in zip(self.steps, marks, strict=True)]

    def rule(self, village_code: str, *, on: date) -> Rule | None:
        """The rule that counts in a village on a day: of the narrowest area, the newest.

        Where an area's newest one is withdrawn, the wider area's counts again; no older one of its own does.
        """
        begun = [one for one in self.rules if one.since <= on and village_code.startswith(one.area)]
        newest = {one.area: one for one in sorted(begun, key=lambda one: (one.since, one.version))}
        counting = [one for one in newest.values() if one.counts(on)]
        return max(counting, key=lambda one: len(one.area), default=None)

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


def listed_when_grown() -> dict[str, int]:
    """Open benefits of those who have left the register by their age, and until which age they stay listed for them."""
    return {one.code: one.listed_until_age for one in open_benefits() if one.listed_until_age > OF_AGE}


def received_as(kind: str) -> Benefit | None:
    """The benefit that a home receives when this is noted of its means."""
    return next((one for one in benefits().values() if one.received_as == kind), None)


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
        received_as=Means(row["received_as"]) if "received_as" in row else None,
        listed_until_age=row.get("listed_until_age", OF_AGE),
        tops_up=tuple(row.get("tops_up", ())),
        rules=tuple(_rule(one) for one in row["rules"]),
        amounts=tuple(_amount(one) for one in row.get("amounts", ())),
        papers=tuple(_said(one) for one in row["papers"]),
        steps=tuple(Step(Doer(one["who"]), _said(one)) for one in row["steps"]),
        unverified=frozenset(row.get("unverified", ())),
    )


def _said(row: Mapping[str, Any]) -> Said:
    return Said(row["zh"], row["en"])


def _rule(row: Mapping[str, Any]) -> Rule:
    needs = tuple(read_condition(line) for line in row["needs"])
    unverified = row.get("unverified", False)
    given = (row["version"], row["from"], row["source"], needs, row.get("area", ""), unverified)
    return Rule(*given, until=row.get("until"))


def _amount(row: Mapping[str, Any]) -> Amount:
    stages = tuple(SchoolStage(one) for one in row.get("stages", ()))
    return Amount(
        row["yuan"],
        row["per"],
        _said(row),
        row["area"],
        row["from"],
        row["source"],
        stages,
        row.get("unverified", False),
    )
