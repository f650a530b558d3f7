"""What became of the village's children, on the phone."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ccmp.moments import now
from referrals.models import Task
from referrals.services.phone import docs
from referrals.services.referrals import close_referral
from referrals.services.tasks import accept_task, complete_task, return_task, withdraw_task
from tests.factories import NOW, STONE_SHOOT, make_child, make_department, make_flag, make_referral
from tests.phone.same_page import assert_same_page, on_the_phone


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


@pytest.mark.browser
def test_her_pages_of_referrals_are_the_same_on_the_phone(
    client, in_chromium, mother, officer, education_officer, education, child, referral
):
    assert_same_page(client, in_chromium, mother, reverse("referrals:mine"))
    answer(referral, education_officer, words="从三月起\n每月 300 元")
    back = make_referral(officer, make_flag(mother, child, kind="no_hukou"), [education], goal_due_on=NOW.date())
    return_task(task_id=back.tasks.get().id, reason="missing_papers", words="缺户口簿", by=education_officer, at=NOW)
    closed = make_referral(officer, make_flag(mother, child, kind="hazard"), [education], goal="井盖盖好")
    withdraw_task(task_id=closed.tasks.get().id, words="村里自己办了", by=officer, at=NOW)
    close_referral(referral_id=closed.id, result="not_needed", words="盖好了\n看过了", by=officer, at=NOW)

    for address in (
        reverse("referrals:mine"),
        *(reverse("referrals:referral", args=[one.id]) for one in (referral, back, closed)),
        *(reverse("visits:flag", args=[one.flag_id]) for one in (referral, back, closed)),
    ):
        assert_same_page(client, in_chromium, mother, address)


@pytest.mark.browser
def test_that_the_child_has_it_is_seen_at_once_as_not_yet_sent(in_chromium, mother, education_officer, referral):
    task = answer(referral, education_officer)
    entry = {
        "id": "1",
        "kind": "referrals:confirm",
        "state": "waiting",
        "made_at": now().isoformat(),
        "path": reverse("referrals:confirm", args=[task.id]),
        "query": "",
        "fields": {"words": ["孩子已经坐在教室里"]},
    }

    before, after = (
        on_the_phone(in_chromium, mother, reverse("referrals:mine"), at=now(), entries=entries)["html"]
        for entries in ([], [entry])
    )

    assert (reverse("referrals:confirm", args=[task.id]) in before, "孩子已经坐在教室里" in before) == (True, False)
    assert (reverse("referrals:confirm", args=[task.id]) in after, "孩子已经坐在教室里" in after) == (False, True)
    assert ("还没送出" in before, "还没送出" in after) == (False, True)
