"""What the phone's first page gathers: what came back, whom to ask after, how the risk went."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ccmp.moments import CHINA, day_of, now
from tests.factories import NOW, STONE_SHOOT, make_child, make_flag, make_visit
from visits.models import VisitDeadline
from visits.services.child_marks import levels_of, trend_of
from visits.services.concerns import concerns_for
from visits.services.flags import acknowledge_flag
from visits.services.news import news_for


def _hours_ago(hours):
    return f"{now().astimezone(CHINA) - timedelta(hours=hours):%Y-%m-%d %H:%M}"


def _to_visit_and_ask_after(mother):
    child = make_child(mother)
    VisitDeadline.objects.filter(child=child).update(due_on=day_of(now()))
    make_flag(mother, child, raised=_hours_ago(24))


@pytest.mark.parametrize("name", ["visits:today", "visits:due", "children:list"])
def test_a_list_asks_no_more_of_the_database_for_three_children_than_for_one(client, mother, name):
    client.force_login(mother)
    counts = []
    for more in (1, 2):
        for _one in range(more):
            _to_visit_and_ask_after(mother)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse(name)).status_code == 200
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_the_page_tells_the_countys_answer_and_whom_to_call(client, mother, officer, child):
    flag = make_flag(mother, child, raised=_hours_ago(2))
    acknowledge_flag(flag_id=flag.id, by=officer, at=now(), answer="明天派人去看。")
    client.force_login(mother)

    page = client.get(reverse("visits:today")).content.decode()

    assert "明天派人去看。" in page
    assert officer.full_name in page
    assert "tel:13800002716" in page


def test_an_answer_stands_for_thirty_days(mother, officer, child):
    flag = make_flag(mother, child)
    acknowledge_flag(flag_id=flag.id, by=officer, at=NOW, answer="明天派人去看。")

    said = news_for(mother, at=NOW + timedelta(days=30))

    assert [(one.about, one.text) for one in said] == [("陈雨欣", "明天派人去看。")]
    assert news_for(mother, at=NOW + timedelta(days=31)) == []


def test_nothing_of_the_next_village_is_told(mother, other_mother, officer):
    there = make_child(other_mother, STONE_SHOOT)
    flag = make_flag(other_mother, there)
    make_visit(other_mother, there, answers={"contact": 2})
    acknowledge_flag(flag_id=flag.id, by=officer, at=NOW, answer="明天派人去看。")

    assert news_for(mother, at=NOW) == []
    assert concerns_for(mother, at=NOW, most=5) == []
    assert [one.child for one in concerns_for(other_mother, at=NOW, most=5)] == [there]


def test_a_child_is_asked_after_once_the_graver_reason_first(mother):
    worried, in_danger, flagged = (make_child(mother, name=name) for name in ("杨思甜", "龙家宝", "杨洋"))
    make_visit(mother, worried, answers={"contact": 1})
    make_visit(mother, in_danger, answers={"contact": 1, "carer": 2})
    make_visit(mother, flagged, answers={"contact": 1})
    make_flag(mother, flagged)

    found = concerns_for(mother, at=NOW, most=5)

    assert [(one.child.name, one.state) for one in found] == [
        ("杨洋", "danger"),
        ("龙家宝", "danger"),
        ("杨思甜", "short"),
    ]
    assert [bool(one.flag) for one in found] == [True, False, False]
    assert [one.child for one in concerns_for(mother, at=NOW, most=1)] == [flagged]


def test_a_worry_that_the_next_visit_cleared_is_no_concern(mother, child):
    make_visit(mother, child, "2026-03-09 10:00", answers={"contact": 2})
    make_visit(mother, child, "2026-03-10 10:00", answers={"contact": 0})

    assert concerns_for(mother, at=NOW, most=5) == []


def test_the_drawing_runs_from_the_oldest_visit_to_the_newest(mother, child):
    low = make_visit(mother, child, "2026-03-02 10:00")
    high = make_visit(mother, child, "2026-03-09 10:00", answers={"carer": 2})

    trend = trend_of([high, low])

    assert [(point.x, point.y, point.state) for point in trend.points] == [("16%", 80, "met"), ("92%", 16, "danger")]
    assert trend.went == "up"
    assert trend_of([high]) is None


def test_the_mark_beside_a_name_is_the_level_of_the_running_deadline(mother, child):
    make_visit(mother, child, "2026-03-09 10:00", answers={"carer": 2})

    assert {mark.state for mark in levels_of([child], on=day_of(NOW)).values()} == {"danger"}
