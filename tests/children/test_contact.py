"""Parents away for work are in touch once a week; from whom nobody heard for longer stands on a list."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.urls import reverse

from ccmp.identifiers import new_id
from children.entries import HouseholdEntry
from children.enums import Relation
from children.models import Child, ParentContact, Relative
from children.rules.contact import BadContact, ContactEntry
from children.services.contact import (
    Silent,
    is_silent,
    note_contact,
    parents_away,
    silent_lines,
    silent_parents,
)
from children.services.file import file_of
from tests.factories import NOW, STONE_SHOOT, make_child, make_mother, parent

TODAY = NOW.date()


@pytest.fixture
def child(mother):
    away = parent(Relation.FATHER, away_since=TODAY - timedelta(days=60), away_where="广东东莞")
    return make_child(mother, parents=(away,), made_at=NOW - timedelta(days=30))


def father(child):
    return child.kinships.get(relation=Relation.FATHER).relative


def heard(child, by, day, **more):
    entry = ContactEntry(child.id, father(child).id, day, "video", **more)
    return note_contact(entry=entry, by=by, at=NOW)


def silent(on=TODAY):
    found = silent_parents(Relative.objects.all(), on=on)
    names = dict(Relative.objects.values_list("pk", "name"))
    return [(names[one.relative_id], one.heard_on) for one in found]


def test_who_never_was_in_touch_is_silent_since_the_child_is_in_the_register(child):
    assert silent() == [(father(child).name, child.here_since)]


@pytest.mark.parametrize(("days", "is_on_the_list"), [(0, False), (7, False), (8, True), (40, True)])
def test_seven_days_may_pass_without_a_word(mother, child, days, is_on_the_list):
    heard(child, mother, TODAY - timedelta(days=days))

    assert bool(silent()) == is_on_the_list
    (one,) = parents_away(Relative.objects.all(), on=TODAY)
    assert is_silent(one.heard_on, on=TODAY) == is_on_the_list
    (grown_up,) = [one for one in file_of(child, on=TODAY).grown_ups if one.is_parent]
    assert grown_up.is_silent == is_on_the_list


def test_a_contact_counts_for_brothers_and_sisters(mother, child):
    home = HouseholdEntry(child.household_id, child.household.head_name)
    shared = replace(parent(Relation.FATHER), id=father(child).id)
    make_child(mother, name="陈雨桐", household=home, parents=(shared,))

    heard(child, mother, TODAY)

    assert silent() == []


def test_the_same_contact_sent_again_is_one(mother, child):
    number = new_id()
    heard(child, mother, TODAY, id=number)
    heard(child, mother, TODAY, id=number)

    assert ParentContact.objects.count() == 1


def test_a_contact_that_cannot_have_been_is_refused(mother, child):
    for day, more, field in ((TODAY + timedelta(days=1), {}, "on"), (TODAY, {"with_child": False}, "with_child")):
        with pytest.raises(BadContact) as refused:
            heard(child, mother, day, **more)
        assert refused.value.field == field


def test_who_came_home_died_or_is_lost_is_on_no_list(mother, child):
    father(child).stays_away.update(until=TODAY)
    assert silent() == []
    father(child).stays_away.update(until=None)
    relative = father(child)
    relative.missing_since = TODAY
    relative.save()
    assert silent() == []


def test_a_line_without_a_parent_or_a_child_is_left_out(child):
    gone = Silent(TODAY, child.village_code, new_id())
    (kept,) = silent_parents(Relative.objects.all(), on=TODAY)

    assert [line.child for line in silent_lines([gone, kept], Child.objects.all(), on=TODAY)] == [child]
    assert silent_lines([kept], Child.objects.none(), on=TODAY) == []


@pytest.mark.parametrize("families", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(
    client, mother, officer, django_assert_max_num_queries, families
):
    for number in range(families):
        away = parent(Relation.FATHER, f"陈{number}", away_since=TODAY - timedelta(days=60))
        make_child(mother, name=f"陈小{number}", parents=(away,), made_at=NOW - timedelta(days=60))
    client.force_login(officer)

    with django_assert_max_num_queries(16):
        page = client.get(reverse("children:silent")).content.decode()

    assert page.count('scope="row"') == families


def test_a_neighbouring_village_reads_nobody_of_it(client, mother, child):
    client.force_login(make_mother(STONE_SHOOT, "邻村童妈"))

    page = client.get(reverse("children:silent")).content.decode()

    assert child.name not in page
    assert father(child).name not in page


def test_two_taps_note_that_a_father_was_in_touch(client, mother, child):
    client.force_login(mother)
    address = reverse("children:contact", args=[child.id, father(child).id])
    form = client.get(address).context["form"]
    typed = {name: form[name].value() for name in form.fields if form[name].value()}

    assert client.post(address, typed).status_code == 302
    assert ParentContact.objects.get().how == "video"
    assert date.fromisoformat(str(ParentContact.objects.get().on)) <= date.today()  # noqa: DTZ011 - a day of the test's own


def test_the_office_narrows_the_list_to_one_village(client, officer, child):
    elsewhere = make_mother(STONE_SHOOT)
    away = parent(Relation.FATHER, name="李建国", away_since=TODAY - timedelta(days=60))
    make_child(elsewhere, STONE_SHOOT, parents=(away,), made_at=NOW - timedelta(days=30))
    client.force_login(officer)

    page = client.get(reverse("children:silent"), {"under": STONE_SHOOT}).content.decode()

    assert "李建国" in page
    assert father(child).name not in page


def test_the_file_of_a_child_who_came_later_tells_of_the_same_silence(mother, child):
    home = HouseholdEntry(child.household_id, child.household.head_name)
    shared = replace(parent(Relation.FATHER), id=father(child).id)
    sister = make_child(mother, name="陈雨桐", household=home, parents=(shared,), made_at=NOW)

    (grown_up,) = [one for one in file_of(sister, on=TODAY).grown_ups if one.is_parent]

    assert (grown_up.is_silent, bool(silent())) == (True, True)
