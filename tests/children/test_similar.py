"""Before a child is registered: who in the village may be the same child, and why."""

from datetime import date

import pytest
from django.utils import translation

from children.entries import HouseholdEntry
from children.enums import Relation
from children.models import Child
from children.rules.resident_id import check_character
from children.services.similar import alike_in, described
from tests.children.test_pages import registration, send
from tests.factories import CLOUD_FOOT, STONE_SHOOT, make_child, parent

BORN = date(2014, 6, 1)


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def asked_about(
    name: str, born_on: date | None = BORN, *phones: str, number: str = "", **more: bool
) -> list[tuple[str, str]]:
    wanted = described(name=name, born_on=born_on, phones=phones, number=number)
    return [(one.child.name, one.said) for one in alike_in(CLOUD_FOOT, wanted, but=None, **more)]


@pytest.mark.parametrize(
    ("name", "born_on", "said"),
    [
        ("陈雨欣", BORN, "the same name, born on the same day"),
        ("陈雨欣", date(2010, 2, 3), "the same name"),
        ("陈雨欣", None, "the same name"),
        ("程宇昕", date(2014, 6, 1), None),  # Chen and Cheng are two
        ("陈宇昕", date(2014, 6, 1), "a name that sounds the same, born on the same day"),
        ("陈宇昕", date(2014, 1, 6), "a name that sounds the same, birth dates with swapped digits"),
        ("陈宇昕", date(2014, 6, 10), "a name that sounds the same, birth dates with swapped digits"),
        ("陈宇昕", date(2014, 6, 3), "a name that sounds the same, born 2 days apart"),
        ("陈宇昕", date(2013, 6, 1), "a name that sounds the same, birth dates that differ in one digit"),
        ("陈宇昕", date(2010, 2, 3), None),
        ("陈雨彤", BORN, "a name with one other character, born on the same day"),
        ("雨欣", BORN, "a name that is part of the other, born on the same day"),
        ("程一笑", BORN, None),
    ],
)
def test_who_may_be_the_same_child_is_shown_with_the_reasons(mother, name, born_on, said):
    make_child(mother, name="陈雨欣", born_on=BORN)

    assert asked_about(name, born_on) == ([("陈雨欣", said)] if said else [])


def test_the_telephone_of_the_family_tells_a_child_whose_name_was_written_otherwise(mother):
    make_child(
        mother, name="陈雨欣", born_on=BORN, parents=(parent(Relation.FATHER, phone="138 0000 0001"),), carer=None
    )

    assert asked_about("小花", BORN, "+86 13800000001") == [("陈雨欣", "born on the same day, the same telephone")]
    assert asked_about("小花", date(2010, 2, 3), "13800000001") == []
    assert asked_about("小花", BORN, "13800000002") == []


def test_the_end_of_the_id_number_moves_a_child_up(mother):
    seventeen = "52032320140601002"
    number = seventeen + check_character(seventeen)
    make_child(mother, name="陈雨欣", born_on=BORN)
    make_child(mother, name="陈雨欣", born_on=BORN, resident_id=number)

    [first, second] = asked_about("陈雨欣", BORN, number=f"{'0' * 14}{number[-4:]}")

    assert first[1] == "the same name, born on the same day, the same last four characters of the ID number"
    assert second[1] == "the same name, born on the same day"


def number(sequence: int) -> str:
    seventeen = f"52032320140601{sequence:03}"
    return seventeen + check_character(seventeen)


@pytest.mark.parametrize(
    ("name", "sequence", "said"),
    [
        ("陈大双", 4, None),  # a twin, by a number of her own
        ("陈大双", 0, "a name with one other character, born on the same day"),
        ("陈小双", 4, "the same name, born on the same day"),  # one of the two numbers may be wrong
        ("陈晓双", 4, "a name that sounds the same, born on the same day"),
    ],
)
def test_twins_with_numbers_of_their_own_are_not_asked_about(mother, name, sequence, said):
    make_child(mother, name="陈小双", born_on=BORN, resident_id=number(2))

    found = asked_about(name, BORN, number=number(sequence) if sequence else "")

    assert found == ([("陈小双", said)] if said else [])


def test_a_child_without_a_number_may_be_the_twin_or_the_child_itself(mother):
    make_child(mother, name="陈小双", born_on=BORN)

    assert asked_about("陈大双", BORN, number=number(4)) == [
        ("陈小双", "a name with one other character, born on the same day")
    ]


def test_the_likeliest_five_are_shown(mother):
    for day in range(7):
        make_child(mother, name="陈雨欣", born_on=date(2010, 1, 10 + day))
    make_child(mother, name="陈雨欣", born_on=BORN)

    found = asked_about("陈雨欣", BORN)

    assert (len(found), found[0][1]) == (5, "the same name, born on the same day")


def test_nobody_of_the_village_next_door_is_shown(client, mother, other_mother):
    make_child(other_mother, STONE_SHOOT, name="陈雨欣", born_on=BORN)
    client.force_login(mother)

    assert asked_about("陈雨欣") == []
    assert send(client, registration(name="陈雨欣")).status_code == 302


def test_a_phone_is_not_asked_about_what_it_cannot_speak(mother):
    make_child(mother, name="陈雨欣", born_on=BORN)

    assert asked_about("陈宇昕", BORN, as_on_phone=True) == []
    make_child(mother, name="石宇", born_on=date(2010, 2, 3))
    make_child(mother, name="石生", born_on=date(2012, 2, 3), household=HouseholdEntry(parent().id, "石昕福", "上寨组"))
    assert asked_about("陈宇昕", BORN, as_on_phone=True)[0][0] == "陈雨欣"


@pytest.mark.parametrize("rows", [1, 3])
def test_it_costs_the_same_for_one_and_for_three(mother, rows, django_assert_num_queries):
    for _ in range(rows):
        make_child(mother, name="陈雨欣", born_on=BORN)
    wanted = described(name="陈雨欣", born_on=BORN, phones=(), number="")

    with django_assert_num_queries(3):
        alike_in(CLOUD_FOOT, wanted, but=None)


def test_a_person_decides_whether_it_is_the_same_child(client, mother):
    held = make_child(mother, name="陈雨欣", born_on=BORN, household=HouseholdEntry(parent().id, "陈国富", "上寨组"))
    client.force_login(mother)
    mother.language = "en"
    mother.save(update_fields=["language"])

    asked = send(client, registration(name="陈宇昕", born_on="2014-06-01"))
    page = asked.content.decode()

    assert (asked.status_code, Child.objects.count()) == (200, 1)
    assert held.get_absolute_url() in page
    assert "a name that sounds the same, born on the same day" in page
    assert "A child like this one is in your register already." in page
    assert send(client, registration(name="陈宇昕", born_on="2014-06-01", another_child="on")).status_code == 302
    assert Child.objects.count() == 2
