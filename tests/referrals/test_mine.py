"""What the mother reads of her referrals, and how she says that the child has it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ccmp.moments import now
from referrals.enums import TaskState
from referrals.services.tasks import accept_task, complete_task
from tests.factories import make_flag, make_referral


@pytest.fixture
def task(mother, officer, education, education_officer, child):
    """A task that the education department says is done."""
    referral = make_referral(officer, make_flag(mother, child), [education], at=now() - timedelta(days=2))
    task = referral.tasks.get()
    accept_task(task_id=task.id, by=education_officer, at=now() - timedelta(days=1))
    return complete_task(task_id=task.id, words="已插班。", by=education_officer, at=now() - timedelta(hours=1))


def test_a_task_that_is_done_waits_for_the_mother_to_look(client, mother, task):
    client.force_login(mother)

    today = client.get(reverse("visits:today")).content.decode()
    mine = client.get(reverse("referrals:mine")).content.decode()

    assert f"#task-{task.id}" in today
    assert "已插班。" in today
    assert f'id="task-{task.id}"' in mine
    assert "石小龙" in mine


def test_she_says_what_she_saw_and_a_second_press_is_told_that_it_has_moved_on(client, mother, task):
    client.force_login(mother)
    confirm = reverse("referrals:confirm", args=[task.id])

    assert client.post(confirm, {"words": "看到她坐在教室里。"}).url == reverse("referrals:mine")
    assert client.post(confirm, {"words": "看到她坐在教室里。"}).status_code == 409

    task.refresh_from_db()
    assert task.state == TaskState.CONFIRMED
    assert task.moves.filter(went_to=TaskState.CONFIRMED).count() == 1
    assert "看到她坐在教室里。" in client.get(reverse("referrals:mine")).content.decode()


def test_without_words_nothing_is_confirmed(client, mother, task):
    client.force_login(mother)

    answer = client.post(reverse("referrals:confirm", args=[task.id]), {"words": " "})

    task.refresh_from_db()
    assert task.state == TaskState.COMPLETED
    assert list(answer.context["form"].errors) == ["words"]


def test_another_villages_task_is_not_hers(client, other_mother, task, child):
    client.force_login(other_mother)

    assert client.post(reverse("referrals:confirm", args=[task.id]), {"words": "看到了"}).status_code == 404
    assert child.name not in client.get(reverse("referrals:mine")).content.decode()
    task.refresh_from_db()
    assert task.state == TaskState.COMPLETED


def test_the_list_asks_no_more_for_three_referrals_than_for_one(client, mother, officer, education, child):
    client.force_login(mother)
    counts = []
    for more in (1, 2):
        for _one in range(more):
            make_referral(officer, make_flag(mother, child), [education], at=now())
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("referrals:mine"))
        counts.append(len(queries))

    assert counts[0] == counts[1]
