"""Worked families: who is left behind, on which day."""

from datetime import date

import pytest

from ccmp.identifiers import new_id
from children.entries import HouseholdEntry
from children.enums import Hukou, LeftBy, Relation
from children.models import Child
from children.rules.labels import labels_of
from tests.factories import TODAY, make_child, parent

F, M = Relation.FATHER, Relation.MOTHER
LONG_AGO = date(2024, 3, 1)

FAMILIES = [
    ("both parents at home", [parent(F), parent(M)], {}, False, LeftBy.NONE),
    ("both away for work", [parent(F, away_since=LONG_AGO), parent(M, away_since=LONG_AGO)], {}, True, LeftBy.BOTH),
    ("father away, mother able at home", [parent(F, away_since=LONG_AGO), parent(M)], {}, False, LeftBy.ONE),
    (
        "father away, mother severely disabled",
        [parent(F, away_since=LONG_AGO), parent(M, unable_reason="severe_disability", unable_since=LONG_AGO)],
        {},
        True,
        LeftBy.ONE,
    ),
    (
        "mother away, father in prison",
        [parent(F, unable_reason="serving_sentence", unable_since=LONG_AGO), parent(M, away_since=LONG_AGO)],
        {},
        True,
        LeftBy.ONE,
    ),
    ("mother away, father dead", [parent(F, died_on=LONG_AGO), parent(M, away_since=LONG_AGO)], {}, True, LeftBy.ONE),
    (
        "mother away, father missing",
        [parent(F, missing_since=LONG_AGO), parent(M, away_since=LONG_AGO)],
        {},
        True,
        LeftBy.ONE,
    ),
    ("mother away, of the father nothing is known", [parent(M, away_since=LONG_AGO)], {}, False, LeftBy.ONE),
    ("both dead", [parent(F, died_on=LONG_AGO), parent(M, died_on=LONG_AGO)], {}, False, LeftBy.NONE),
    (
        "both away, urban hukou",
        [parent(F, away_since=LONG_AGO), parent(M, away_since=LONG_AGO)],
        {"hukou": Hukou.URBAN},
        False,
        LeftBy.BOTH,
    ),
    (
        "both away, sixteen today",
        [parent(F, away_since=LONG_AGO), parent(M, away_since=LONG_AGO)],
        {"born_on": date(2010, 3, 12)},
        False,
        LeftBy.BOTH,
    ),
    (
        "both away, sixteen tomorrow",
        [parent(F, away_since=LONG_AGO), parent(M, away_since=LONG_AGO)],
        {"born_on": date(2010, 3, 13)},
        True,
        LeftBy.BOTH,
    ),
    (
        "away until he died",
        [parent(F, away_since=LONG_AGO, died_on=date(2025, 1, 1)), parent(M, away_since=LONG_AGO)],
        {},
        True,
        LeftBy.ONE,
    ),
]


@pytest.mark.parametrize(
    ("family", "parents", "facts", "left_behind", "left_by"), FAMILIES, ids=[one[0] for one in FAMILIES]
)
def test_the_labels_of_a_family(mother, family, parents, facts, left_behind, left_by):
    child = make_child(mother, parents=tuple(parents), **facts)

    labels = labels_of(child, on=TODAY)

    assert (labels.left_behind, labels.left_by) == (left_behind, left_by)


def test_the_register_counts_the_same_children_as_the_files_say(mother):
    """The twins: the set-based labels and the labels of one child agree, on three days."""
    for _family, parents, facts, _left_behind, _left_by in FAMILIES:
        fresh = tuple(type(one)(**{**one.__dict__, "id": new_id()}) for one in parents)
        make_child(mother, parents=fresh, **facts)

    for on in (date(2024, 2, 1), date(2025, 6, 1), TODAY):
        one_by_one = {child.id: labels_of(child, on=on) for child in Child.objects.all()}
        assert {child.id for child in Child.objects.left_behind(on=on)} == {
            key for key, labels in one_by_one.items() if labels.left_behind
        }
        assert dict(Child.objects.with_left_by(on=on).values_list("id", "left_by")) == {
            key: labels.left_by for key, labels in one_by_one.items()
        }


def test_a_label_changes_on_the_day_on_which_the_second_parent_leaves(mother):
    child = make_child(mother, parents=(parent(F, away_since=LONG_AGO), parent(M, away_since=date(2026, 2, 23))))

    assert not labels_of(child, on=date(2026, 2, 22)).left_behind
    assert labels_of(child, on=date(2026, 2, 23)).left_behind


def test_brothers_and_sisters_share_their_parents(mother):
    father = parent(F, away_since=LONG_AGO)
    home = HouseholdEntry(id=new_id(), head_name="陈国富")
    sister = make_child(mother, household=home, parents=(father,))

    brother = make_child(mother, household=home, parents=(father,))

    assert sister.kinships.get(relation=F).relative == brother.kinships.get(relation=F).relative
    assert labels_of(brother, on=TODAY).left_by == LeftBy.ONE
