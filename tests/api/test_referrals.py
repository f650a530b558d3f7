"""Referrals: the county puts a child's need before several departments, until the child has what it needed."""

from uuid import UUID, uuid4

import pytest

from ccmp.people.enums import DepartmentKind
from referrals.models import Referral, Task
from tests.factories import (
    CLOUD_FOOT,
    FENGGANG,
    FENGGANG_VILLAGE,
    STONE_SHOOT,
    SUIYANG,
    make_child,
    make_department,
    make_flag,
    make_foundation_officer,
    make_mother,
    make_referral,
    make_supervisor,
)

ONE, TWO, THREE = (str(UUID(int=number)) for number in (1, 2, 3))


@pytest.fixture
def flag(mother, child):
    return make_flag(mother, child)


@pytest.fixture
def civil_affairs(world):
    return make_department("县民政局", DepartmentKind.CIVIL_AFFAIRS)


def task(department, **changes):
    return {"id": TWO, "department": str(department.id), "title": "插班入学", "asked": "请安排就近插班。", **changes}


def referral(flag, *tasks, **changes):
    return {
        "id": ONE,
        "flag": str(flag.id),
        "goal": "坐进教室",
        "goal_due_on": "2026-04-01",
        "answer": "已请教育局安排",
        "tasks": list(tasks),
        **changes,
    }


def task_kept(department, **changes):
    return {
        "id": TWO,
        "department": {
            "id": str(department.id),
            "county_code": SUIYANG,
            "kind": "education",
            "name": "县教育局",
        },
        "title": "插班入学",
        "asked": "请安排就近插班。",
        "done_when": "",
        "disclosed": ["name", "sex", "birth_date", "school", "address"],
        "state": "sent",
        "return_reason": "",
        **changes,
    }


def but(answer, *names):
    return {key: value for key, value in answer.items() if key not in names}


def test_a_flag_becomes_a_referral_and_its_tasks_go_out(officer, flag, education, civil_affairs, child, as_):
    sent = referral(
        flag, task(education, disclosed=["school"]), task(civil_affairs, id=THREE, title="临时救助", asked="请核实。")
    )

    response = as_(officer).post("referrals/", sent)

    answer = response.json()
    assert response.status_code == 201, answer
    tasks = answer.pop("tasks")
    assert but(answer, "opened_at") == {
        "id": ONE,
        "village_code": CLOUD_FOOT,
        "child": {"id": str(child.id), "village_code": CLOUD_FOOT, "name": "陈雨欣", "born_on": "2014-06-01"},
        "flag": str(flag.id),
        "goal": "坐进教室",
        "goal_due_on": "2026-04-01",
        "state": "open",
        "result": "",
        "closing_words": "",
    }
    assert but(tasks[0], "sent_at", "clocks") == task_kept(education)
    assert [(clock["kind"], clock["rule"], clock["stopped_at"]) for clock in tasks[0]["clocks"]] == [
        ("accept", "tasks.accept_working_days", None)
    ]
    assert [one["department"]["name"] for one in tasks] == ["县教育局", "县民政局"]
    flag.refresh_from_db()
    assert (flag.state, flag.answer) == ("referred", "已请教育局安排")


def test_a_referral_sent_again_is_kept_once(officer, flag, education, as_):
    sent = referral(flag, task(education, disclosed=["school"]))
    first = as_(officer).post("referrals/", sent)

    again = as_(officer).post("referrals/", sent)

    assert (first.status_code, again.status_code, again.json()) == (201, 200, first.json())
    assert (Referral.objects.count(), Task.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    "changes",
    [
        {"goal": "别的目标"},
        {"goal_due_on": None},
        {"answer": "别的话"},
        {"flag": None, "child": "the child"},
        {"title": "别的事"},
        {"disclosed": ["school", "resident_id"]},
        {"asked": "请别的。"},
        {"id of the task": THREE},
    ],
)
def test_the_same_id_with_other_content_is_refused(officer, flag, education, child, as_, changes):
    as_(officer).post("referrals/", referral(flag, task(education, disclosed=["school"])))
    asked = task(education, disclosed=["school"])
    asked |= {name: value for name, value in changes.items() if name in asked}
    asked["id"] = changes.get("id of the task", TWO)
    sent = referral(flag, asked)
    sent |= {name: value for name, value in changes.items() if name in sent}
    if "child" in changes:
        sent["child"] = str(child.id)

    response = as_(officer).post("referrals/", sent)

    assert response.status_code == 409
    assert response.json()["type"] == "urn:ccmp:problem:same-id-other-content"
    assert Task.objects.get().title == "插班入学"


