"""Setting up a phone, and taking it out of use."""

import base64
from datetime import timedelta

import pytest
from django.test import Client

from ccmp.audit.models import AuditEntry
from ccmp.identifiers import new_id
from ccmp.moments import now
from ccmp.people.models import Posting
from ccmp.people.services.passwords import choose_password, give_password
from ccmp.people.services.postings import end_posting
from ccmp.phone.models import Phone
from ccmp.phone.rules.phones import AlreadyRevoked
from ccmp.phone.services.phones import revoke_phone
from ccmp.refusals import NotAllowed
from tests import factories
from tests.factories import CLOUD_FOOT
from tests.phone.calling import phone_of, set_up


def acts(phone_id):
    return list(AuditEntry.objects.filter(on_id=str(phone_id)).order_by("id").values_list("did", flat=True))


def test_a_phone_gets_a_token_and_the_key_of_its_store(mother):
    phone_id = new_id()

    answer = set_up(mother, phone_id)

    assert answer.status_code == 201
    told = answer.json()
    assert told["id"] == str(phone_id)
    assert len(base64.b64decode(told["key"])) == 32
    assert told["days_without_contact"] == 14
    phone = Phone.objects.get()
    assert (phone.user, phone.village_code, phone.label) == (mother, CLOUD_FOOT, "Chrome · Android")
    assert told["token"] not in str(vars(phone))
    assert acts(phone_id) == ["set up"]


def test_who_forgot_her_pin_gets_the_same_key_and_another_token(mother):
    phone_id = new_id()
    first = set_up(mother, phone_id).json()

    again = set_up(mother, phone_id)

    assert again.status_code == 200
    assert again.json()["key"] == first["key"]
    assert again.json()["token"] != first["token"]
    assert Phone.objects.count() == 1
    assert acts(phone_id) == ["set up", "set up again"]


def test_the_old_token_ends_with_the_new_one(mother):
    phone = phone_of(mother)

    set_up(mother, phone.id)

    assert phone.ask().status_code == 401


def test_a_phone_that_somebody_else_set_up_is_not_hers(mother, other_mother):
    phone_id = new_id()
    set_up(mother, phone_id)

    answer = set_up(other_mother, phone_id)

    assert answer.status_code == 409
    assert "key" not in answer.json()
    assert Phone.objects.get().user == mother


def test_only_who_serves_in_a_village_keeps_it_on_a_phone(officer, mother):
    end_posting(posting_id=mother.postings.get().id, ends_at=now() - timedelta(minutes=1), by=officer, at=now())

    assert set_up(officer).status_code == 403
    assert set_up(mother).status_code == 403
    assert not Phone.objects.exists()


def test_who_left_her_post_still_gets_the_key_to_what_waits_on_her_phone(officer, mother):
    phone_id = new_id()
    first = set_up(mother, phone_id).json()
    end_posting(posting_id=mother.postings.get().id, ends_at=now() - timedelta(minutes=1), by=officer, at=now())

    again = set_up(mother, phone_id)

    assert (again.status_code, again.json()["key"]) == (200, first["key"])


def test_nobody_sets_up_a_phone_without_signing_in(world):
    answer = Client().post("/api/v1/phones/", {"id": str(new_id())}, content_type="application/json")

    assert answer.status_code == 401


def test_a_phone_that_was_taken_out_of_use_stays_so(mother, officer):
    phone = phone_of(mother)
    revoke_phone(phone_id=phone.id, by=officer, at=now())

    answer = set_up(mother, phone.id)

    assert answer.status_code == 409
    assert answer.json()["type"] == "urn:ccmp:problem:phone-revoked"
    assert "key" not in answer.json()


def test_the_county_takes_a_phone_out_of_use_once(mother, officer):
    phone = phone_of(mother)

    revoke_phone(phone_id=phone.id, by=officer, at=now())

    assert (phone.row.revoked_by, phone.row.is_revoked) == (officer, True)
    assert acts(phone.id) == ["set up", "revoked"]
    with pytest.raises(AlreadyRevoked):
        revoke_phone(phone_id=phone.id, by=officer, at=now())


def test_neither_another_county_nor_the_township_takes_it_out_of_use(mother, other_county_officer):
    phone = phone_of(mother)

    for somebody in (other_county_officer, factories.make_supervisor(), mother):
        with pytest.raises(NotAllowed):
            revoke_phone(phone_id=phone.id, by=somebody, at=now())
    assert not phone.row.is_revoked


def test_a_phone_that_is_out_of_use_is_told_to_empty_itself(mother, officer):
    phone = phone_of(mother)
    phone.sync()
    revoke_phone(phone_id=phone.id, by=officer, at=now())
    before = phone.row.last_contact_at

    answer = phone.ask(waiting=3)

    assert answer.status_code == 410
    assert (answer.json()["type"], answer.json()["wipe"]) == ("urn:ccmp:problem:phone-revoked", True)
    assert phone.row.last_contact_at > before
    assert phone.row.waiting == 3


def test_a_new_password_ends_reading_until_she_signs_in_on_the_phone(mother, officer):
    phone = phone_of(mother)
    phone.sync()
    give_password(user=mother, by=officer, at=now())

    shut = phone.ask()

    assert shut.status_code == 401
    assert shut.json()["type"] == "urn:ccmp:problem:sign-in-again"
    assert set_up(mother, phone.id).status_code == 401  # before anything else she chooses one of her own
    choose_password(user=mother, password="kafei-maoyi-shuihu", at=now())
    phone.token = set_up(mother, phone.id).json()["token"]
    assert phone.ask().status_code == 200


def test_what_the_phone_tells_of_itself_is_kept(mother):
    phone = phone_of(mother)
    clock = now() + timedelta(minutes=9)

    phone.sync(clock=clock.isoformat(), waiting=4, refused=1, oldest_waiting="2026-03-10T09:00:00+08:00", version="12")

    row = phone.row
    assert (row.waiting, row.refused, row.version) == (4, 1, "12")
    assert row.oldest_waiting_at == factories.moment("2026-03-10 09:00")
    assert 530 <= row.skew_seconds <= 545


@pytest.mark.parametrize("clock", ["1970-01-01T00:00:00Z", "9999-12-31T23:59:59-12:00", "half past nine", "", None])
def test_a_clock_that_says_nonsense_does_not_keep_the_phone_from_its_sync(mother, clock):
    phone = phone_of(mother)

    answer = phone.ask(clock=clock, oldest_waiting=clock)

    assert answer.status_code == 200


def test_a_phone_goes_with_its_holder_to_the_village_that_she_serves_next(mother, officer):
    phone = phone_of(mother)
    Posting.objects.filter(user=mother).update(place_code=factories.PEAR_GARDEN)

    phone.sync()

    assert phone.row.village_code == factories.PEAR_GARDEN


def test_phones_unheard_of_are_those_in_use_that_say_so_of_themselves(mother, other_mother, officer):
    three = [phone_of(mother), phone_of(mother), phone_of(other_mother)]
    long_ago = now() - timedelta(days=4)
    Phone.objects.filter(pk__in=[three[0].id, three[2].id]).update(made_at=long_ago, last_contact_at=long_ago)
    revoke_phone(phone_id=three[2].id, by=officer, at=now())
    before = now() - timedelta(days=3)

    unheard = set(Phone.objects.unheard(before=before))

    assert unheard == {phone for phone in Phone.objects.all() if phone.is_unheard(before=before)} == {three[0].row}
