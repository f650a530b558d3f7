from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccmp.identifiers import new_id
from ccmp.people.entries import fingerprint_of
from ccmp.phone.entries import SentEntry
from ccmp.phone.rules.sent import fingerprint_of as sent_fingerprint
from ccmp.refusals import NotAllowed, Refusal, SameIdOtherContent
from children.entries import CarerEntry, HouseholdEntry
from children.enums import Relation
from children.models import Child, Household, Relative
from children.rules.resident_id import BadResidentId, check_character, masked, read_resident_id
from children.services.register import register_child, register_children
from tests.factories import CLOUD_FOOT, NOW, STONE_SHOOT, TODAY, child_entry, make_child, parent
from visits.models import VisitDeadline

ONE = parent(Relation.FATHER)


def test_a_registered_child_is_due_a_first_visit_within_sixty_days(mother):
    child = make_child(mother)

    deadline = VisitDeadline.objects.get(child=child)

    assert (deadline.set_on, deadline.due_on, deadline.level) == (date(2026, 3, 1), date(2026, 4, 30), "none")


def test_the_same_registration_twice_is_one_child(mother):
    entry = child_entry()

    register_child(entry=entry, by=mother, at=NOW)
    register_child(entry=entry, by=mother, at=NOW)

    assert (Child.objects.count(), Household.objects.count(), Relative.objects.count()) == (1, 1, 1)


def test_nobody_without_the_key_can_try_which_number_an_entry_had(settings):
    """A plain hash would tell: of a number all but three digits stand beside it in clear."""
    settings.BLIND_INDEX_KEY = "A" * 43 + "="
    entry = child_entry(resident_id="520323201406010027", no_id_reason="")
    said = {"resident_id": entry.resident_id}
    sent = SentEntry(entry.id, "child", None, said, {"kind": "child"})
    marks = [fingerprint_of(entry), sent_fingerprint(sent)]

    settings.BLIND_INDEX_KEY = "B" * 43 + "="

    assert marks[0] != fingerprint_of(entry)
    assert marks[1] != sent_fingerprint(sent)


def test_the_same_id_for_another_child_is_refused(mother):
    entry = child_entry(name="石小龙")
    register_child(entry=entry, by=mother, at=NOW)

    with pytest.raises(SameIdOtherContent):
        register_child(entry=child_entry(id=entry.id, name="龙婷婷"), by=mother, at=NOW)

    assert Child.objects.get().name == "石小龙"


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"born_on": date(2026, 3, 13)}, "born_on"),
        ({"born_on": date(2008, 3, 12)}, "born_on"),
        ({"name": "  "}, "name"),
        ({"resident_id": "52032320140601001", "no_id_reason": ""}, "resident_id"),
        ({"no_id_reason": ""}, "resident_id"),
        ({"parents": (parent(Relation.FATHER, away_since=date(2027, 1, 1)),)}, "parents"),
        ({"parents": (parent(Relation.FATHER), parent(Relation.STEPFATHER))}, "parents"),
        ({"parents": (ONE, replace(ONE, relation=Relation.MOTHER))}, "parents"),
        (
            {"parents": (ONE,), "carer": CarerEntry(new_id(), "龙二", Relation.STEPFATHER, "good", TODAY)},
            "carer_relation",
        ),
        ({"household": HouseholdEntry(id=new_id(), head_name=" ")}, "head_name"),
    ],
)
def test_a_registration_that_cannot_be_true_is_refused_and_nothing_is_written(mother, facts, field):
    with pytest.raises(Refusal) as refused:
        register_children(entries=[child_entry(), child_entry(**facts)], by=mother, at=NOW)

    assert refused.value.field == field
    assert (Child.objects.count(), Household.objects.count(), VisitDeadline.objects.count()) == (0, 0, 0)


def test_a_child_one_day_short_of_eighteen_is_registered(mother):
    assert make_child(mother, born_on=date(2008, 3, 2)).is_in_register(on=date(2026, 3, 1))


def test_nobody_registers_in_another_village(mother):
    with pytest.raises(NotAllowed):
        register_child(entry=child_entry(STONE_SHOOT), by=mother, at=NOW)


def test_a_second_file_for_the_same_number_is_refused_without_saying_where(mother, other_mother):
    number = "52032320140601001"
    number += check_character(number)
    make_child(other_mother, STONE_SHOOT, resident_id=number)

    with pytest.raises(Refusal) as refused:
        make_child(mother, resident_id=number)

    assert "石笋沟" not in str(refused.value)
    assert refused.value.field == "resident_id"


def test_a_home_of_another_village_cannot_be_joined(mother, other_mother):
    home = HouseholdEntry(id=new_id(), head_name="陈国富")
    make_child(other_mother, STONE_SHOOT, household=home)

    with pytest.raises(NotAllowed):
        make_child(mother, household=home)


def test_the_number_lies_encrypted_and_masked(mother):
    number = "52032320140601001"
    number += check_character(number)
    child = make_child(mother, resident_id=number)

    stored = Child.objects.filter(pk=child.pk).extra(select={"raw": "resident_id"}).values_list("raw", flat=True)

    assert child.resident_id == number
    assert number not in str(list(stored))
    assert masked(number) == f"520323**********{number[-2:]}"


@given(st.text("0123456789", min_size=17, max_size=17), st.integers(0, 16), st.sampled_from("0123456789"))
def test_one_mistyped_digit_never_passes(digits: str, position: int, slip: str):
    number = digits + check_character(digits)
    mistyped = number[:position] + slip + number[position + 1 :]

    if mistyped != number:
        with pytest.raises(BadResidentId):
            read_resident_id(mistyped, on=TODAY)


def test_an_area_code_that_nobody_knows_passes():
    digits = "52050220090115123"

    read = read_resident_id(digits + check_character(digits), on=TODAY)

    assert (read.area, read.born_on, read.sex) == ("520502", date(2009, 1, 15), "1")


@pytest.mark.parametrize("words", ["zs", "zhangsi", "zhang si", "张", "思", "ZHANGSI"])
def test_a_child_is_found_by_characters_pinyin_and_initials(mother, words):
    wanted = make_child(mother, name="张思甜")
    make_child(mother, name="李梓轩")

    assert list(Child.objects.visible_to(mother).matching(words)) == [wanted]


def test_the_register_shows_a_mother_her_village_and_the_foundation_nothing(mother, other_mother, officer, world):
    from tests.factories import make_foundation_officer  # a fresh user: reach is remembered for one request

    own, other = make_child(mother), make_child(other_mother, STONE_SHOOT)

    assert set(Child.objects.visible_to(mother)) == {own}
    assert set(Child.objects.visible_to(officer)) == {own, other}
    assert not Child.objects.visible_to(make_foundation_officer()).exists()


def test_scope_is_by_code_of_the_village(mother):
    make_child(mother)

    assert Child.objects.under(CLOUD_FOOT[:9]).count() == 1
    assert Child.objects.under(CLOUD_FOOT[:6]).count() == 1
    assert Child.objects.under("520327").count() == 0
