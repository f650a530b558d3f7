"""One village's March 2026, counted from facts that went in through the programme's own services."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ccmp.moments import Month
from ccmp.places.models import Enrolment
from ccmp.reports.rules.figures import Activity, FlagsOfSeverity, Tally, TasksOfDepartment, VisitsAtLevel, Week
from ccmp.reports.services.collect import collect_village_months
from clubs.services.sessions import enter_session
from referrals.services.tasks import accept_task, complete_task, confirm_task, return_task
from tests.factories import (
    CLOUD_FOOT,
    STONE_SHOOT,
    make_activity,
    make_child,
    make_county_officer,
    make_department,
    make_department_officer,
    make_flag,
    make_mother,
    make_referral,
    make_session,
    make_visit,
    moment,
    parent,
)
from visits.services.flags import acknowledge_flag

MARCH = Month(2026, 3)
CUT_OFF = moment("2026-04-03 00:00")


def figures(*codes, cut_off=CUT_OFF, month=MARCH):
    codes = codes or (CLOUD_FOOT,)
    enrolments = list(Enrolment.objects.filter(village_code__in=codes))
    found = collect_village_months(month=month, enrolments=enrolments, cut_off=cut_off)
    return found[0] if len(codes) == 1 else found


def test_a_village_without_a_fact_is_silent_in_each_week_and_has_zero_of_everything(mother):
    found = figures()

    assert (found.name, found.township, found.county, found.province) == ("云脚村", "洋川街道", "绥阳县", "贵州省")
    assert [week.state for week in found.weeks] == ["silent"] * 4
    assert found.weeks[0] == Week(date(2026, 3, 2), 960, 0, "silent")
    assert (found.children, found.visits, found.flags, found.tasks, found.activities) == (0, (), (), (), ())


def test_weeks_are_those_of_the_month_and_of_the_five_before(mother):
    make_session(mother, "2026-03-09 08:00", "2026-03-09 20:00")
    make_session(mother, "2026-03-10 08:00", "2026-03-10 12:00")
    make_session(mother, "2026-03-18 16:00", "2026-03-18 18:00")

    found = figures()

    assert [(week.open_minutes, week.state) for week in found.weeks] == [
        (0, "silent"),
        (960, "met"),
        (120, "short"),
        (0, "silent"),
    ]
    assert found.earlier_weeks[0].monday == date(2025, 9, 29)
    assert found.earlier_weeks[-1].monday == date(2026, 2, 23)


def test_children_and_their_labels_are_those_of_the_month_s_last_day(mother):
    away = {"away_since": date(2025, 1, 1)}
    make_child(mother, parents=(parent("51", **away), parent("52", "杨秀英", **away)))
    make_child(mother, parents=(parent("51", **away), parent("52", "杨秀英")))
    make_child(mother, parents=(parent("51"), parent("52", "杨秀英")))

    found = figures()

    assert (found.children, found.left_behind, found.left_by_both, found.left_by_one) == (3, 1, 1, 1)


def test_visits_due_in_the_month_by_level(mother):
    kept, late, missed = (
        make_child(mother, at=moment("2026-01-05 09:00"), made_at=moment("2026-01-05 09:00")) for _n in range(3)
    )
    make_visit(mother, kept, "2026-03-05 10:00")  # due 60 days after registration: 6 March
    make_visit(mother, late, "2026-03-09 10:00")
    make_visit(mother, missed, "2026-03-10 10:00", outcome="nobody_home")

    found = figures()

    assert found.visits == (VisitsAtLevel("none", due=3, in_time=1, late=1, overdue=1),)
    assert (found.visits_made, found.children_visited) == (2, 2)
    assert found.attempts == (Tally("completed", 2), Tally("nobody_home", 1))


def test_what_was_recorded_after_the_cut_off_does_not_count(mother):
    child = make_child(mother, at=moment("2026-01-05 09:00"), made_at=moment("2026-01-05 09:00"))
    before = figures()
    from ccmp.identifiers import new_id
    from clubs.entries import SessionEntry

    opened = moment("2026-03-09 08:00")
    entry = SessionEntry(
        id=new_id(), village_code=CLOUD_FOOT, made_at=opened, opened_at=opened, closed_at=moment("2026-03-09 20:00")
    )
    enter_session(entry=entry, by=mother, at=moment("2026-04-04 09:00"))
    from visits.entries import VisitEntry
    from visits.services.visits import record_visit

    visit = VisitEntry(
        id=new_id(),
        child=child.id,
        made_at=moment("2026-03-05 10:00"),
        outcome="completed",
        answers={"carer": 0, "contact": 0, "injury": 0},
        seen_alone=True,
    )
    record_visit(entry=visit, by=mother, at=moment("2026-04-04 09:00"))

    assert figures() == before
    later = figures(cut_off=moment("2026-04-05 00:00"))
    assert (later.visits_made, later.open_minutes) == (1, 720)
    assert later.visits == (VisitsAtLevel("none", due=1, in_time=1, late=0, overdue=0),)


def test_sessions_attendance_and_activities(mother):
    children = [make_child(mother) for _n in range(2)]
    make_session(mother, "2026-03-09 16:00", "2026-03-09 18:00", attended=frozenset(one.id for one in children))
    make_session(mother, "2026-03-10 16:00", "2026-03-10 18:00", attended=frozenset({children[0].id}))
    make_session(mother, "2026-03-11 16:00", "2026-03-11 18:00")
    make_activity(mother, "2026-03-09 16:30", theme="drowning", children=12)

    found = figures()

    assert (found.sessions, found.empty_sessions, found.children_attending, found.attendances) == (3, 1, 2, 3)
    assert found.activities == (Activity(date(2026, 3, 9), "drowning", 12),)


def test_flags_by_what_their_clock_said_at_the_cut_off(mother, officer):
    child = make_child(mother)
    in_time = make_flag(mother, child, "2026-03-11 09:00")
    late = make_flag(mother, child, "2026-03-11 10:00")
    make_flag(mother, child, "2026-03-12 10:00")
    acknowledge_flag(flag_id=in_time.id, by=officer, at=moment("2026-03-12 09:00"))
    acknowledge_flag(flag_id=late.id, by=officer, at=moment("2026-03-20 09:00"))

    assert figures().flags == (FlagsOfSeverity("serious", raised=3, in_time=1, late=1, waiting=0, overdue=1),)


def test_a_flag_taken_up_after_the_cut_off_was_overdue_at_it(mother, officer):
    flag = make_flag(mother, make_child(mother), "2026-03-30 09:00")
    acknowledge_flag(flag_id=flag.id, by=officer, at=moment("2026-04-04 09:00"))

    assert figures().flags == (FlagsOfSeverity("serious", raised=1, in_time=0, late=0, waiting=0, overdue=1),)


def test_tasks_by_department(mother, officer, education, education_officer):
    health = make_department("县卫健局", "health")
    make_department_officer(health)
    flag = make_flag(mother, make_child(mother), "2026-03-04 09:00")
    acknowledge_flag(flag_id=flag.id, by=officer, at=moment("2026-03-04 10:00"))
    referral = make_referral(officer, flag, [education, health], at=moment("2026-03-04 11:00"))
    task = referral.tasks.get(department=education)
    accept_task(task_id=task.id, by=education_officer, at=moment("2026-03-05 09:00"))
    complete_task(task_id=task.id, words="已插班", by=education_officer, at=moment("2026-03-10 09:00"))
    confirm_task(task_id=task.id, words="坐进教室了", by=mother, at=moment("2026-03-12 09:00"))

    found = figures()

    assert found.tasks == (
        TasksOfDepartment("education", "县教育局", 1, 1, 1, 1, 1, 1, 1, 0, 0, 0),
        TasksOfDepartment("health", "县卫健局", 1, 1, 0, 0, 0, 0, 0, 0, 1, 27),
    )
    assert (found.referrals_opened, found.referrals_closed, found.referrals_open) == (1, 0, 1)


def test_a_returned_task_is_returned_and_nobody_s_to_complete(mother, officer, education, education_officer):
    flag = make_flag(mother, make_child(mother), "2026-03-04 09:00")
    acknowledge_flag(flag_id=flag.id, by=officer, at=moment("2026-03-04 10:00"))
    task = make_referral(officer, flag, [education], at=moment("2026-03-04 11:00")).tasks.get()
    accept_task(task_id=task.id, by=education_officer, at=moment("2026-03-05 09:00"))
    return_task(
        task_id=task.id, reason="not_ours", words="请转民政", by=education_officer, at=moment("2026-03-06 09:00")
    )

    assert figures().tasks == (TasksOfDepartment("education", "县教育局", 1, 1, 1, 0, 0, 0, 0, 1, 0, 0),)


@pytest.mark.django_db
def test_one_village_costs_as_many_queries_as_three(world):
    for code in (CLOUD_FOOT, STONE_SHOOT):
        mother = make_mother(code)
        make_session(mother, village_code=code, attended=frozenset({make_child(mother, code).id}))
    make_county_officer()

    with CaptureQueriesContext(connection) as one:
        figures(CLOUD_FOOT)
    with CaptureQueriesContext(connection) as three:
        figures(CLOUD_FOOT, STONE_SHOOT, "520323101201")

    assert len(one) == len(three) < 40