def test_a_child_can_be_helped_without_a_flag(officer, child, education, as_):
    response = as_(officer).post(
        "referrals/", {"id": ONE, "child": str(child.id), "goal": "办户口", "tasks": [task(education)]}
    )

    assert response.status_code == 201
    assert (response.json()["flag"], response.json()["child"]["name"]) == (None, "陈雨欣")


@pytest.mark.parametrize(
    ("changes", "status", "field"),
    [
        ({"goal": ""}, 400, "goal"),
        ({"tasks": []}, 400, "tasks"),
        ({"tasks": [{}]}, 400, "tasks.0.id"),
        ({"tasks": "none"}, 400, "tasks"),
        ({"flag": "x"}, 400, "flag"),
        ({"goal_due_on": "2014-01-01"}, 400, "goal_due_on"),
        ({"flag": None}, 409, "child"),
        ({"department": str(uuid4())}, 409, "department"),
        ({"disclosed": ["everything"]}, 400, "tasks.0.disclosed.0"),
    ],
)
def test_what_cannot_be_is_refused_by_its_field(officer, flag, education, as_, changes, status, field):
    asked = task(education) | {name: value for name, value in changes.items() if name in ("department", "disclosed")}
    sent = referral(flag, asked) | {name: value for name, value in changes.items() if name not in asked}

    response = as_(officer).post("referrals/", sent)

    assert (response.status_code, response.json()["field"]) == (status, field)
    assert (Referral.objects.count(), Task.objects.count()) == (0, 0)


def test_a_department_of_another_county_gets_no_task(officer, flag, as_):
    elsewhere = make_department("凤冈县教育局", county=FENGGANG)

    response = as_(officer).post("referrals/", referral(flag, task(elsewhere)))

    assert (response.status_code, response.json()["field"]) == (409, "department")
    flag.refresh_from_db()
    assert flag.state == "raised"


def test_a_flag_of_another_county_and_no_flag_at_all_are_not_told_apart(officer, education, as_):
    elsewhere = make_mother(FENGGANG_VILLAGE)
    foreign = make_flag(elsewhere, make_child(elsewhere, FENGGANG_VILLAGE))

    theirs = as_(officer).post("referrals/", referral(foreign, task(education)))
    nobodys = as_(officer).post("referrals/", referral(foreign, task(education)) | {"flag": str(uuid4())})

    assert theirs.status_code == nobodys.status_code == 403
    assert theirs.json() == nobodys.json()
    assert not Referral.objects.exists()


@pytest.mark.parametrize("who", ["mother", "other_county_officer", "education_officer"])
def test_only_the_county_opens_referrals(request, who, flag, education, as_):
    response = as_(request.getfixturevalue(who)).post("referrals/", referral(flag, task(education)))

    assert response.status_code == 403
    assert not Referral.objects.exists()


def test_one_more_task_is_sent_once(officer, flag, education, civil_affairs, as_):
    as_(officer).post("referrals/", referral(flag, task(education)))
    more = task(civil_affairs, id=THREE, title="临时救助", done_when="钱到卡上")

    first = as_(officer).post(f"referrals/{ONE}/tasks/", more)
    again = as_(officer).post(f"referrals/{ONE}/tasks/", more)
    other = as_(officer).post(f"referrals/{ONE}/tasks/", more | {"title": "别的"})

    assert (first.status_code, first.json()["done_when"], first.json()["state"]) == (201, "钱到卡上", "sent")
    assert (again.status_code, again.json()) == (200, first.json())
    assert (other.status_code, other.json()["type"]) == (409, "urn:ccmp:problem:same-id-other-content")
    assert Task.objects.count() == 2


