"""Whole numbers are shown to who may see them, for a reason, once; and that is written down before anything is shown."""

import pytest
from django.urls import reverse

from ccmp.audit.models import AuditEntry
from ccmp.privacy.enums import WhyShown
from ccmp.privacy.models import Unmasking
from ccmp.privacy.services.unmasking import NoReason, show_numbers
from ccmp.refusals import NotAllowed
from children.models import Relative
from tests import factories
from tests.factories import NOW, parent
from tests.signing_in import Client

NUMBER, PHONE = "520323201406010043", "13800002716"


@pytest.fixture
def known(mother):
    father = parent("51", "陈志强", phone=PHONE)
    return factories.make_child(mother, name="陈雨欣", resident_id=NUMBER, parents=(father,), carer=None)


def signed_in(user):
    client = Client()
    client.force_login(user, backend="ccmp.people.backends.PostingBackend")
    return client


def test_an_officer_is_shown_them_on_one_page_and_it_stands_in_the_trail_without_a_number(known, officer):
    page = reverse("privacy:numbers", args=[known.id])
    client = signed_in(officer)

    asked, shown = client.get(page), client.post(page, {"why": "school", "words": "城关小学"})

    assert NUMBER not in asked.content.decode()
    assert NUMBER in shown.content.decode()
    assert PHONE in shown.content.decode()
    assert shown.headers["Cache-Control"] == "no-store"
    assert NUMBER not in client.get(page).content.decode()
    entry = AuditEntry.objects.get(did="unmasked")
    assert (entry.by, entry.on_id) == (officer, str(known.id))
    assert entry.detail == {"why": "school", "fields": ["resident_id", "relatives.phone:1"]}
    assert list(Unmasking.objects.values_list("why", "words")) == [("school", "城关小学")]


def test_another_reason_is_said_in_words_or_nothing_is_shown(known, officer):
    answer = signed_in(officer).post(reverse("privacy:numbers", args=[known.id]), {"why": "other", "words": "  "})

    assert answer.status_code == 409
    assert NUMBER not in answer.content.decode()
    assert not AuditEntry.objects.filter(did="unmasked").exists()
    with pytest.raises(NoReason):
        show_numbers(child=known, why=WhyShown.OTHER, words="", by=officer, at=NOW)


def test_a_supervisor_and_the_office_of_another_county_are_shown_none(known, other_county_officer):
    for person in (factories.make_supervisor(), other_county_officer, factories.make_auditor()):
        with pytest.raises(NotAllowed):
            show_numbers(child=known, why=WhyShown.SCHOOL, words="", by=person, at=NOW)
    assert not Unmasking.objects.exists()


def test_the_api_gives_them_for_a_reason_and_for_none_without(known, mother):
    client, address = signed_in(mother), reverse("api:child-numbers", args=[known.id])

    given = client.post(address, {"why": "hospital"}, content_type="application/json")
    refused = client.post(address, {}, content_type="application/json")

    father = Relative.objects.get(kinships__child=known)
    person = {"relation": "爸爸", "name": "陈志强", "resident_id": "", "phone": PHONE}
    assert given.json() == {"resident_id": NUMBER, "people": [{"relative_id": str(father.id)} | person]}
    assert refused.status_code == 400
    assert AuditEntry.objects.filter(did="unmasked").count() == 1
