"""A reader who knows the rule and the sums tries to work the hidden counts out, by trying everything."""

from collections import defaultdict
from itertools import product

import pytest

from ccmp.reports.rules.small_numbers import FEW, WITHHELD, Cell, Node, published_column, withheld_places


def _told_the_same(villages: int, top: int, at_most: int | None) -> dict[tuple, list[tuple[int, ...]]]:
    """Every table of counts up to `top`, grouped by everything that a reader is told of it: the column and its sum."""
    groups = defaultdict(list)
    for counts in product(range(top + 1), repeat=villages):
        told = (*published_column([Cell(count, at_most) for count in counts]), sum(counts))
        groups[told].append(counts)
    return groups


@pytest.mark.parametrize(
    ("villages", "top", "at_most"), [(2, 24, None), (3, 16, None), (4, 10, None), (2, 12, 12), (3, 9, 9)]
)
def test_nobody_can_work_out_a_count_from_one_to_four(villages, top, at_most):
    for told, tables in _told_the_same(villages, top, at_most).items():
        if told[-1] > top:  # counts above `top` were not tried: the reader would have more tables to choose from
            continue
        for place in range(villages):
            possible = {table[place] for table in tables}
            if told[place] == FEW:
                assert possible >= {1, 2, 3, 4}, f"{told} gives village {place} away: {possible}"
            if told[place] is WITHHELD and possible & {1, 2, 3, 4}:
                assert len(possible) > 1, f"{told} gives village {place} away: {possible}"


def test_a_column_without_small_counts_is_printed_whole():
    assert published_column([Cell(0), Cell(5), Cell(120)]) == [0, 5, 120]


def test_a_single_small_count_takes_the_largest_village_with_it():
    cells = [Cell(2, at_most=90), Cell(40, at_most=130), Cell(31, at_most=210), Cell(0, at_most=50)]

    assert published_column(cells) == [FEW, 40, WITHHELD, 0]


def test_four_fours_are_not_told_by_their_sum():
    assert published_column([Cell(4), Cell(4), Cell(4), Cell(4)]) == [WITHHELD] * 4


def test_zero_is_not_hidden():
    assert published_column([Cell(0), Cell(0)]) == [0, 0]


def test_a_place_with_one_village_takes_its_smallest_neighbour_with_it():
    counties = tuple(Node(code, children, code == "b") for code, children in [("a", 900), ("b", 80), ("c", 300)])
    province = Node("p", 1280, is_told_apart=False, parts=counties)

    assert withheld_places(province) == {"b", "c"}


def test_two_places_withheld_hide_each_other():
    counties = tuple(Node(code, 100, code in "ab") for code in "abc")

    assert withheld_places(Node("p", 300, is_told_apart=False, parts=counties)) == {"a", "b"}


def test_a_province_with_nothing_beside_it_is_withheld_and_so_is_its_neighbour():
    lonely = Node("p", 80, is_told_apart=False, parts=(Node("a", 80, is_told_apart=True),))
    other = Node("q", 500, is_told_apart=False, parts=(Node("c", 200, False), Node("d", 300, False)))

    found = withheld_places(Node("all", 580, is_told_apart=False, parts=(lonely, other)))

    assert found == {"a", "p", "q", "c", "d"}