def test_a_tasks_id_is_its_own_in_the_whole_programme(officer, mother, flag, education, as_):
    as_(officer).post("referrals/", referral(flag, task(education)))
    other_flag = make_flag(mother, make_child(mother), "2026-03-11 10:00")
    as_(officer).post("referrals/", referral(other_flag, task(education, id=str(uuid4())), id=THREE))

    response = as_(officer).post(f"referrals/{THREE}/tasks/", task(education))

    assert (response.status_code, response.json()["type"]) == (409, "urn:ccmp:problem:same-id-other-content")


def test_a_referral_is_closed_when_no_task_runs_any_more(officer, education_officer, flag, education, as_):
    as_(officer).post("referrals/", referral(flag, task(education)))
    closing = {"result": "solved", "words": "已坐进教室"}

    early = as_(officer).post(f"referrals/{ONE}/close/", closing)
    as_(education_officer).post(f"tasks/{TWO}/accept/")
    as_(education_officer).post(f"tasks/{TWO}/complete/", {"words": "3 月 16 日起在镇小插班"})
    closed = as_(officer).post(f"referrals/{ONE}/close/", closing)
    again = as_(officer).post(f"referrals/{ONE}/close/", closing)

    assert (early.status_code, early.json()["type"]) == (409, "urn:ccmp:problem:bad-referral")
    assert (closed.status_code, closed.json()["state"], closed.json()["result"]) == (200, "closed", "solved")
    assert (again.status_code, again.json()["type"]) == (409, "urn:ccmp:problem:referral-has-moved-on")
    flag.refresh_from_db()
    assert (flag.state, flag.answer) == ("closed", "已坐进教室")


@pytest.mark.parametrize(
    ("body", "field"), [({}, "result"), ({"result": "x", "words": "x"}, "result"), ({"result": "solved"}, "words")]
)
def test_a_closed_referral_says_what_became_of_it(officer, flag, education, as_, body, field):
    as_(officer).post("referrals/", referral(flag, task(education)))

    response = as_(officer).post(f"referrals/{ONE}/close/", body)

    assert (response.status_code, response.json()["field"]) == (400, field)


@pytest.mark.parametrize(
    ("who", "status"),
    [("mother", 403), ("other_mother", 404), ("other_county_officer", 404), ("education_officer", 404)],
)
def test_only_its_county_closes_it_and_sends_its_tasks(request, officer, who, status, flag, education, as_):
    as_(officer).post("referrals/", referral(flag, task(education)))
    caller = as_(request.getfixturevalue(who))

    assert caller.post(f"referrals/{ONE}/close/", {"result": "solved", "words": "x"}).status_code == status
    assert caller.post(f"referrals/{ONE}/tasks/", task(education, id=THREE)).status_code == status
    assert (Referral.objects.get().state, Task.objects.count()) == ("open", 1)


def test_referrals_are_listed_by_reach_state_and_subtree(
    mother, other_mother, officer, other_county_officer, education_officer, education, flag, as_
):
    first = make_referral(officer, flag, [education])
    second = make_referral(
        officer,
        make_flag(other_mother, make_child(other_mother, STONE_SHOOT)),
        [education],
        first.opened_at.replace(hour=12),
    )

    def ids(user, **query):
        return [row["id"] for row in as_(user).get("referrals/", **query).json()["results"]]

    assert ids(officer) == [str(second.id), str(first.id)]
    assert ids(officer, under=STONE_SHOOT) == [str(second.id)]
    assert ids(officer, state="closed") == []
    assert ids(mother) == [str(first.id)]
    assert ids(make_supervisor()) == [str(second.id), str(first.id)]
    assert ids(other_county_officer) == ids(education_officer) == ids(make_foundation_officer()) == []
    assert as_(education_officer).get(f"referrals/{first.id}/").status_code == 404
    assert as_(mother).get(f"referrals/{first.id}/").json()["id"] == str(first.id)


def test_a_list_of_referrals_costs_the_same_for_one_and_for_three(mother, officer, education, as_, queries_of):
    caller = as_(officer)
    make_referral(officer, make_flag(mother, make_child(mother)), [education])
    for_one = queries_of(lambda: caller.get("referrals/"))
    for _ in range(2):
        make_referral(officer, make_flag(mother, make_child(mother)), [education])

    assert queries_of(lambda: caller.get("referrals/")) == for_one == 8
