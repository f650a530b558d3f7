"""Who tries ID numbers, by whichever door: each try that finds a file is counted, and stands in the trail of its child."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import translation

from ccmp.audit.models import AuditEntry
from ccmp.identifiers import new_id
from ccmp.people.models import User
from ccmp.refusals import Refusal
from children.models import Child, Transfer
from children.rules.held_numbers import AlreadyRegistered, TooManyNumbers
from children.rules.transfers import BadTransfer, Home, NoSuchFile
from children.services.change import change_child
from children.services.id_numbers import check_number_tries
from tests.children.test_one_file import number
from tests.factories import FENGGANG_VILLAGE, NOW, STONE_SHOOT, make_child, make_mother
from tests.factories.differences import say
from tests.factories.moves import ask_for, offer
from tests.phone.sending import of_page, registration_of, take_one

TRIED = {"did": "named its ID number elsewhere"}


@pytest.fixture(autouse=True)
def counted_anew():
    cache.clear()
    with translation.override("en"):
        yield


@pytest.fixture
def held(other_mother: User) -> Child:
    """A child of the village next door, whose number somebody tries."""
    return make_child(other_mother, STONE_SHOOT, resident_id=number())


def by_a_correction(mother: User, child: Child) -> None:
    say(child, mother, resident_id=number())


def by_the_api(mother: User, child: Child) -> None:
    change_child(child_id=child.id, version=1, changes={"resident_id": number()}, by=mother, at=NOW)


@pytest.mark.parametrize("door", [by_a_correction, by_the_api])
def test_a_number_that_is_tried_on_a_file_of_her_own_stands_in_the_other_childs_trail(
    mother: User, child: Child, held: Child, door: Callable[[User, Child], None]
):
    with pytest.raises(AlreadyRegistered):
        door(mother, child)

    trail = AuditEntry.objects.get(**TRIED)
    assert (trail.by, trail.on_id, trail.village_code) == (mother, str(held.pk), STONE_SHOOT)


def test_a_number_that_is_tried_through_the_outbox_stands_there_too(mother: User, held: Child):
    answer = take_one(
        mother, registration_of(resident_id=number(), no_id_reason="", born_on="2014-06-01", number_as_said="on")
    )

    assert not answer.is_kept, answer.reason
    assert AuditEntry.objects.get(**TRIED).on_id == str(held.pk)


@pytest.mark.parametrize(
    "spoilt",
    [{"home": Home()}, {"home": Home(new_id())}, {"on": date(2099, 1, 1)}],
    ids=["no home", "a home of nobody", "a day to come"],
)
def test_what_is_wrong_with_asking_is_said_before_the_number_is_looked_for(
    mother: User, held: Child, spoilt: dict[str, Any]
):
    """Else a spoilt question tells whether the number has a file, and leaves no transfer that its village could see."""
    village = mother.post.place_code
    said = []
    for tried in (number(), number(77)):
        with pytest.raises(BadTransfer) as refusal:
            ask_for(mother, tried, to=village, **spoilt)
        said.append((str(refusal.value), refusal.value.field))

    assert said[0] == said[1]
    assert cache.get(f"number-tries:{mother.pk}:2026-03-12") is None


def test_asking_for_a_child_who_is_handed_over_already_stands_in_its_trail(
    mother: User, other_mother: User, held: Child
):
    offer(other_mother, held, to=mother.post.place_code)

    with pytest.raises(Refusal):
        ask_for(mother, number(), to=mother.post.place_code)

    assert AuditEntry.objects.get(**TRIED).by == mother


def test_asking_for_nobody_leaves_nothing_but_its_count(mother: User, held: Child):
    with pytest.raises(NoSuchFile):
        ask_for(mother, number(77), to=mother.post.place_code)

    assert not AuditEntry.objects.filter(**TRIED).exists()
    assert cache.get(f"number-tries:{mother.pk}:2026-03-12") == 1


def test_asking_for_a_child_of_her_own_is_no_way_round_the_count(mother: User):
    for sequence in range(20):
        with pytest.raises(NoSuchFile):
            ask_for(mother, number(sequence), to=mother.post.place_code)

    with pytest.raises(TooManyNumbers):
        check_number_tries(mother, on=date(2026, 3, 12))
    with pytest.raises(TooManyNumbers):
        ask_for(mother, number(300), to=mother.post.place_code)


def test_who_asked_reads_neither_name_nor_place_on_any_page(client: Any, held: Child):
    stranger = make_mother(FENGGANG_VILLAGE, name="冉光琼")
    asked = ask_for(stranger, number(), to=stranger.post.place_code)
    client.force_login(stranger)

    pages = [
        reverse("children:transfers"),
        reverse("children:transfer-answer", args=[asked.id]),
        reverse("children:list"),
    ]
    shown = "".join(client.get(page).content.decode() for page in pages)

    assert Transfer.objects.get().child == held
    for hidden in (held.name, str(held.pk), STONE_SHOOT, "石笋沟", held.household.head_name, held.born_on.isoformat()):
        assert hidden not in shown


def test_an_entry_of_another_page_is_no_oracle_either(mother: User, held: Child):
    """A spoilt question through the outbox: the same sentence for a number that has a file and one that has none."""
    asked = [
        take_one(mother, of_page("children:transfer-ask", resident_id=tried, on="2026-03-11"))
        for tried in (number(), number(77))
    ]

    assert asked[0].reason == asked[1].reason
    assert not any(one.is_kept for one in asked)
