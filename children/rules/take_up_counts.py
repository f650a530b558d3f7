"""Children who may claim a benefit, and how many of them applied for it and receive it, counted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from children.enums import CONFIDENTIAL_GROUNDS, EntitlementState
from children.rules.benefits import open_benefits
from children.rules.entitlements import Entitlement

Counts = dict[str, list[int]]  # {benefit: [may qualify, of them applied, of them receiving]}


@dataclass(frozen=True)
class TakeUp:
    """Of those who may qualify by their files: who applied and waits, who receives. The rest of the gap did not apply."""

    may_qualify: int
    applied: int
    receiving: int

    @property
    def unclaimed(self) -> int:
        """The gap: they may qualify, and do not receive it."""
        return self.may_qualify - self.receiving


def counts_of(entitlements: Iterable[Entitlement]) -> Counts:
    """Those of one village, of open benefits alone. Where nothing of benefits was ever noted: nothing, not zeros."""
    counts: Counts = {one.code: [0, 0, 0] for one in open_benefits()}
    is_begun = False
    for one in entitlements:
        is_begun = is_begun or _is_noted(one)
        if one.may_qualify and (row := counts.get(one.benefit.code)):
            row[0] += 1
            row[1] += one.state == EntitlementState.APPLIED
            row[2] += one.state == EntitlementState.RECEIVING
    return counts if is_begun else {}


def _is_noted(one: Entitlement) -> bool:
    """Somebody told of the home's means, of the child's grounds, or of an application. What is confidential tells nothing."""
    grounds = any(ground.kind not in CONFIDENTIAL_GROUNDS for ground in one.facts.grounds)
    return bool(one.application or one.facts.means or grounds)


def together(counts: Iterable[Mapping[str, list[int]]], *, benefit: str = "") -> TakeUp | None:
    """Added up over villages, and over benefits unless one is named; None where no village has counted anything."""
    rows = [row for of_village in counts for code, row in of_village.items() if not benefit or code == benefit]
    return TakeUp(*(sum(column) for column in zip(*rows, strict=True))) if rows else None
