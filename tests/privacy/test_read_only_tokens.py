"""A token that only reads is shown no whole number and opens no file: neither by the API nor by the pages."""

import pytest
from django.urls import reverse

from ccmp.audit.models import AuditEntry
from ccmp.moments import now
from ccmp.people.enums import TokenScope
from ccmp.people.services.accounts import make_token
from ccmp.privacy.models import Opening, Unmasking
from tests import factories
from tests.signing_in import Client

NUMBER, PHONE = "520323201406010043", "13800002716"
JSON = "application/json"


@pytest.fixture
def known(mother):
    father = factories.parent("51", "陈志强", phone=PHONE)
    return factories.make_child(mother, name="陈雨欣", resident_id=NUMBER, parents=(father,), carer=None)


def bearing(user, scope):
    token, _row = make_token(user=user, at=now(), scope=scope, is_proved=True)
    return Client(headers={"Authorization": f"Bearer {token}"})


def did(what):
    return AuditEntry.objects.filter(did=what).count()


@pytest.mark.parametrize("who", ["mother", "officer"])
def test_it_is_shown_no_whole_number_where_one_that_writes_is(request, known, who):
    user, address = request.getfixturevalue(who), reverse("api:child-numbers", args=[known.id])

    refused = bearing(user, TokenScope.READ).post(address, {"why": "school"}, content_type=JSON)

    assert (refused.status_code, refused.json()["type"]) == (403, "urn:ccmp:problem:permission-denied")
    assert not any(word in refused.content.decode() for word in (NUMBER, PHONE, NUMBER[-4:]))
    assert (Unmasking.objects.count(), did("unmasked")) == (0, 0)

    given = bearing(user, TokenScope.WRITE).post(address, {"why": "school"}, content_type=JSON)

    assert (given.status_code, given.json()["resident_id"]) == (200, NUMBER)
    assert (Unmasking.objects.count(), did("unmasked")) == (1, 1)


def test_what_it_reads_of_a_file_has_no_whole_number(known, mother):
    client = bearing(mother, TokenScope.READ)

    read = client.get(reverse("api:child", args=[known.id]))
    found = client.post(reverse("api:children-find"), {"q": NUMBER}, content_type=JSON)

    assert (read.status_code, found.status_code) == (200, 200)
    assert read.json()["id"] == str(known.id)
    assert [one["id"] for one in found.json()] == [str(known.id)]
    for answer in (read, found):
        assert not any(number in answer.content.decode() for number in (NUMBER, PHONE))


@pytest.mark.parametrize("scope", TokenScope)
def test_no_token_breaks_the_glass(known, other_county_officer, scope):
    """The API has no such address, and a page takes no token: it wants somebody signed in, with the second step."""
    sent = {"resident_id": NUMBER, "why": "found", "words": "孩子独自在凤冈车站被找到，派出所在问。"}
    client = bearing(other_county_officer, scope)

    page = client.post(reverse("privacy:open"), sent)
    api = client.post("/api/v1/openings/", sent, content_type=JSON)

    assert (page.status_code, page["Location"].split("?")[0]) == (302, reverse("people:sign-in"))
    assert api.status_code == {TokenScope.READ: 403, TokenScope.WRITE: 404}[scope]
    assert (Opening.objects.count(), did("broke the glass")) == (0, 0)

    signed_in = Client()
    signed_in.force_login(other_county_officer, backend="ccmp.people.backends.PostingBackend")

    assert signed_in.post(reverse("privacy:open"), sent).status_code == 302
    assert (Opening.objects.count(), did("broke the glass")) == (1, 1)


def test_an_opening_is_read_by_no_token(known, other_county_officer):
    signed_in = Client()
    signed_in.force_login(other_county_officer, backend="ccmp.people.backends.PostingBackend")
    sent = {"resident_id": NUMBER, "why": "found", "words": "孩子独自在凤冈车站被找到，派出所在问。"}
    signed_in.post(reverse("privacy:open"), sent)
    client = bearing(other_county_officer, TokenScope.READ)

    page = client.get(reverse("privacy:opened", args=[Opening.objects.get().pk]))
    api = client.get(reverse("api:child", args=[known.id]))

    assert (page.status_code, api.status_code) == (302, 404)
    assert known.name not in page.content.decode() + api.content.decode()
