"""What goes down to a mother's phone of referrals."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from referrals.models import Task
from referrals.services.phone import docs
from referrals.services.tasks import accept_task, complete_task
from tests.factories import NOW, STONE_SHOOT, make_child, make_department, make_flag, make_referral


def held(user: Any) -> dict[str, Any]:
    return {doc.id: json.loads(json.dumps(doc.body)) for doc in docs(user, at=NOW)}


@pytest.fixture
def referral(mother, officer, child, education):
    return make_referral(officer, make_flag(mother, child), [education, make_department("县卫生健康局", "health")])


def answer(referral: Any, officer: Any, *, words: str = "从三月起每月 300 元") -> Task:
    task = referral.tasks.get(department__kind="education")
    accept_task(task_id=task.id, by=officer, at=NOW)
    return complete_task(task_id=task.id, words=words, by=officer, at=NOW)


def test_a_referral_goes_down_with_each_department_and_its_last_word(mother, education_officer, child, referral):
    task = answer(referral, education_officer)

    [told] = held(mother).values()

    assert told == {
        "child": str(child.id),
        "name": "陈雨欣",
        "flag": str(referral.flag_id),
        "goal": "坐进教室",
        "opened_at": "2026-03-12T10:00:00.000+08:00",
        "tasks": told["tasks"],
    }
    assert told["tasks"][0] == {
        "id": str(task.id),
        "department": "县教育局",
        "title": "请县教育局办",
        "state": "completed",
        "words": "从三月起每月 300 元",
        "by": "石小龙",
    }
    assert [one["state"] for one in told["tasks"]] == ["completed", "sent"]


def test_nothing_of_another_village_goes_down(mother, other_mother, officer, education):
    theirs = make_child(other_mother, STONE_SHOOT)
    make_referral(officer, make_flag(other_mother, theirs), [education])

    assert held(mother) == {}


@pytest.mark.parametrize("rows", [1, 3])
def test_referrals_cost_the_same_for_one_and_for_three(mother, officer, education, rows):
    for _ in range(rows):
        make_referral(officer, make_flag(mother, make_child(mother)), [education])

    with CaptureQueriesContext(connection) as asked:
        assert len(held(mother)) == rows

    assert len(asked) == 3
