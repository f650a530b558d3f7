"""Calling the API as somebody: `as_(mother).get("children/")`."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from ccmp.people.models import User
from tests.signing_in import Client


class Caller:
    """One person's calls, in JSON and English, the language of the source. Without a user: signed out."""

    def __init__(self, user: User | None) -> None:
        self.client = Client()
        self.client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
        if user is not None:
            User.objects.filter(pk=user.pk).update(language="en")
            self.client.force_login(user, backend="ccmp.people.backends.PostingBackend")

    def get(self, path: str, **query: Any) -> HttpResponse:
        return self.client.get(f"/api/v1/{path}", query)

    def post(self, path: str, body: Any = None) -> HttpResponse:
        return self.client.post(f"/api/v1/{path}", {} if body is None else body, content_type="application/json")

    def patch(self, path: str, body: Any) -> HttpResponse:
        return self.client.patch(f"/api/v1/{path}", body, content_type="application/json")

    def delete(self, path: str) -> HttpResponse:
        return self.client.delete(f"/api/v1/{path}")


@pytest.fixture
def as_() -> Callable[[User | None], Caller]:
    return Caller


@pytest.fixture
def queries_of() -> Callable[[Callable[[], Any]], int]:
    """How many queries a call makes, when its caller's first call is over."""

    def count(call: Callable[[], Any]) -> int:
        call()
        with CaptureQueriesContext(connection) as seen:
            call()
        return len(seen)

    return count
