"""What became of the village's children, on the phone: the same pages, and what is seen at once."""

from typing import Any

import pytest
from django.urls import reverse

from ccmp.moments import now
from referrals.models import Task
from referrals.services.referrals import close_referral
from referrals.services.tasks import accept_task, complete_task, return_task, withdraw_task
from tests.factories import NOW, make_department, make_flag, make_referral
from tests.phone.same_page import assert_same_page, on_the_phone


@pytest.fixture
def referral(mother, officer, child, education):
    return make_referral(officer, make_flag(mother, child), [education, make_department("县卫生健康局", "health")])


def answer(referral: Any, officer: Any, *, words: str = "从三月起每月 300 元") -> Task:
    task = referral.tasks.get(department__kind="education")
    accept_task(task_id=task.id, by=officer, at=NOW)
    return complete_task(task_id=task.id, words=words, by=officer, at=NOW)


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
