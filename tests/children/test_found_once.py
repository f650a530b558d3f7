"""A list is looked for once: what stands on a page and how many there are come from one search."""

import pytest
from django.core.paginator import Paginator

from children.models import Child
from children.services.found_once import FURTHEST, FoundOnce
from tests.factories import make_child


@pytest.fixture
def children(mother):
    return [make_child(mother, name=name) for name in ("陈一", "陈二", "陈三", "陈四", "陈五")]


@pytest.mark.parametrize("asked", [None, "", "1", 2, "3", "4", 0, -1, "a", "1.5", FURTHEST, 10**30])
def test_a_page_is_the_one_that_django_would_show(children, asked):
    rows = Child.objects.in_order()

    page, meant = FoundOnce(rows, 2).get_page(asked), Paginator(rows, 2).get_page(asked)

    assert (list(page), page.number) == (list(meant), meant.number)
    assert (page.paginator.count, page.paginator.num_pages) == (5, 3)
    assert (page.has_next(), page.has_previous()) == (meant.has_next(), meant.has_previous())


def test_nobody_is_one_empty_page(db):
    page = FoundOnce(Child.objects.in_order(), 2).get_page("7")

    assert (list(page), page.number, page.paginator.count) == ([], 1, 0)


def test_one_search_and_one_fetch_tell_everything(children, django_assert_num_queries):
    with django_assert_num_queries(2):
        page = FoundOnce(Child.objects.in_order(), 2, beside=("household", "village")).get_page(2)
        told = [(child.household.head_name, child.village.name) for child in page]

    assert len(told) == 2
    assert page.paginator.num_pages == 3


def test_the_nearest_stands_first_on_its_page(mother):
    for name in ("王小陈", "陈王", "陈"):
        make_child(mother, name=name)
    rows = Child.objects.matching("陈").nearest_first("陈")

    assert [child.name for child in FoundOnce(rows, 3).get_page(1)] == [child.name for child in rows]
