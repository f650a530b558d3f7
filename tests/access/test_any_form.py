"""Every form of every page, filled in with anything: never an exception, and what is wrong is always said in a sentence.

What is tried is worked out by hypothesis from nothing but the fields' names, the same on every run.
"""

import re
from typing import Any

import pytest
from django import forms
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.access import hostile
from tests.access.test_hostile_words import forms_of, signed_in
from tests.access.world import World, make_world

UNFILLED = re.compile(r"%\((?!x\))\w+\)|\{[a-z_]+\}")  # a gap in a sentence; %(x)s is what was typed here
FEW = settings(
    max_examples=6,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
WORDS_OF_PAGES = (
    "",
    "on",
    "1",
    "0",
    "-1",
    "yes",
    "no",
    "new",
    "none",
    "else",
    "home",
    "away",
    "11",
    "52",
    "fair",
    "paper",
)
ANYTHING = st.one_of(
    st.sampled_from(tuple(hostile.WORDS.values())),
    st.sampled_from(WORDS_OF_PAGES),
    st.text(max_size=20),
    st.integers().map(str),
    st.dates().map(str),
    st.datetimes().map(lambda moment: moment.isoformat(timespec="minutes")),
    st.times().map(lambda clock: f"{clock:%H:%M}"),
    st.uuids().map(str),
)


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def sentences_of(response: Any) -> list[str]:
    """What the forms of a page say is wrong."""
    context = response.context or []
    contexts = context if isinstance(context, list) else [context]  # of one template, or of several
    found = {
        id(value): value for layer in contexts for part in layer for value in part.values() if _is_filled_in(value)
    }
    return [str(one) for form in found.values() for errors in form.errors.values() for one in errors]


def _is_filled_in(value: Any) -> bool:
    return isinstance(value, forms.BaseForm) and value.is_bound


def test_a_form_filled_in_with_anything_is_answered_in_sentences(world):
    known: set[Any] = set()
    said: set[str] = set()

    for role in ("M", "C", "P", "F"):
        client = signed_in(world, role)
        for form in list(forms_of(world, client, known)):
            fill_in_with_anything(client, form, said)

    assert len(known) > 40
    assert len(said) > 20
    assert [one for one in said if not one.strip() or UNFILLED.search(one)] == []


def fill_in_with_anything(client: Client, form: hostile.PageForm, said: set[str]) -> None:
    names = sorted(form.values.keys() - {"csrfmiddlewaretoken"})
    known = {name: st.just(form.values[name]) | ANYTHING | st.lists(ANYTHING, max_size=3) for name in names}

    @FEW
    @given(st.fixed_dictionaries({}, optional=known))
    def send(typed: dict[str, Any]) -> None:
        with transaction.atomic():
            body = hostile.encoded(typed)
            response = client.post(form.action, body, content_type="application/x-www-form-urlencoded")
            said.update(sentences_of(response))
            transaction.set_rollback(True)
        assert response.status_code < 500, (form.action, typed)

    send()
