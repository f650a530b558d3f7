"""What goes down to a phone: the difference between what it holds and what its holder may see at that minute."""

import gzip
import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ccmp.audit.models import AuditEntry
from ccmp.identifiers import new_id
from ccmp.moments import now
from ccmp.people.enums import Role
from ccmp.people.models import User
from ccmp.people.phone_docs import Doc
from ccmp.people.services.postings import end_posting, post_person
from ccmp.phone.models import PhoneState
from ccmp.places.models import Place
from children.models import Child, Household
from tests import factories
from tests.factories import CLOUD_FOOT, STONE_SHOOT
from tests.phone.calling import phone_of, signed_in


def names(user, *, at):
    """A floor of this test's own: one doc for each child that the reader sees."""
    for child in Child.objects.visible_to(user).order_by("id"):
        yield Doc(f"child:{child.id}", {"name": child.name})


@pytest.fixture
def three(mother, settings):
    """Three children of 云脚村, and nothing but their names to go down."""
    settings.PHONE_DOCS = ["tests.phone.test_changes.names"]
    return [factories.make_child(mother, name=name) for name in ("陈雨欣", "罗小军", "杨小妹")]


def held(phone):
    return {body["name"] for doc_id, body in phone.docs.items() if doc_id.startswith("child:")}


def test_a_new_phone_gets_all_of_it_and_nothing_twice(mother, three):
    phone = phone_of(mother)

    (first,) = phone.sync()
    (second,) = phone.sync()

    assert first["whole"]
    assert set(phone.docs) == {"me", *(f"child:{child.id}" for child in three)}
    assert (second["docs"], second["gone"], second["whole"], second["more"]) == ([], [], False, False)
    assert second["cursor"] == first["cursor"]


def test_it_is_told_whose_it_is_and_what_its_rules_go_by(mother):
    phone = phone_of(mother)

    phone.sync()

    told = phone.docs["me"]
    assert told["user"]["full_name"] == "罗小琴"
    assert told["post"]["place"] == "云脚村"
    assert told["post"]["role_display"] == "童伴妈妈"
    assert told["post"]["since"] == "2025-09-01"
    assert told["standards"]["phone.days_without_contact"] == [["2015-10-01", 14]]
    assert told["urgent_kinds"]["domestic_violence"] == ["110"]
    assert "dropped_out" not in told["urgent_kinds"]


def test_only_what_changed_goes_down(mother, three):
    phone = phone_of(mother)
    phone.sync()
    Child.objects.filter(pk=three[1].pk).update(name="罗小君")

    (answer,) = phone.sync()

    assert [doc_id for doc_id, _body in answer["docs"]] == [f"child:{three[1].id}"]
    assert held(phone) == {"陈雨欣", "罗小君", "杨小妹"}


def test_an_answer_that_was_lost_comes_again(mother, three):
    phone = phone_of(mother)
    phone.sync()
    Child.objects.filter(pk=three[0].pk).update(name="陈雨昕")

    lost = phone.ask().json()
    again = phone.ask().json()

    assert (again["docs"], again["cursor"]) == (lost["docs"], lost["cursor"])
    phone.take_in(again)
    assert phone.ask().json()["docs"] == []


def test_the_first_answer_of_all_may_be_lost_too(mother, three):
    phone = phone_of(mother)

    phone.ask()
    phone.sync()

    assert held(phone) == {"陈雨欣", "罗小军", "杨小妹"}


def test_after_a_lost_answer_what_changed_since_comes_along(mother, three):
    phone = phone_of(mother)
    phone.sync()
    Child.objects.filter(pk=three[0].pk).update(name="陈雨昕")
    phone.ask()
    Child.objects.filter(pk=three[1].pk).update(name="罗小君")

    phone.sync()

    assert held(phone) == {"陈雨昕", "罗小君", "杨小妹"}


def test_at_most_two_states_of_a_phone_are_kept(mother, three):
    phone = phone_of(mother)
    for number in range(4):
        Child.objects.filter(pk=three[0].pk).update(name=f"陈雨欣{number}")
        phone.ask()
        phone.sync()

    assert PhoneState.objects.filter(phone_id=phone.id).count() <= 2


def test_it_comes_in_parts_that_may_be_taken_up_again(mother, three):
    phone = phone_of(mother)

    first = phone.ask(most=2).json()
    phone.take_in(first)
    phone.ask(most=2)  # lost
    rest = phone.sync(most=2)

    assert [first["more"], *(part["more"] for part in rest)] == [True, False]
    assert [first["whole"], *(part["whole"] for part in rest)] == [True, False]
    assert [len(part["docs"]) for part in (first, *rest)] == [2, 2]
    assert held(phone) == {"陈雨欣", "罗小军", "杨小妹"}


def test_what_changes_between_two_parts_is_not_missed(mother, three):
    phone = phone_of(mother)
    phone.take_in(phone.ask(most=3).json())
    Child.objects.filter(pk=three[0].pk).update(name="陈雨昕")
    Child.objects.filter(pk=three[1].pk).update(village_code=STONE_SHOOT)

    phone.sync(most=1)

    assert held(phone) == {"陈雨昕", "杨小妹"}


def test_a_phone_that_says_it_holds_something_else_gets_everything_anew(mother, three):
    phone = phone_of(mother)
    phone.sync()
    lost = f"child:{three[2].id}"
    del phone.docs[lost], phone.hashes[lost]  # a damaged store

    (answer,) = phone.sync()

    assert answer["whole"]
    assert held(phone) == {"陈雨欣", "罗小军", "杨小妹"}


