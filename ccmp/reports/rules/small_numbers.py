"""Small numbers on papers that leave the office.

The rule, for one sensitive column over the villages whose sum stands beside them:

1. A village's count from 1 to 4 reads "fewer than 5" (FEW).
2. Whenever there is one, the count of one further village is withheld (WITHHELD, which says nothing of its size), so
   that nothing can be subtracted from the sum: the village with the most children, never one chosen by its count, which
   would tell a reader who knows the rule too much.
3. If a hidden count could even so not be any of 1 to 4 any more, every count of the column is withheld.
4. A place with a single village has that village's counts for its own: if any of its sensitive counts is from 1 to 4,
   all of them are withheld, and with them those of one more place beside it (the one with the fewest children), with
   its villages; if there is none beside it, those of the place above.

Zero is not hidden: nobody is in it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

FEW = "1-4"
WITHHELD = None
SMALLEST_SHOWN = 5

Published = int | str | None


@dataclass(frozen=True)
class Cell:
    """One village's count in a sensitive column. `at_most` is a bound that a reader knows, as the children registered."""

    count: int
    at_most: int | None = None

    @property
    def is_small(self) -> bool:
        return 0 < self.count < SMALLEST_SHOWN


def published_column(cells: Sequence[Cell]) -> list[Published]:
    """What is printed for each village, when the exact sum of all of them is printed as well.

    There are two steps and no more, so that a reader who knows the rule learns next to nothing from its outcome.
    """
    small = {at for at, cell in enumerate(cells) if cell.is_small}
    if not small:
        return [cell.count for cell in cells]
    others = [at for at in range(len(cells)) if at not in small]
    withheld = {max(others, key=lambda at: (cells[at].at_most or 0, -at))} if others else set()
    if not _keeps_its_secret(cells, small, withheld):
        return [WITHHELD for _ in cells]
    return [FEW if at in small else WITHHELD if at in withheld else cell.count for at, cell in enumerate(cells)]


def _keeps_its_secret(cells: Sequence[Cell], small: set[int], withheld: set[int]) -> bool:
    """Could each small count still be anything from 1 to 4, for a reader who knows the rule and can subtract?"""
    hidden = sorted(small | withheld)
    rest = sum(cells[at].count for at in hidden)
    domains = {at: _small_domain(cells[at]) if at in small else _withheld_domain(cells[at], rest) for at in hidden}
    before, after = [1], [1]  # bit n is set when the hidden counts up to (from) here can add up to n
    for at in hidden:
        before.append(_sums(before[-1], domains[at], rest))
    for at in reversed(hidden):
        after.append(_sums(after[-1], domains[at], rest))
    for position, at in enumerate(hidden):
        if at not in small:
            continue
        others = _product(before[position], after[len(hidden) - 1 - position], rest)
        if not all(others >> (rest - value) & 1 for value in domains[at] if value <= rest) or max(domains[at]) > rest:
            return False
    return True


def _small_domain(cell: Cell) -> list[int]:
    most = SMALLEST_SHOWN - 1 if cell.at_most is None else min(SMALLEST_SHOWN - 1, cell.at_most)
    return list(range(1, most + 1))


def _withheld_domain(cell: Cell, rest: int) -> list[int]:
    """A count withheld by rule 2 is not from 1 to 4: that one would read FEW."""
    most = rest if cell.at_most is None else min(rest, cell.at_most)
    return [0, *range(SMALLEST_SHOWN, most + 1)]


def _sums(sums: int, domain: Iterable[int], limit: int) -> int:
    reached = 0
    for value in domain:
        reached |= sums << value
    return reached & ((1 << (limit + 1)) - 1)


def _product(left: int, right: int, limit: int) -> int:
    reached = 0
    while left:
        lowest = left & -left
        reached |= right << (lowest.bit_length() - 1)
        left ^= lowest
    return reached & ((1 << (limit + 1)) - 1)


@dataclass(frozen=True)
class Node:
    """A place on a paper whose row of sensitive sums is shown or withheld as a whole."""

    code: str
    children: int
    is_told_apart: bool  # a single village stands behind it, with a sensitive count from 1 to 4
    parts: tuple["Node", ...] = ()


def withheld_places(node: Node) -> set[str]:
    """Codes of the places whose sensitive sums are withheld (rule 4), from the lowest level upwards."""
    withheld: set[str] = set()
    _withhold(node, withheld)
    return withheld


def _withhold(node: Node, withheld: set[str]) -> None:
    for part in node.parts:
        _withhold(part, withheld)
    hidden = [part for part in node.parts if part.code in withheld]
    if len(hidden) == 1:
        beside = sorted(
            (part for part in node.parts if part.code not in withheld), key=lambda part: (part.children, part.code)
        )
        _withhold_with_parts(beside[0] if beside else node, withheld, whole=bool(beside))
    if node.is_told_apart:
        withheld.add(node.code)


def _withhold_with_parts(node: Node, withheld: set[str], *, whole: bool) -> None:
    withheld.add(node.code)
    if whole:
        for part in node.parts:
            _withhold_with_parts(part, withheld, whole=True)
