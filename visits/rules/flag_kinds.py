"""What each kind of flag is by itself: versioned data."""

from dataclasses import dataclass
from functools import cache

import yaml

from visits.enums import FlagKind, Severity
from visits.rules.checklists import DATA

RANK = {Severity.CONCERN: 0, Severity.SERIOUS: 1, Severity.MANDATORY: 2}


@dataclass(frozen=True)
class KindRule:
    severity: Severity
    makes_high: bool


@cache
def kind_rules() -> dict[str, KindRule]:
    """What each kind is by itself."""
    body = yaml.safe_load((DATA / "flag_kinds-1.yaml").read_text(encoding="utf-8"))
    return {
        kind: KindRule(Severity(rule["severity"]), bool(rule.get("makes_high"))) for kind, rule in body["kinds"].items()
    }


def kind_rule(kind: str) -> KindRule:
    return kind_rules()[FlagKind(kind)]


def severity_of(kind: str, asked: str = "") -> Severity:
    """The kind's own severity, or the one that was asked for when that is higher."""
    own = kind_rule(kind).severity
    return max(own, Severity(asked), key=RANK.__getitem__) if asked else own