def test_an_unknown_cursor_gets_everything_anew(mother, three):
    phone = phone_of(mother)
    phone.sync()
    phone.cursor = "f" * 32

    (answer,) = phone.sync()

    assert answer["whole"]
    assert held(phone) == {"陈雨欣", "罗小军", "杨小妹"}


def test_a_child_that_moves_to_another_village_leaves_one_phone_and_comes_to_the_other(mother, other_mother, three):
    phone, other = phone_of(mother), phone_of(other_mother)
    phone.sync()
    other.sync()
    Child.objects.filter(pk=three[0].pk).update(village_code=STONE_SHOOT)

    (here,) = phone.sync()
    (there,) = other.sync()

    assert here["gone"] == [f"child:{three[0].id}"]
    assert held(phone) == {"罗小军", "杨小妹"}
    assert held(other) == {"陈雨欣"}
    assert [doc_id for doc_id, _body in there["docs"]] == [f"child:{three[0].id}"]


def test_when_her_post_ends_everything_goes_and_she_is_told_that_she_holds_none(mother, officer, three):
    phone = phone_of(mother)
    phone.sync()
    end_posting(posting_id=mother.postings.get().id, ends_at=now() - timedelta(minutes=1), by=officer, at=now())

    phone.sync()

    assert set(phone.docs) == {"me"}
    assert phone.docs["me"]["post"] is None


def test_who_serves_next_in_the_village_gets_it_all(mother, officer, three):
    april = factories.moment("2026-04-01 00:00")
    end_posting(posting_id=mother.postings.get().id, ends_at=april, by=officer, at=now())
    after = factories.make_mother(starts_at=april)
    phone = phone_of(after)

    phone.sync()

    assert held(phone) == {"陈雨欣", "罗小军", "杨小妹"}


def test_a_closed_account_is_left_with_nothing(mother, three):
    phone = phone_of(mother)
    phone.sync()
    User.objects.filter(pk=mother.pk).update(is_active=False, password="another")

    phone.sync()

    assert phone.docs == {}


def test_what_went_down_is_in_the_trail_once_a_contact_and_names_nobody(mother, three):
    phone = phone_of(mother)

    phone.sync()
    phone.sync()

    (entry,) = AuditEntry.objects.filter(did="took down")
    assert (entry.by, entry.on_id, entry.village_code) == (mother, phone.id, CLOUD_FOOT)
    assert entry.detail == {"sheets": 4, "whole": True}


def test_one_phone_does_not_speak_for_another(mother, other_mother, three):
    phone, other = phone_of(mother), phone_of(other_mother)

    assert phone.ask(phone=other.id).status_code == 404


def test_a_browser_that_is_signed_in_is_no_phone(mother):
    phone = phone_of(mother)

    answer = signed_in(mother).post("/api/v1/phones/changes/", {"phone": phone.id}, content_type="application/json")

    assert answer.status_code == 401


def test_the_register_is_open_to_no_phone_token(mother, client):
    phone = phone_of(mother)

    answer = client.get("/api/v1/children/", headers={"Authorization": f"Phone {phone.token}"})

    assert answer.status_code == 401


def test_who_stands_in_next_door_holds_both_villages(mother, other_mother, three):
    factories.make_child(other_mother, STONE_SHOOT, name="石小龙")
    next_door = Place.objects.get(pk=STONE_SHOOT)
    post_person(
        user=mother, role=Role.COMPANION_MOTHER, place=next_door, is_substitute=True, starts_at=factories.NOW,
        by=None, at=factories.NOW,
    )  # fmt: skip
    phone = phone_of(mother)

    phone.sync()

    assert held(phone) == {"陈雨欣", "罗小军", "杨小妹", "石小龙"}


# ------------------------------------------------------------------------------------------ all floors, a whole village


def village_of(mother, count):
    """A village of so many children: one that was registered, over and over, in homes of two."""
    model = factories.make_child(mother)
    home, family = model.household, list(model.family)
    homes = [Household(**{**_plain(home), "id": new_id(), "head_name": f"陈国{n}"}) for n in range(count // 2)]
    Household.objects.bulk_create(homes)
    children = [
        Child(**{**_plain(model), "id": new_id(), "name": f"陈雨{n}", "household_id": homes[n % len(homes)].id})
        for n in range(count - 1)
    ]
    Child.objects.bulk_create(children)
    return model, family, children


def _plain(row):
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def queries_at_a_contact(phone, **more):
    phone.ask(**more)
    with CaptureQueriesContext(connection) as seen:
        phone.ask(**more)
    return len(seen)


def test_a_contact_costs_the_same_queries_for_three_children_as_for_thirty(mother):
    village_of(mother, 3)
    phone = phone_of(mother)
    few = queries_at_a_contact(phone)

    village_of(mother, 30)

    assert queries_at_a_contact(phone) <= few
    phone.sync()
    assert queries_at_a_contact(phone) <= few


def test_nothing_goes_down_twice_when_nothing_changed(mother, child):
    factories.make_visit(mother, child)
    factories.make_session(mother, attended=frozenset({child.id}))
    factories.make_flag(mother, child)
    phone = phone_of(mother)
    phone.sync()

    (answer,) = phone.sync()

    assert (answer["docs"], answer["gone"], answer["whole"]) == ([], [], False)


def test_a_village_of_540_children_fits_into_150_kilobytes(mother):
    village_of(mother, 540)
    phone = phone_of(mother)

    (answer,) = phone.sync()

    size = len(gzip.compress(json.dumps(answer, ensure_ascii=False).encode(), 6))
    assert size <= 150_000
