"""The county's and a department's pages, used as they use them."""

from uuid import uuid4

import pytest
from django.urls import reverse

from ccmp.audit.models import AuditEntry
from ccmp.identifiers import new_id
from ccmp.people.enums import DepartmentKind
from referrals.models import Referral, Task
from tests.factories import (
    NOW,
    make_child,
    make_department,
    make_department_officer,
    make_flag,
    make_referral,
)


@pytest.fixture
def health(world):
    return make_department("县卫生健康局", DepartmentKind.HEALTH)


@pytest.fixture
def flag(mother, child):
    return make_flag(mother, child)


@pytest.fixture
def referral(officer, flag, education, health):
    return make_referral(officer, flag, [education, health])


def task_of(referral, department):
    return Task.objects.get(referral=referral, department=department)


def form_for(education, health, **changes):
    fields = {
        "id": str(new_id()),
        "goal": "坐进教室",
        "without_consent_because": "父母联系不上",
        "task0-id": str(new_id()),
        "task0-department": str(education.id),
        "task0-title": "插班",
        "task0-asked": "请安排就近插班。",
        "task0-disclosed": ["school"],
        "task1-id": str(new_id()),
        "task1-department": str(health.id),
        "task1-title": "体检",
        "task1-asked": "请做一次体检。",
        "task2-id": str(new_id()),
        "task3-id": str(new_id()),
    }
    return fields | changes


def test_the_county_opens_a_referral_to_two_departments_and_a_second_click_changes_nothing(
    client, officer, flag, education, health
):
    client.force_login(officer)
    page, sent = reverse("referrals:open", args=[flag.id]), form_for(education, health)

    answer = client.post(page, sent)
    client.post(page, sent)

    referral = Referral.objects.get()
    assert answer.url == reverse("referrals:referral", args=[referral.id])
    assert sorted(referral.tasks.values_list("title", flat=True)) == ["体检", "插班"]
    assert client.get(answer.url).status_code == 200


@pytest.mark.parametrize(
    "changes",
    [
        {"goal": " "},
        {"task0-asked": ""},
        {
            "task0-department": "",
            "task0-title": "",
            "task0-asked": "",
            "task1-department": "",
            "task1-title": "",
            "task1-asked": "",
        },
        {"task0-department": str(uuid4())},
    ],
)
def test_a_referral_that_says_too_little_comes_back_with_what_was_typed(
    client, officer, flag, education, health, changes
):
    client.force_login(officer)

    answer = client.post(reverse("referrals:open", args=[flag.id]), form_for(education, health, **changes))

    assert answer.status_code == 409
    assert "error-summary" in answer.content.decode()
    assert Referral.objects.count() == 0


def test_a_department_sees_its_task_and_only_the_disclosed_fields(
    client, referral, education, education_officer, child, officer
):
    other = make_child(officer_mother(), name="龙家宝")
    client.force_login(education_officer)

    page = client.get(reverse("referrals:task", args=[task_of(referral, education).id])).content.decode()

    assert "陈雨欣" in page
    for hidden in ("13800002716", "陈国富", str(child.id), other.name, "县卫生健康局", "开学两周没有到校"):
        assert hidden not in page


def officer_mother():
    from ccmp.people.models import Posting  # the mother of the village, whoever she is

    return Posting.objects.get(role="companion_mother", place_code="520323100201").user


def test_another_departments_task_is_not_there(client, referral, education, health):
    client.force_login(make_department_officer(health))

    assert client.get(reverse("referrals:task", args=[task_of(referral, education).id])).status_code == 404
    assert client.post(reverse("referrals:accept", args=[task_of(referral, education).id])).status_code == 404


def test_a_department_reaches_no_register_no_flag_and_no_referral(client, referral, education_officer, child, flag):
    client.force_login(education_officer)

    assert client.get(reverse("referrals:referral", args=[referral.id])).status_code == 404
    assert (
        "陈雨欣"
        not in client.get(reverse("visits:flags"), {"flag": flag.id, "tab": "all"}, follow=True).content.decode()
    )
    assert "陈雨欣" not in client.get(reverse("referrals:list")).content.decode()


def test_accept_return_and_complete_by_the_pages(client, referral, education, health, education_officer):
    client.force_login(education_officer)
    task = task_of(referral, education)

    client.post(reverse("referrals:accept", args=[task.id]))
    second_click = client.post(reverse("referrals:accept", args=[task.id]))
    empty = client.post(reverse("referrals:complete", args=[task.id]), {"words": " "})
    client.post(reverse("referrals:complete", args=[task.id]), {"words": "已插入五年级二班。"})

    task.refresh_from_db()
    assert (second_click.status_code, empty.status_code, task.state) == (409, 409, "completed")

    client.force_login(make_department_officer(health))
    other = task_of(referral, health)
    client.post(reverse("referrals:return", args=[other.id]), {"reason": "not_ours", "words": "归县妇幼保健院。"})
    other.refresh_from_db()
    assert (other.state, other.return_reason) == ("returned", "not_ours")


def test_the_county_sends_again_withdraws_adds_and_closes(
    client, referral, education, health, officer, education_officer
):
    client.force_login(education_officer)
    client.post(
        reverse("referrals:return", args=[task_of(referral, education).id]),
        {"reason": "missing_papers", "words": "缺户口簿"},
    )
    client.force_login(officer)

    page = client.get(reverse("referrals:referral", args=[referral.id])).content.decode()
    client.post(reverse("referrals:send-again", args=[task_of(referral, education).id]), {"words": "附上了"})
    too_early = client.post(reverse("referrals:close", args=[referral.id]), {"result": "solved", "words": "好了"})
    for department in (education, health):
        client.post(reverse("referrals:withdraw", args=[task_of(referral, department).id]), {"words": "家里办好了"})
    client.post(reverse("referrals:close", args=[referral.id]), {"result": "not_needed", "words": "家里自己办好了"})

    referral.refresh_from_db()
    assert "缺户口簿" in page
    assert (too_early.status_code, referral.state, referral.result) == (409, "closed", "not_needed")


def test_another_countys_referral_is_not_there(client, referral, other_county_officer):
    client.force_login(other_county_officer)

    assert client.get(reverse("referrals:referral", args=[referral.id])).status_code == 404
    assert (
        client.post(reverse("referrals:close", args=[referral.id]), {"result": "solved", "words": "x"}).status_code
        == 404
    )


def test_opening_a_task_and_a_referral_is_noted(client, referral, education, education_officer, officer):
    client.force_login(education_officer)
    client.get(reverse("referrals:task", args=[task_of(referral, education).id]))
    client.force_login(officer)
    client.get(reverse("referrals:referral", args=[referral.id]))

    read = AuditEntry.objects.filter(did="read").order_by("id").values_list("by__full_name", "on_kind")
    assert list(read) == [("石小龙", "referrals.task"), ("周令仪", "referrals.referral")]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_lists_cost_the_same_for_one_row_and_for_three(
    client, officer, mother, education, education_officer, django_assert_num_queries, rows
):
    for number in range(rows):
        make_referral(officer, make_flag(mother, make_child(mother, name=f"孩子{number}")), [education], at=NOW)
    client.force_login(officer)
    client.get(reverse("referrals:list"))

    with django_assert_num_queries(OFFICER_LIST):
        client.get(reverse("referrals:list"))
    client.force_login(education_officer)
    with django_assert_num_queries(DEPARTMENT_LIST):
        client.get(reverse("referrals:tasks"))


OFFICER_LIST, DEPARTMENT_LIST = 16, 11
