"""Labels in the database and labels of one child agree; many at once cost what one does."""

import random
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from children.enums import OPEN_LABELS, LabelKind, LeftBy
from children.models import Child
from children.rules.labels import ChildOnDay, labels_from, labels_of
from children.services.labels import labels_of_many
from tests.factories import NOW, invented_facts, make_child, parent

ON = invented_facts.ON
DAYS = [ON, ON - timedelta(days=1), ON - timedelta(days=181), date(2020, 6, 1), date(2019, 12, 31), date(2024, 2, 29)]


def by_the_database(kind: LabelKind, *, on: date) -> set:
    return set(Child.objects.with_label(kind, on=on).values_list("pk", flat=True))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**6))
def test_every_label_of_the_database_is_that_of_its_children(mother, seed):
    chance = random.Random(seed)
    made = [invented_facts.as_rows(invented_facts.facts(chance), mother, NOW) for _ in range(25)]
    children = list(Child.objects.filter(pk__in=[one.pk for one in made]))

    for on in DAYS:
        labels = labels_of_many(children, on=on)
        for kind in OPEN_LABELS:
            by_one = {key for key, one in labels.items() if one.of(kind).holds}
            assert by_the_database(kind, on=on) & set(labels) == by_one, (kind, on)
        left_by = Child.objects.filter(pk__in=labels).with_left_by(on=on).values_list("pk", "left_by")
        assert dict(left_by) == {key: one.left_by for key, one in labels.items()}


def test_the_invented_families_have_every_label(mother):
    chance = random.Random(20260312)
    made = [invented_facts.facts(chance) for _ in range(600)]
    found = {label.kind for facts in made for label in labels_from(ChildOnDay(facts, ON)) if label.holds}

    assert set(OPEN_LABELS) <= found


@pytest.mark.parametrize("rows", [1, 3, 30])
def test_labels_of_many_cost_the_same_for_one_and_for_thirty(mother, rows, django_assert_num_queries):
    for _ in range(rows):
        make_child(mother, parents=(parent(away_since=date(2025, 1, 1)), parent("52", away_since=date(2025, 1, 1))))
    children = list(Child.objects.select_related("household"))

    with django_assert_num_queries(6):
        labels = labels_of_many(children, on=ON)
        told = {key: [label.why for label in one.holding] for key, one in labels.items()}

    assert len(told) == rows
    assert {one.left_by for one in labels.values()} == {LeftBy.BOTH}


def test_labels_of_one_child_cost_no_more_with_a_big_family(mother):
    child = make_child(mother, parents=(parent(), parent("52")))

    with CaptureQueriesContext(connection) as seen:
        [label.why for label in labels_of(Child.objects.select_related("household").get(pk=child.pk), on=ON)]

    assert len(seen) == 7
