"""What goes down to a mother's phone of visits and flags."""

import json
from datetime import timedelta
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import NOW, STONE_SHOOT, make_child, make_flag, make_visit
from visits.services.flags import acknowledge_flag, tell_police
from visits.services.phone import docs


def held(user: Any, *, at: Any = NOW) -> dict[str, Any]:
    """The sheets by id, as JSON would carry them."""
    return {doc.id: json.loads(json.dumps(doc.body)) for doc in docs(user, at=at)}


def test_a_child_without_visits_and_flags_needs_no_sheet(mother, child):
    assert set(held(mother)) == {"checklist", "news"}


def test_a_visit_goes_down_with_its_answers_and_notes(mother, child):
    visit = make_visit(
        mother, child, "2026-03-10 15:00", answers={"carer": 1, "mood": 0}, notes={"carer": "奶奶腿疼"},
        note="孩子想妈妈", seen_alone=False, not_alone_because="奶奶一直在旁边",
    )  # fmt: skip

    assert held(mother)[f"visits:{child.id}"] == {
        "visits": [
            {
                "id": str(visit.id),
                "at": "2026-03-10T15:00+08:00",
                "level": "low",
                "alone": False,
                "answers": "1----------0------",
                "notes": {"carer": "奶奶腿疼"},
                "note": "孩子想妈妈",
                "because": "奶奶一直在旁边",
            }
        ]
    }


def test_older_visits_go_down_as_a_list_shows_them_and_the_last_that_counted_in_full(mother, child):
    for number, day in enumerate(["03-01", "03-03", "03-05", "03-07"]):
        make_visit(mother, child, f"2026-{day} 15:00", answers={"carer": 0}, note=f"{number}" * 90)
    for day in ("03-08", "03-09"):
        make_visit(mother, child, f"2026-{day} 15:00", outcome="nobody_home", answers={})

    visits = held(mother)[f"visits:{child.id}"]["visits"]

    assert [(one["at"][5:10], one.get("listed", False)) for one in visits] == [
        ("03-09", False), ("03-08", False), ("03-07", False), ("03-05", True), ("03-03", True), ("03-01", True),
    ]  # fmt: skip
    assert [visits[0]["how"], len(visits[2]["note"]), len(visits[3]["note"])] == ["nobody_home", 90, 61]
    assert "answers" not in visits[3]


def test_what_lies_half_a_year_back_goes_down_no_more_but_the_last_two_and_the_last_that_counted(mother, child):
    make_visit(mother, child, "2026-03-02 15:00", answers={"carer": 0})
    made = [make_visit(mother, child, f"2026-03-0{day} 15:00", answers={"carer": 0}) for day in (3, 4)]
    tried = [make_visit(mother, child, f"2026-03-0{day} 15:00", outcome="nobody_home", answers={}) for day in (5, 6)]

    kept = held(mother, at=NOW + timedelta(days=200))[f"visits:{child.id}"]["visits"]

    assert [one["id"] for one in kept] == [str(one.id) for one in (tried[1], tried[0], made[1])]


def test_visits_beyond_the_list_are_points_of_the_drawing_only(mother, child):
    for hour in range(8, 16):
        make_visit(mother, child, f"2026-03-09 {hour:02}:00", answers={"carer": 0}, note="好")

    visits = held(mother)[f"visits:{child.id}"]["visits"]

    assert visits[6:] == [
        {"at": "2026-03-09T09:00+08:00", "level": "low", "listed": 1},
        {"at": "2026-03-09T08:00+08:00", "level": "low", "listed": 1},
    ]


def test_a_flag_goes_down_with_its_clocks_its_steps_and_the_answer(mother, officer, child):
    flag = make_flag(mother, child, "2026-03-11 09:00", kind="domestic_violence", seen="手臂上有青一块紫一块的")
    tell_police(flag_id=flag.id, told_at=NOW, told_whom="洋川派出所", by=mother, at=NOW)
    acknowledge_flag(flag_id=flag.id, by=officer, at=NOW, answer="明天派人去看。")

    [told] = held(mother)[f"visits:{child.id}"]["flags"]

    assert told | {"clocks": [], "moves": []} == {
        "id": str(flag.id),
        "kind": "domestic_violence",
        "severity": "mandatory",
        "state": "acknowledged",
        "at": "2026-03-11T09:00+08:00",
        "seen": "手臂上有青一块紫一块的",
        "answer": "明天派人去看。",
        "police_at": told["police_at"],
        "police_whom": "洋川派出所",
        "clocks": [],
        "moves": [],
    }
    assert {clock[0] for clock in told["clocks"]} == {"acknowledge", "written_record", "tell_reporter"}
    assert [move[0] for move in told["moves"]] == ["acknowledged"]


def test_a_flag_about_nobody_known_has_a_sheet_of_its_own(mother):
    flag = make_flag(mother, None, "2026-03-11 09:00", child_words="八九岁的男孩，在河边")

    assert held(mother)[f"flag:{flag.id}"]["words"] == "八九岁的男孩，在河边"


def test_what_came_back_goes_down_in_both_languages(mother, officer, child):
    flag = make_flag(mother, child)
    acknowledge_flag(flag_id=flag.id, by=officer, at=NOW, answer="明天派人去看。")

    news = held(mother)["news"]

    assert [news["zh-hans"][0]["word"], news["en"][0]["word"]] == ["县里已受理", "taken up by the county"]
    assert {one["text"] for language in news.values() for one in language} == {"明天派人去看。"}


def test_the_phone_is_told_every_checklist_kind_and_standard(mother):
    asked = held(mother)["checklist"]

    assert asked["lists"]["1"]["items"][0]["report"] == "no_guardian"
    assert asked["kinds"]["bullying"] == {"severity": "mandatory", "makes_high": True}
    assert asked["standards"]["visits.interval_days.high"][0][1] == 7


def test_nothing_of_another_village_goes_down(mother, other_mother):
    theirs = make_child(other_mother, STONE_SHOOT)
    make_visit(other_mother, theirs)
    make_flag(other_mother, theirs)

    assert set(held(mother)) == {"checklist", "news"}


def test_a_child_that_left_goes_down_for_its_flag_only_as_long_as_it_is_kept(mother, child):
    make_flag(mother, child)
    child.gone_on, child.gone_why = NOW.date(), "left"
    child.save()

    assert f"visits:{child.id}" in held(mother, at=NOW + timedelta(days=1))


def test_the_sheets_take_as_many_queries_for_three_children_as_for_one(mother):
    counts = []
    for more in (1, 2):
        for _one in range(more):
            one = make_child(mother)
            make_visit(mother, one)
            make_flag(mother, one)
        with CaptureQueriesContext(connection) as queries:
            list(docs(mother, at=NOW))
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 12
