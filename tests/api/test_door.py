"""Signing in to the API: tokens, sessions, and who I am."""

import json
from datetime import timedelta

import pytest

from ccmp.audit.models import AuditEntry
from ccmp.moments import now
from ccmp.people.models import ApiToken
from ccmp.people.services.accounts import make_token
from tests.factories import CLOUD_FOOT, NOW, SUIYANG
from tests.signing_in import Client

WORDS = "yun-jiao-cun-2026"


@pytest.fixture
def with_password(mother):
    mother.set_password(WORDS)
    mother.save()
    return mother


def bearer(client, token, path="me/"):
    return client.get(f"/api/v1/{path}", headers={"Authorization": f"Bearer {token}"})


def test_a_password_buys_a_token_that_opens_the_api(with_password, as_):
    response = as_(None).post("token/", {"username": with_password.username, "password": WORDS})

    answer = response.json()
    row = ApiToken.objects.get()
    assert response.status_code == 201
    assert set(answer) == {"token", "expires_at", "scope"}
    assert answer["expires_at"] == row.expires_at.astimezone(NOW.tzinfo).isoformat()
    assert row.expires_at - row.made_at == timedelta(days=30)
    assert answer["token"] not in row.digest
    assert bearer(Client(), answer["token"]).json()["user"]["full_name"] == "罗小琴"


def test_signing_in_is_recorded(with_password, as_):
    as_(None).post("token/", {"username": with_password.username, "password": WORDS})

    entry = AuditEntry.objects.latest("id")
    assert (entry.by, entry.did, entry.on_kind) == (with_password, "signed in", "people.apitoken")


@pytest.mark.parametrize(
    ("username", "password"),
    [("nobody", WORDS), ("罗小琴", WORDS), ("the mother", "wrong-password"), ("the mother", "")],
)
def test_a_wrong_name_and_a_wrong_password_are_told_apart_by_nobody(with_password, as_, username, password):
    name = with_password.username if username == "the mother" else username

    response = as_(None).post("token/", {"username": name, "password": password or " "})

    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"] == "Bearer"
    assert response.json() == {
        "type": "urn:ccmp:problem:authentication-failed",
        "title": "Not signed in",
        "status": 401,
        "detail": "The username or the password is not right. Check both; the county office can give you a new password.",
    }
    assert not ApiToken.objects.exists()


def test_whoever_left_gets_no_token(with_password, as_):
    with_password.is_active = False
    with_password.save()

    response = as_(None).post("token/", {"username": with_password.username, "password": WORDS})

    assert response.status_code == 401


def test_an_expired_token_opens_nothing(mother):
    token, _row = make_token(user=mother, at=now() - timedelta(days=30, seconds=1))

    response = bearer(Client(), token)

    assert response.status_code == 401
    assert response.json()["type"] == "urn:ccmp:problem:authentication-failed"


def test_the_token_of_whoever_left_opens_nothing(mother):
    token, _row = make_token(user=mother, at=now())
    mother.is_active = False
    mother.save()

    assert bearer(Client(), token).status_code == 401


@pytest.mark.parametrize("header", ["Bearer", "Bearer a b", "Bearer \xff\xfe", "Bearer x"])
def test_a_broken_token_is_refused_with_words(world, header):
    response = Client().get("/api/v1/me/", headers={"Authorization": header})

    assert response.status_code == 401
    assert response.headers["Content-Type"] == "application/problem+json"


def test_signed_out_one_sees_nothing(world, as_):
    response = as_(None).get("children/")

    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"] == "Bearer"
    assert response.json()["type"] == "urn:ccmp:problem:not-authenticated"


def test_a_session_writes_only_with_its_csrf_token(mother):
    client = Client(enforce_csrf_checks=True)
    client.force_login(mother, backend="ccmp.people.backends.PostingBackend")

    response = client.post("/api/v1/children/", {}, content_type="application/json")

    assert response.status_code == 403
    assert response.json()["type"] == "urn:ccmp:problem:permission-denied"


def test_a_bearer_needs_no_csrf_token(mother):
    token, _row = make_token(user=mother, at=now())

    response = Client(enforce_csrf_checks=True).post(
        "/api/v1/children/", {}, content_type="application/json", headers={"Authorization": f"Bearer {token}"}
    )

    assert response.status_code == 400


def test_the_bearer_is_answered_in_her_own_language(mother):
    mother.language = "en"
    mother.save()
    token, _row = make_token(user=mother, at=now())

    response = bearer(Client(), token, "nothing/")

    assert response.headers["Content-Language"] == "en"
    assert response.json() == {
        "type": "urn:ccmp:problem:not-found",
        "title": "Not found",
        "status": 404,
        "detail": "There is nothing here that you can see. Check the address.",
    }


def test_me_tells_who_i_am_where_and_what_i_may(mother, as_):
    posting = mother.postings.get()

    answer = as_(mother).get("me/").json()

    permissions = answer["postings"][0].pop("permissions")
    assert answer == {
        "user": {
            "id": str(mother.id),
            "username": mother.username,
            "full_name": "罗小琴",
            "office": "",
            "language": "en",
        },
        "postings": [
            {
                "id": str(posting.id),
                "role": "companion_mother",
                "place": {"code": CLOUD_FOOT, "name": "云脚村", "level": "village"},
                "department": None,
                "is_substitute": False,
                "starts_at": "2025-09-01T00:00:00+08:00",
                "ends_at": None,
            }
        ],
        "reach": [CLOUD_FOOT],
    }
    assert "children.add_child" in permissions
    assert "visits.triage_flag" not in permissions


def test_me_names_the_department_of_its_officer(education_officer, education, as_):
    answer = as_(education_officer).get("me/").json()

    assert answer["postings"][0]["department"] == {"id": str(education.id), "name": "县教育局"}
    assert answer["reach"] == [SUIYANG]


def test_an_ended_posting_reaches_nothing(mother, as_):
    mother.postings.update(ends_at=now() - timedelta(minutes=1))

    answer = as_(mother).get("me/").json()

    assert (answer["postings"], answer["reach"]) == ([], [])


def test_nothing_that_the_api_says_is_kept_by_a_browser(mother, as_):
    assert as_(mother).get("me/").headers["Cache-Control"] == "no-store"


def test_the_token_is_in_no_log_of_the_audit(with_password, as_):
    token = as_(None).post("token/", {"username": with_password.username, "password": WORDS}).json()["token"]

    trail = json.dumps(list(AuditEntry.objects.values("did", "on_kind", "on_id", "detail")))

    assert token not in trail
