"""Bad input: always a problem document that says what to do, never a page and never a 500."""

import json
from uuid import UUID, uuid4

import pytest

NOBODYS = UUID(int=9)
DEEP = "[" * 100_000
JUNK = [
    None,
    True,
    7,
    "text",
    [],
    [[]],
    {"id": "\x00"},
    {"id": 10**400},
    {"id": {"a": []}, "village_code": ["520323100201"], "made_at": 1e308, "attended": {"a": 1}, "tasks": "x"},
    {"village_code": "520323100201\n", "made_at": "2026-03-12T16:05:00", "attended": ["x"] * 1001},
    {"name": "\x00", "answers": {"\x00": 1}, "notes": {"a": "\ud800"}, "words": "\x00", "reason": 5, "version": 10**30},
    {"made_at": "0001-01-01", "opened_at": "0001-01-01T00:00:00", "closed_at": "9999-12-31T23:59:59"},
    {"made_at": "0001-01-01T00:00:00+08:00", "born_on": "0001-01-01", "opened_at": "9999-12-31T23:59:59-23:59"},
]


def raw(client, path, body, content_type="application/json"):
    return client.post(f"/api/v1/{path}", body, content_type=content_type)


@pytest.fixture
def client(mother, as_):
    return as_(mother).client


@pytest.mark.parametrize("body", ["", "{", "[1, 2", "{'id': 1}", "NaN", DEEP, b"\xff\xfe\x00", "9" * 5000])
def test_broken_json_is_not_understood(client, body):
    response = raw(client, "children/", body)

    assert response.status_code == 400
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.json()["title"] == "Not understood"


def test_a_form_is_not_json(client):
    response = raw(client, "children/", "name=x", "application/x-www-form-urlencoded")

    assert response.status_code == 415
    assert response.json()["type"] == "urn:ccmp:problem:unsupported-media-type"


def test_three_megabytes_are_too_much(client):
    response = raw(client, "children/", json.dumps({"name": "x" * 3_000_000}))

    assert response.status_code == 413
    assert response.json()["type"] == "urn:ccmp:problem:too-large"


POSTS = [
    "token/",
    "terms/",
    "closures/",
    "children/",
    "club-sessions/",
    "visits/",
    "flags/",
    "referrals/",
    "reports/",
    *(f"closures/{NOBODYS}/decline/",),
    *(f"club-sessions/{NOBODYS}/close/",),
    *(f"referrals/{NOBODYS}/{move}/" for move in ("tasks", "close")),
    *(f"tasks/{NOBODYS}/{move}/" for move in ("return", "complete", "confirm", "send-again", "withdraw")),
]


OF_THE_COUNTY = ("terms/", "referrals/", "reports/")  # a mother is sent away before what she sends is read


@pytest.mark.parametrize("path", POSTS)
def test_junk_is_refused_field_by_field(as_, mother, officer, path):
    client = as_(officer if path in OF_THE_COUNTY else mother).client
    for junk in JUNK:
        response = raw(client, path, json.dumps(junk))

        problem = response.json()
        assert response.status_code == 400, (path, junk, problem)
        assert response.headers["Content-Type"] == "application/problem+json"
        assert problem["type"] == "urn:ccmp:problem:not-understood"
        assert problem["errors"]
        assert problem["detail"] == problem["errors"][0]["detail"]


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("children/", {"q": "\x00"}),
        ("children/", {"under": "x"}),
        ("children/", {"under": "٥٢٠٣٢٣١٠٠٢٠١"}),
        ("children/", {"on": "0001-01-01"}),
        ("children/", {"cursor": "x"}),
        ("children/", {"cursor": "9:AAAA"}),
        ("children/", {"cursor": "1:" + "A" * 60}),
        ("children/", {"limit": "0"}),
        ("children/", {"limit": "201"}),
        ("children/", {"limit": "٣" * 500}),
        ("children/", {"limits": "2"}),
        ("visits/", {"child": "x"}),
        ("visits/due/", {"on": "yesterday"}),
        ("visits/due/", {"on": "2015-09-30"}),
        ("flags/", {"state": "x"}),
        ("tasks/", {"state": "x"}),
        ("club-sessions/", {"month": "2015-09"}),
        ("club-sessions/", {"month": "9999-12"}),
        ("places/", {"level": "galaxy"}),
        ("places/", {"under": "000000000001"}),
        ("clubs/520323100201/open-hours/", {"month": "2026-13"}),
        ("clubs/520323100201/open-hours/", {"month": "2026-3"}),
    ],
)
def test_a_query_that_cannot_be_is_refused_by_its_name(client, path, query):
    response = client.get(f"/api/v1/{path}", query)

    assert response.status_code == 400, response.content
    assert response.json()["field"] == next(iter(query))


def test_what_is_asked_twice_is_not_answered_once(client):
    response = client.get("/api/v1/children/?limit=1&limit=200")

    assert response.status_code == 400
    assert response.json()["errors"] == [{"field": "limit", "detail": "This is asked twice. Ask it once."}]


def test_a_field_that_nobody_knows_is_not_dropped_without_a_word(client):
    response = raw(client, "club-sessions/", json.dumps({"id": str(uuid4()), "visiters": 3}))

    assert response.status_code == 400
    assert response.json()["errors"] == [
        {"field": "visiters", "detail": "This field is not known here. Check its name, or leave it out."}
    ]


def test_a_nested_field_is_named_by_its_way(client):
    body = {
        "id": str(uuid4()),
        "household": {"id": "x"},
        "parents": [{"id": str(uuid4()), "name": "", "relation": "51"}],
    }

    errors = raw(client, "children/", json.dumps(body)).json()["errors"]

    assert {error["field"] for error in errors} >= {"household.id", "parents.0.name", "village_code", "made_at"}


@pytest.mark.parametrize(
    "path", ["nothing/", "children", f"children/{NOBODYS}", "children/7/", "clubs/%00/open-hours/", ""]
)
@pytest.mark.parametrize("method", ["get", "post", "put", "patch", "delete"])
def test_an_unknown_address_is_a_problem_document_too(client, path, method):
    response = getattr(client, method)(f"/api/v1/{path}")

    assert response.status_code == 404
    assert response.json()["type"] == "urn:ccmp:problem:not-found"


def test_another_method_is_named(client):
    response = client.delete("/api/v1/children/")

    assert response.status_code == 405
    assert response.headers["Allow"] == "GET, POST, HEAD, OPTIONS"
    assert response.json()["type"] == "urn:ccmp:problem:method-not-allowed"
