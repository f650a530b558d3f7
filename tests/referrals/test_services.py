from datetime import timedelta

import pytest

from ccmp.identifiers import new_id
from ccmp.people.enums import DepartmentKind
from ccmp.refusals import NotAllowed
from referrals.entries import ReferralEntry
from referrals.enums import Disclosed, ReferralState, TaskClockKind, TaskState
from referrals.models import Referral, Task, TaskHasMovedOn
from referrals.rules.disclosure import disclosed_facts
from referrals.rules.permission import BadReferral
from referrals.services.referrals import close_referral, open_referral, send_task
from referrals.services.tasks import accept_task, complete_task, confirm_task, return_task, send_again, withdraw_task
from tests.factories import (
    FENGGANG,
    NOW,
    TODAY,
    make_department,
    make_department_officer,
    make_flag,
    make_referral,
    moment,
    task_entry,
)
from visits.enums import FlagState


@pytest.fixture
def health(world):
    return make_department("县卫生健康局", DepartmentKind.HEALTH)


@pytest.fixture
def health_officer(health):
    return make_department_officer(health, name="韦明珠")


@pytest.fixture
def flag(mother, child):
    return make_flag(mother, child)


@pytest.fixture
def referral(officer, flag, education, health):
    return make_referral(officer, flag, [education, health])


def task_of(referral, department) -> Task:
    return Task.objects.get(referral=referral, department=department)


def due(task, kind):
    return task.clocks.get(kind=kind, stopped_at__isnull=True).due_at


def test_a_referral_moves_its_flag_on_and_gives_each_department_two_working_days(referral, flag, education):
    flag.refresh_from_db()

    assert flag.state == FlagState.REFERRED
    assert referral.tasks.count() == 2
    assert due(task_of(referral, education), TaskClockKind.ACCEPT) == moment("2026-03-16 10:00")


def test_a_departments_officer_sees_her_task_and_no_other(referral, education, education_officer, health_officer):
    seen = list(Task.objects.visible_to(education_officer))

    assert seen == [task_of(referral, education)]
    assert not Referral.objects.visible_to(education_officer).exists()


def test_exactly_the_disclosed_fields_are_shown(referral, education, child):
    shown = {fact.field: fact.value for fact in disclosed_facts(task_of(referral, education), on=TODAY)}

    assert shown == {
        Disclosed.NAME: "陈雨欣",
        Disclosed.SEX: str(child.get_sex_display()),
        Disclosed.BIRTH_DATE: "2014-06-01",
        Disclosed.SCHOOL: str(child.get_school_stage_display()),
        Disclosed.ADDRESS: "云脚村 上寨组",
    }


def test_a_withdrawn_task_discloses_nothing_any_more(referral, education, officer):
    task = withdraw_task(task_id=task_of(referral, education).id, words="家里已经办好", by=officer, at=NOW)

    assert disclosed_facts(task, on=TODAY) == []


def test_a_task_goes_from_sent_to_the_child_has_it(referral, education, education_officer, mother):
    task_id = task_of(referral, education).id

    accept_task(task_id=task_id, by=education_officer, at=NOW)
    done_by = due(Task.objects.get(pk=task_id), TaskClockKind.COMPLETE)
    complete_task(task_id=task_id, words="已插入五年级二班。", by=education_officer, at=NOW + timedelta(days=3))
    seen_by = due(Task.objects.get(pk=task_id), TaskClockKind.CONFIRM)
    task = confirm_task(task_id=task_id, words="看到她坐在教室里。", by=mother, at=NOW + timedelta(days=5))

    assert task.state == TaskState.CONFIRMED
    assert done_by == moment("2026-04-02 10:00")  # 15 working days
    assert seen_by == NOW + timedelta(days=10)
    assert [move.went_to for move in task.moves.order_by("at", "id")] == ["sent", "accepted", "completed", "confirmed"]
    assert not task.clocks.running().exists()


