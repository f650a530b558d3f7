"""What goes down to a mother's phone of what two people said differently."""

import json
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from children.models import Difference
from children.services.phone_differences import docs
from tests import factories
from tests.factories import NOW, STONE_SHOOT, make_child, parent
from tests.factories.differences import differ, say


@pytest.fixture
def director(mother):
    return factories.make_director(name="石大山", is_substitute=True)


@pytest.fixture
def family(mother):
    """A girl whose father works in 东莞; of whom two people say different things."""
    father = parent(away_since=date(2026, 1, 5), away_where="广东东莞")
    return make_child(mother, name="陈雨欣", parents=(father,))


def held(user: Any, *, at: Any = NOW) -> dict[str, Any]:
    return {doc.id: json.loads(json.dumps(doc.body)) for doc in docs(user, at=at)}


def test_open_differences_of_her_village_go_down_with_who_said_what_and_when(mother, director, family):
    differ(family, director, mother)

    told = {body["field"]: body for body in held(mother).values()}

    one = Difference.objects.get(field="school_stage")
    assert held(mother)[f"difference:{one.id}"] == {
        "child": str(family.id),
        "name": "陈雨欣",
        "home": str(family.household_id),
        "field": "school_stage",
        "held": "junior",
        "held_by": "石大山",
        "held_at": "2026-03-12T10:00+08:00",
        "brought": "dropped_out",
        "brought_by": "罗小琴",
        "made_at": "2026-03-12T10:00+08:00",
        "at": told["school_stage"]["at"],
    }
    assert (told["whereabouts"]["who"], told["whereabouts"]["held"]) == ("陈志强", "away 2026-02-23 浙江义乌")


def test_what_is_decided_and_what_lies_next_door_does_not_go_down(mother, director, other_mother, family):
    differ(family, director, mother)
    stranger = make_child(other_mother, STONE_SHOOT)
    say(stranger, other_mother, hukou="urban")
    say(stranger, other_mother, seen={"hukou": "rural"}, hukou="none")
    say(family, director, school_stage="dropped_out")

    assert {body["field"] for body in held(mother).values()} == {"address", "whereabouts"}


@pytest.mark.parametrize("children", [1, 3])
def test_differences_cost_the_same_for_one_child_and_for_three(mother, director, children):
    for _ in range(children):
        child = make_child(mother)
        say(child, director, hukou="urban")
        say(child, mother, seen={"hukou": "rural"}, hukou="none")

    with CaptureQueriesContext(connection) as asked:
        held(mother)

    assert len(asked) == 1
