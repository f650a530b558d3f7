"""Asking for rows by their keys in one parameter finds what `__in` finds."""

from datetime import date

from ccmp.identifiers import new_id
from ccmp.one_of import OneOf
from children.models import Child, Kinship
from tests.factories import make_child, parent

BORN = date(2018, 3, 4)


def test_one_of_finds_what_in_finds(mother):
    made = [make_child(mother, born_on=BORN, parents=(parent(),)) for _ in range(3)]
    keys = [made[0].id, made[2].id, new_id()]

    found = Kinship.objects.filter(OneOf("child_id", keys))

    assert set(found) == set(Kinship.objects.filter(child__in=keys))
    assert {one.child_id for one in found} == {made[0].id, made[2].id}


def test_one_key_is_asked_by_one_parameter_and_so_are_many(mother):
    for keys in ([new_id()], [new_id() for _ in range(500)]):
        _sql, parameters = Child.objects.filter(OneOf("id", keys)).query.sql_with_params()

        assert len(parameters) == 1


def test_no_keys_are_no_rows_and_nothing_is_asked(mother, django_assert_num_queries):
    make_child(mother)

    with django_assert_num_queries(0):
        assert list(Child.objects.filter(OneOf("id", []))) == []
    assert Child.objects.exclude(OneOf("id", [])).count() == 1