def test_a_returned_task_comes_back_with_its_reason_and_can_be_sent_again(
    referral, education, education_officer, officer
):
    task_id = task_of(referral, education).id

    returned = return_task(
        task_id=task_id, reason="missing_papers", words="缺户口簿复印件", by=education_officer, at=NOW
    )
    again = send_again(task_id=task_id, words="附上了", by=officer, at=NOW + timedelta(days=1))

    assert (returned.state, returned.return_reason) == (TaskState.RETURNED, "missing_papers")
    assert (again.state, again.return_reason) == (TaskState.SENT, "")
    assert due(again, TaskClockKind.ACCEPT) == moment("2026-03-17 10:00")


def test_another_department_cannot_answer(referral, education, health_officer, mother):
    for by in (health_officer, mother):
        with pytest.raises(NotAllowed):
            accept_task(task_id=task_of(referral, education).id, by=by, at=NOW)


def test_an_answer_to_yesterdays_page_is_told_that_the_task_has_moved_on(referral, education, education_officer):
    task_id = task_of(referral, education).id
    accept_task(task_id=task_id, by=education_officer, at=NOW)

    with pytest.raises(TaskHasMovedOn):
        accept_task(task_id=task_id, by=education_officer, at=NOW)

    assert Task.objects.get(pk=task_id).moves.count() == 2


@pytest.mark.parametrize(
    ("answer", "field"),
    [
        (lambda task, by: return_task(task_id=task, reason="missing_papers", words=" ", by=by, at=NOW), "words"),
        (lambda task, by: return_task(task_id=task, reason="tired", words="不办", by=by, at=NOW), "reason"),
    ],
)
def test_a_return_says_why(referral, education, education_officer, answer, field):
    with pytest.raises(BadReferral) as refused:
        answer(task_of(referral, education).id, education_officer)

    assert refused.value.field == field


def test_a_referral_is_closed_when_no_task_is_left_with_a_department(
    referral, officer, education_officer, health, mother, education
):
    with pytest.raises(BadReferral) as refused:
        close_referral(referral_id=referral.id, result="solved", words="上学了", by=officer, at=NOW)
    assert "县教育局" in str(refused.value)

    withdraw_task(task_id=task_of(referral, health).id, words="不用了", by=officer, at=NOW)
    accept_task(task_id=task_of(referral, education).id, by=education_officer, at=NOW)
    complete_task(task_id=task_of(referral, education).id, words="办好了", by=education_officer, at=NOW)
    closed = close_referral(referral_id=referral.id, result="solved", words="上学了", by=officer, at=NOW)

    closed.flag.refresh_from_db()
    assert (closed.state, closed.flag.state, closed.flag.answer) == (ReferralState.CLOSED, FlagState.CLOSED, "上学了")


def test_a_referral_sent_twice_is_one(officer, flag, education):
    why = {"without_consent_because": "父母联系不上"}
    entry = ReferralEntry(id=new_id(), goal="上学", tasks=(task_entry(education),), flag=flag.id, **why)

    assert open_referral(entry=entry, by=officer, at=NOW) == open_referral(entry=entry, by=officer, at=NOW)
    assert Task.objects.count() == 1


def test_a_task_to_another_countys_department_is_refused_and_nothing_is_written(officer, flag):
    elsewhere = make_department("凤冈县教育局", county=FENGGANG)

    with pytest.raises(BadReferral):
        make_referral(officer, flag, [elsewhere])

    flag.refresh_from_db()
    assert (Referral.objects.count(), flag.state) == (0, FlagState.RAISED)


def test_only_the_county_refers(mother, other_county_officer, flag, education):
    for by in (mother, other_county_officer):
        with pytest.raises(NotAllowed):
            make_referral(by, flag, [education])


def test_another_department_can_be_asked_later(referral, officer):
    more = make_department("县残联", DepartmentKind.DISABLED_FEDERATION)

    send_task(referral_id=referral.id, entry=task_entry(more, "评残"), by=officer, at=NOW)

    assert referral.tasks.count() == 3
