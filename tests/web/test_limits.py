"""How much and how often: 413 and 429, with a sentence; and what happens when nobody can count."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from django.urls import reverse

from ccmp.identifiers import new_id
from ccmp.web import counting
from ccmp.web.client_address import client_address
from ccmp.web.limits import MOST_SENT, MOST_UNKNOWN, MOST_WITH_FILES, PAPERS, SEARCHES, SIGN_IN, kind_of
from tests.access.walking import patterns
from tests.signing_in import Client

ONCE = 0.00001  # of every limit: one request in a minute


@pytest.fixture
def at_once(settings):
    settings.RATE_LIMITS_TIMES = ONCE
    settings.PROXIES_IN_FRONT = 1
    counting.own.counts.clear()


def somewhere():
    """An address of which nothing was counted yet."""
    return {"X-Forwarded-For": ".".join(["10", *map(str, new_id().bytes[-3:])])}


def as_(user):
    client = Client()
    client.force_login(user, backend="ccmp.people.backends.PostingBackend")
    return client


def test_what_comes_too_often_is_told_when_to_come_again(at_once, mother):
    client = as_(mother)

    first, second = [client.get(reverse("people:account"), headers=somewhere()) for _time in range(2)]

    assert (first.status_code, second.status_code) == (200, 429)
    assert 0 < int(second.headers["Retry-After"]) <= 60
    assert f"请等 {second.headers['Retry-After']} 秒" in second.content.decode()


def test_a_program_reads_it_as_a_problem(at_once, mother):
    client = as_(mother)

    client.get(reverse("api:me"), headers=somewhere())
    answer = client.get(reverse("api:me"), headers=somewhere())

    assert (answer.status_code, answer.headers["Content-Type"]) == (429, "application/problem+json")
    assert answer.json()["type"] == "urn:ccmp:problem:too-many-requests"
    assert answer.headers["Retry-After"]


def test_one_who_is_too_fast_is_in_nobody_elses_way(at_once, mother, officer):
    for _time in range(2):
        as_(mother).get(reverse("people:account"), headers=somewhere())

    assert as_(officer).get(reverse("people:account"), headers=somewhere()).status_code == 200


def test_a_door_that_is_tried_again_and_again_from_one_address_is_shut_to_it(at_once, world):
    here = somewhere()

    tries = [Client().post(reverse("people:sign-in"), {"username": "x", "password": "y"}, headers=here) for _ in "12"]
    elsewhere = Client().post(reverse("people:sign-in"), {"username": "x", "password": "y"}, headers=somewhere())

    assert [one.status_code for one in tries] == [200, 429]
    assert elsewhere.status_code == 200


@pytest.mark.parametrize(
    ("name", "method", "kind"),
    [
        ("people:sign-in", "POST", "sign-in"),
        ("people:sign-in", "GET", "read"),
        ("api:children-find", "POST", "search"),
        ("children:list", "GET", "read"),
        ("children:export", "POST", "paper"),
        ("reports:pdf", "GET", "paper"),
        ("api:visits", "POST", "write"),
        ("api:visits", "GET", "read"),
    ],
)
def test_each_kind_has_a_limit_of_its_own(name, method, kind):
    assert kind_of(name, method) == kind


def test_the_addresses_that_have_a_limit_of_their_own_are_there():
    assert {name for name, _pattern in patterns()} >= PAPERS | SEARCHES | SIGN_IN


def test_when_valkey_is_away_requests_go_on_and_each_process_counts_for_itself(at_once, mother, settings):
    settings.CACHES = settings.CACHES | {"default": settings.CACHES["default"] | {"LOCATION": "redis://127.0.0.1:1/0"}}
    client = as_(mother)

    try:
        answers = [client.get(reverse("people:account"), headers=somewhere()).status_code for _time in range(2)]
        other = as_(mother).post(reverse("people:language"), {"language": "en"}, headers=somewhere()).status_code
    finally:
        counting.own.away_until = 0.0

    assert (answers, other) == ([200, 429], 302)


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "203.0.113.9", "127.0.0.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        (2, "198.51.100.1, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
        (2, "10.0.0.2", "127.0.0.1"),
        (1, "", "127.0.0.1"),
    ],
)
def test_an_address_is_believed_of_our_own_proxies_alone(settings, proxies, forwarded, address):
    settings.PROXIES_IN_FRONT = proxies

    assert client_address(RequestFactory().get("/", headers={"X-Forwarded-For": forwarded})) == address


@pytest.mark.parametrize(
    ("is_signed_in", "sent"),
    [
        (False, {"data": "x" * (MOST_UNKNOWN + 1), "content_type": "application/x-www-form-urlencoded"}),
        (True, {"data": "x" * (MOST_SENT + 1), "content_type": "application/x-www-form-urlencoded"}),
        (True, {"data": {"file": SimpleUploadedFile("x.csv", b"x" * (MOST_WITH_FILES + 1))}}),
    ],
)
def test_too_large_a_body_is_refused_before_it_is_read(mother, is_signed_in, sent):
    client = as_(mother) if is_signed_in else Client()

    answer = client.post(reverse("people:sign-in"), **sent)

    assert answer.status_code == 413
    assert "一次发不了这么多" in answer.content.decode()


def test_a_body_of_more_fields_than_any_form_has_is_refused(mother):
    fields = {f"field{number}": "x" for number in range(1001)}

    assert as_(mother).post(reverse("people:account"), fields).status_code == 400
