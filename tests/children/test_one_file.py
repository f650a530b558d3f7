"""One child, one file in the country: what somebody learns who names an ID number that has a file already."""

from datetime import date

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import translation

from ccmp.audit.models import AuditEntry
from children.models import Child
from children.rules.held_numbers import AlreadyRegistered, HeldHere, TooManyNumbers
from children.rules.registration import BadRegistration
from children.rules.resident_id import check_character
from children.services.register import register_child, register_children
from tests.children.test_pages import registration, send
from tests.factories import NOW, STONE_SHOOT, child_entry, make_child

ELSEWHERE = (
    "This ID number has a file in the programme already. Perhaps the child came from elsewhere: "
    "ask for its file to be handed over to you."
)


def number(sequence: int = 2) -> str:
    seventeen = f"52032320140601{sequence:03}"
    return seventeen + check_character(seventeen)


@pytest.fixture(autouse=True)
def counted_anew():
    cache.clear()
    with translation.override("en"):
        yield


def refused(by, **facts) -> AlreadyRegistered:
    with pytest.raises(AlreadyRegistered) as refusal:
        register_child(entry=child_entry(**{"resident_id": number()} | facts), by=by, at=NOW)
    return refusal.value


@pytest.mark.parametrize("state", ["here", "left", "died", "transferred", "of_age"])
def test_of_a_file_elsewhere_the_same_is_told_whatever_it_says(mother, other_mother, state):
    held = make_child(other_mother, STONE_SHOOT, name="石不该看见", resident_id=number())
    if state == "of_age":
        Child.objects.filter(pk=held.pk).update(born_on=date(2007, 1, 1))
    elif state != "here":
        Child.objects.filter(pk=held.pk).update(gone_on=date(2026, 3, 5), gone_why=state)

    refusal = refused(mother)

    assert (str(refusal), refusal.field, refusal.holder, dict(refusal.particulars)) == (
        ELSEWHERE,
        "resident_id",
        None,
        {},
    )
    assert Child.objects.count() == 1


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({}, "A child of your register has this ID number already. Open that file instead."),
        (
            {"gone_on": date(2026, 3, 5), "gone_why": "left"},
            "A child who left your register has this ID number. If it is back, find its file and note there that it is back.",
        ),
        (
            {"gone_on": date(2026, 3, 5), "gone_why": "died"},
            "By your register, the child with this ID number has died. Compare the number with the hukou book.",
        ),
        (
            {"born_on": date(2007, 1, 1)},
            "The child with this ID number has a file in your register and has come of age.",
        ),
    ],
)
def test_of_a_file_in_the_village_is_told_how_it_stands(mother, facts, sentence):
    held = make_child(mother, name="陈雨欣", resident_id=number())
    Child.objects.filter(pk=held.pk).update(**facts)

    refusal = refused(mother)

    assert isinstance(refusal, HeldHere)
    assert (str(refusal), refusal.holder) == (sentence, held)


def test_the_page_shows_whose_file_it_is_in_the_village(client, mother):
    held = make_child(mother, name="罗小军", resident_id=number())
    client.force_login(mother)

    page = send(client, registration(name="陈雨欣", resident_id=f"{number()[:6]} {number()[6:]}", no_id_reason=""))

    assert page.status_code == 409
    assert held.get_absolute_url() in page.content.decode()


def test_the_page_shows_nothing_of_a_file_elsewhere_but_the_way_to_ask_for_it(client, mother, other_mother):
    held = make_child(other_mother, STONE_SHOOT, name="石不该看见", resident_id=number())
    client.force_login(mother)

    page = send(client, registration(name="陈雨欣", resident_id=number(), no_id_reason="")).content.decode()

    assert reverse("children:transfer-ask") in page
    assert not any(hidden in page for hidden in ("石不该看见", str(held.pk), STONE_SHOOT, "石笋沟"))


def test_two_children_sent_together_have_two_numbers(mother):
    with pytest.raises(BadRegistration):
        register_children(entries=[child_entry(resident_id=number()) for _ in range(2)], by=mother, at=NOW)


def test_that_a_number_was_named_elsewhere_stands_in_the_trail_of_its_child(mother, other_mother):
    held = make_child(other_mother, STONE_SHOOT, resident_id=number())

    refused(mother)

    entry = AuditEntry.objects.get(did="named its ID number elsewhere")
    assert (entry.by, entry.on_id, entry.village_code, entry.detail) == (mother, str(held.pk), STONE_SHOOT, {})


def test_nobody_looks_for_children_by_trying_numbers(mother, other_mother):
    for sequence in range(21):
        make_child(other_mother, STONE_SHOOT, resident_id=number(sequence))
    for sequence in range(20):
        refused(mother, resident_id=number(sequence))

    for tried in (number(20), number(500)):  # held elsewhere, and held by nobody
        with pytest.raises(TooManyNumbers):
            register_child(entry=child_entry(resident_id=tried), by=mother, at=NOW)
    register_child(entry=child_entry(), by=mother, at=NOW)  # who has no number is registered
    register_child(entry=child_entry(STONE_SHOOT, resident_id=number(501)), by=other_mother, at=NOW)


def test_a_number_is_the_same_however_it_was_typed(mother, other_mother):
    make_child(other_mother, STONE_SHOOT, resident_id=number())

    refused(mother, resident_id=f" {number()[:6]}-{number()[6:14]}－{number()[14:]}".replace("0", "O"))
