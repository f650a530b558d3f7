"""A department's tasks: exactly the fields that they disclose, and its answers."""

from uuid import uuid4

import pytest

from ccmp.audit.models import AuditEntry
from ccmp.people.enums import DepartmentKind
from referrals.models import Task
from referrals.services.tasks import withdraw_task
from tests.api.test_children import NUMBER
from tests.factories import (
    NOW,
    SUIYANG,
    make_auditor,
    make_child,
    make_department,
    make_department_officer,
    make_flag,
    make_foundation_officer,
    make_referral,
    make_supervisor,
    parent,
)


@pytest.fixture
def case(mother, officer, education):
    """A girl with everything in her file, and a task that discloses her school to the education department."""
    girl = make_child(mother, name="陈雨欣", resident_id=NUMBER, parents=(parent("51", "陈志强", phone="13900001234"),))
    return make_referral(officer, make_flag(mother, girl), [education])


@pytest.fixture
def task(case):
    return case.tasks.get()


@pytest.fixture
def other_officer(world):
    """An officer of another department of the same county."""
    return make_department_officer(make_department("县民政局", DepartmentKind.CIVIL_AFFAIRS))


def but(answer, *names):
    return {key: value for key, value in answer.items() if key not in names}


def test_a_department_sees_its_task_and_exactly_what_it_discloses(education_officer, education, task, as_):
    answer = as_(education_officer).get(f"tasks/{task.id}/").json()

    assert answer == {
        "id": str(task.id),
        "department": {"id": str(education.id), "county_code": SUIYANG, "kind": "education", "name": "县教育局"},
        "title": "请县教育局办",
        "asked": "请安排就近插班。",
        "done_when": "",
        "disclosed": ["name", "sex", "birth_date", "school", "address"],
        "state": "sent",
        "sent_at": "2026-03-12T10:00:00+08:00",
        "return_reason": "",
        "clocks": [
            {
                "kind": "accept",
                "started_at": "2026-03-12T10:00:00+08:00",
                "due_at": "2026-03-16T10:00:00+08:00",
                "rule": "tasks.accept_working_days",
                "stopped_at": None,
            }
        ],
        "facts": [
            {"field": "name", "value": "陈雨欣"},
            {"field": "sex", "value": "female"},
            {"field": "birth_date", "value": "2014-06-01"},
            {"field": "school", "value": "Primary school"},
            {"field": "address", "value": "云脚村 上寨组"},
        ],
        "moves": [{"came_from": "", "went_to": "sent", "at": "2026-03-12T10:00:00+08:00", "why": ""}],
    }


def test_what_is_not_disclosed_is_nowhere_in_the_answer(education_officer, task, as_):
    body = as_(education_officer).get(f"tasks/{task.id}/").content.decode()
    body += as_(education_officer).get("tasks/").content.decode()

    for secret in (NUMBER, NUMBER[-4:], "陈志强", "13900001234", "13800002716", "陈国富", "开学两周没有到校"):
        assert secret not in body


def test_a_disclosed_id_number_is_masked(education_officer, task, as_):
    task.disclosed = [*task.disclosed, "resident_id"]
    task.save()

    facts = as_(education_officer).get(f"tasks/{task.id}/").json()["facts"]

    assert {"field": "resident_id", "value": f"520323**********{NUMBER[-2:]}"} in facts


def test_that_a_task_was_read_is_recorded(education_officer, task, as_):
    as_(education_officer).get(f"tasks/{task.id}/")

    entry = AuditEntry.objects.exclude(did="saw names").latest("id")
    assert (entry.by, entry.did, entry.on_kind, entry.on_id) == (
        education_officer,
        "read",
        "referrals.task",
        str(task.id),
    )


def test_a_withdrawn_task_discloses_nothing_any_more(officer, education_officer, task, as_):
    withdraw_task(task_id=task.id, words="已由学校解决", by=officer, at=NOW)

    answer = as_(education_officer).get(f"tasks/{task.id}/").json()

    assert (answer["state"], answer["facts"], answer["asked"], answer["done_when"]) == ("withdrawn", [], "", "")
    assert as_(officer).get(f"tasks/{task.id}/").json()["asked"] == "请安排就近插班。"


@pytest.mark.parametrize("who", ["other_officer", "other_mother", "other_county_officer"])
@pytest.mark.parametrize("path", ["", "accept/", "return/", "complete/", "confirm/", "send-again/", "withdraw/"])
def test_anybody_elses_task_is_no_task_at_all(request, task, who, path, as_):
    caller = as_(request.getfixturevalue(who))
    words = {"return/": {"reason": "other", "words": "x"}, "accept/": {}}.get(path, {"words": "x"})

    response = caller.post(f"tasks/{task.id}/{path}", words) if path else caller.get(f"tasks/{task.id}/")

    assert response.status_code == 404
    assert Task.objects.get().state == "sent"
    assert caller.get("tasks/").json()["results"] == []


