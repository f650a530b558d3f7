"""Asking PostgreSQL itself, with the reach of one person and without any of the program's own filters."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from ccmp.people.asking import asks
from ccmp.people.models import User
from ccmp.walls.asking import NOBODY, WHOLE, asked_by, let_ask
from ccmp.walls.guarded import GUARDED, Beyond, Open

GUARDED_LABELS = sorted(label for label, guard in GUARDED.items() if not isinstance(guard, Open | Beyond))


def as_somebody(user: User | None) -> Any:
    """A block in which this person asks, read anew from the database; None: nobody does."""
    if user is None:
        return asked_by(lambda _statement: NOBODY)
    return asks(User.objects.get(pk=user.pk))


def as_the_whole() -> None:
    """A thread of a test's own begins so: nobody asks in it by itself."""
    let_ask(lambda _statement: WHOLE)


def table(label: str) -> str:
    return str(apps.get_model(label)._meta.db_table)


def keys_in(label: str) -> set[Any]:
    """The keys of every row that PostgreSQL gives of a table."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM {table(label)} -- guarded: {label}")
        return {key for (key,) in cursor.fetchall()}


@pytest.fixture
def as_the_owner(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The whole test connects as who owns the tables: for what the program itself may not do. Before `db`, by usefixtures."""
    with django_db_blocker.unblock(), connection.as_owner():  # type: ignore[attr-defined]
        yield
