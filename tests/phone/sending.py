"""What a phone's outbox sends: entries of pages, as the service worker caught them, and of the API."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from ccmp.identifiers import new_id
from ccmp.people.models import User
from ccmp.phone.entries import Answer
from ccmp.phone.services.outbox import take_outbox
from tests.factories import CLOUD_FOOT, NOW, moment
from tests.phone.calling import signed_in

MADE = "2026-03-11 16:05"


def of_page(
    kind: str, /, *args: Any, made: str = MADE, query: dict[str, Any] | None = None, **fields: Any
) -> dict[str, Any]:
    """The entry of a page's form. The form's own id is made, as the page makes it, unless it is given."""
    posted = {"id": str(new_id()), **fields}
    return {
        "id": str(new_id()),
        "kind": kind,
        "made_at": moment(made).isoformat(),
        "body": {
            "path": reverse(kind, args=args),
            "query": urlencode(query or {}),
            "fields": {
                name: [str(one) for one in value] if isinstance(value, list) else [str(value)]
                for name, value in posted.items()
            },
        },
    }


def of_api(kind: str, /, made: str = MADE, **body: Any) -> dict[str, Any]:
    return {"id": str(new_id()), "kind": kind, "made_at": moment(made).isoformat(), "body": body}


def visit_of(child_id: UUID | str, /, made: str = MADE, **fields: Any) -> dict[str, Any]:
    """A visit at which nobody was at home: the shortest form."""
    return of_page(
        "visits:record", child_id, made=made, made_at=made.replace(" ", "T"), outcome="nobody_home", **fields
    )


def flag_of(child_id: UUID | str, /, made: str = MADE, **fields: Any) -> dict[str, Any]:
    given = {"kind": "hazard", "seen": "院里的水井没有盖子。"} | fields
    return of_page("visits:raise-flag", made=made, query={"child": child_id}, **given)


def registration_of(made: str = MADE, **fields: Any) -> dict[str, Any]:
    """A girl in a new home, by the page's form."""
    given = {
        "household_id": str(new_id()), "head_name": "陈国富", "name": "陈雨轩", "sex": "2", "born_on": "2020-06-01",
        "ethnic_group": "06", "hukou": "rural", "school_stage": "kindergarten", "no_id_reason": "not_at_hand",
        "father_id": str(new_id()), "mother_id": str(new_id()), "carer_id": str(new_id()),
        "father": "none", "mother": "none", "carer": "none", "carer_since": "2025-01-01",
    } | fields  # fmt: skip
    return of_page("children:register", made=made, query={"household": "new"}, **given)


def session_of(made: str = MADE, **body: Any) -> dict[str, Any]:
    given = {
        "village_code": CLOUD_FOOT,
        "opened_at": "2026-03-11T14:00:00+08:00",
        "closed_at": "2026-03-11T16:00:00+08:00",
    }
    return of_api("club-session", made, **(given | body))


def mended(entry: dict[str, Any], /, **fields: Any) -> dict[str, Any]:
    """The same entry with other fields, under the same id."""
    body = entry["body"]
    return {**entry, "body": {**body, "fields": {**body["fields"], **{name: [str(fields[name])] for name in fields}}}}


def take(user: User, *entries: Any, at: datetime = NOW, clock: datetime | None = None) -> list[Answer]:
    """As the endpoint takes them; the user is read anew, as for each request."""
    return take_outbox(entries=entries, by=User.objects.get(pk=user.pk), phone=None, at=at, clock=clock)


def take_one(user: User, entry: Any, **when: Any) -> Answer:
    return take(user, entry, **when)[0]


def send(user: User, entries: Any, **headers: str) -> HttpResponse:
    """Through the door, as somebody signed in."""
    return signed_in(user).post("/api/v1/outbox/", entries, content_type="application/json", headers=headers)


def send_by_phone(token: str, entries: Any, **headers: str) -> HttpResponse:
    return Client().post(
        "/api/v1/outbox/",
        entries,
        content_type="application/json",
        headers={"Authorization": f"Phone {token}", **headers},
    )