def test_a_department_accepts_completes_and_the_mother_confirms(mother, education_officer, task, as_):
    department = as_(education_officer)

    accepted = department.post(f"tasks/{task.id}/accept/").json()
    completed = department.post(f"tasks/{task.id}/complete/", {"words": "3 月 16 日起在镇小插班"}).json()
    confirmed = as_(mother).post(f"tasks/{task.id}/confirm/", {"words": "看见她坐在三（2）班"}).json()

    assert [(clock["kind"], clock["stopped_at"] is not None) for clock in accepted["clocks"]] == [
        ("accept", True),
        ("complete", False),
    ]
    assert (accepted["state"], completed["state"], confirmed["state"]) == ("accepted", "completed", "confirmed")
    assert [(move["came_from"], move["went_to"], move["why"]) for move in confirmed["moves"]] == [
        ("", "sent", ""),
        ("sent", "accepted", ""),
        ("accepted", "completed", "3 月 16 日起在镇小插班"),
        ("completed", "confirmed", "看见她坐在三（2）班"),
    ]


def test_a_returned_task_is_sent_again_with_what_was_missing(officer, education_officer, task, as_):
    words = {"reason": "missing_papers", "words": "缺户口本复印件"}

    returned = as_(education_officer).post(f"tasks/{task.id}/return/", words).json()
    again = as_(officer).post(f"tasks/{task.id}/send-again/", {"words": "复印件已补"}).json()

    assert (returned["state"], returned["return_reason"]) == ("returned", "missing_papers")
    assert (again["state"], again["return_reason"]) == ("sent", "")
    assert [clock["stopped_at"] is not None for clock in again["clocks"]] == [True, False]


def test_a_task_that_moved_on_is_not_moved_twice(education_officer, task, as_):
    as_(education_officer).post(f"tasks/{task.id}/accept/")

    response = as_(education_officer).post(f"tasks/{task.id}/accept/")

    assert (response.status_code, response.json()["type"]) == (409, "urn:ccmp:problem:task-has-moved-on")


@pytest.mark.parametrize(
    ("move", "body", "field"),
    [
        ("return", {}, "reason"),
        ("return", {"reason": "lazy", "words": "x"}, "reason"),
        ("return", {"reason": "other"}, "words"),
        ("return", {"reason": "other", "words": " "}, "words"),
        ("complete", {}, "words"),
        ("complete", {"words": "x" * 4001}, "words"),
        ("accept", {"words": "x"}, "words"),
    ],
)
def test_an_answer_says_what_it_must(education_officer, task, as_, move, body, field):
    response = as_(education_officer).post(f"tasks/{task.id}/{move}/", body)

    assert (response.status_code, response.json()["field"]) == (400, field)
    assert Task.objects.get().state == "sent"


@pytest.mark.parametrize(
    ("who", "move"),
    [
        ("mother", "accept"),
        ("mother", "return"),
        ("mother", "withdraw"),
        ("officer", "accept"),
        ("officer", "complete"),
        ("officer", "confirm"),
        ("education_officer", "confirm"),
        ("education_officer", "send-again"),
        ("education_officer", "withdraw"),
    ],
)
def test_each_makes_her_own_moves_only(request, task, who, move, as_):
    words = {"accept": {}, "return": {"reason": "other", "words": "x"}}.get(move, {"words": "x"})

    response = as_(request.getfixturevalue(who)).post(f"tasks/{task.id}/{move}/", words)

    assert (response.status_code, response.json()["type"]) == (403, "urn:ccmp:problem:not-allowed")
    assert Task.objects.get().state == "sent"


def test_tasks_are_listed_to_department_village_and_county(mother, officer, education_officer, task, as_):
    def ids(user, **query):
        return [row["id"] for row in as_(user).get("tasks/", **query).json()["results"]]

    assert ids(education_officer) == ids(mother) == ids(officer) == ids(make_supervisor()) == [str(task.id)]
    assert ids(education_officer, state="sent") == [str(task.id)]
    assert ids(education_officer, state="accepted") == []
    assert ids(make_foundation_officer()) == ids(make_auditor()) == []


def test_no_list_tells_of_the_child(education_officer, task, as_):
    (row,) = as_(education_officer).get("tasks/").json()["results"]

    assert set(row) == {
        "id",
        "department",
        "title",
        "asked",
        "done_when",
        "disclosed",
        "state",
        "sent_at",
        "return_reason",
        "clocks",
    }


def test_a_department_officer_whose_post_ended_sees_nothing(education_officer, task, as_):
    education_officer.postings.update(ends_at=NOW)

    assert as_(education_officer).get("tasks/").json()["results"] == []
    assert as_(education_officer).get(f"tasks/{task.id}/").status_code == 404


def test_a_task_that_never_was_is_not_there(education_officer, as_):
    assert as_(education_officer).get(f"tasks/{uuid4()}/").status_code == 404


def test_a_list_of_tasks_costs_the_same_for_one_and_for_three(
    mother, officer, education, education_officer, as_, queries_of
):
    caller = as_(education_officer)
    make_referral(officer, make_flag(mother, make_child(mother)), [education])
    for_one = queries_of(lambda: caller.get("tasks/"))
    for _ in range(2):
        make_referral(officer, make_flag(mother, make_child(mother)), [education])

    assert queries_of(lambda: caller.get("tasks/")) == for_one == 5
