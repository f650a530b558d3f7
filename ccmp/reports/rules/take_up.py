"""The month's benefits as a paper may tell them: by benefit, with small numbers put together."""

from collections.abc import Iterable, Sequence

from ccmp.reports.rules.figures import TakeUpOfBenefit, VillageFigures
from ccmp.reports.rules.small_numbers import SMALLEST_SHOWN

OTHER = ""  # the benefits that are not told apart


def take_up_of(villages: Sequence[VillageFigures]) -> tuple[TakeUpOfBenefit, ...]:
    """By benefit, the widest gap first; those that concern few children as one line, so that none is worked out."""
    shown = sorted(_by_benefit(villages), key=lambda one: (-one.unclaimed, -one.may_qualify, one.benefit))
    few = [one for one in shown if _is_small(one)]
    shown = [one for one in shown if one not in few]
    while few and shown and (len(few) == 1 or _is_small(_together(few))):
        few.append(shown.pop(shown.index(min(shown, key=lambda one: (one.may_qualify, one.benefit)))))
    return (*shown, _together(few)) if few else tuple(shown)


def _by_benefit(villages: Sequence[VillageFigures]) -> list[TakeUpOfBenefit]:
    rows: dict[str, list[TakeUpOfBenefit]] = {}
    for village in villages:
        for one in village.take_up:
            rows.setdefault(one.benefit, []).append(one)
    added = [_together(same, benefit=benefit) for benefit, same in rows.items()]
    return [one for one in added if one.may_qualify]


def _together(rows: Iterable[TakeUpOfBenefit], *, benefit: str = OTHER) -> TakeUpOfBenefit:
    counts = zip(*((one.may_qualify, one.applied, one.receiving) for one in rows), strict=True)
    return TakeUpOfBenefit(benefit, *(sum(column) for column in counts))


def _is_small(one: TakeUpOfBenefit) -> bool:
    counts = (one.may_qualify, one.applied, one.receiving, one.unclaimed)
    return any(0 < count < SMALLEST_SHOWN for count in counts)
