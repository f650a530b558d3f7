from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccmp.identifiers import new_id
from ccmp.refusals import SameIdOtherContent
from tests.factories import NOW, STONE_SHOOT, make_child, make_flag, make_visit, moment
from visits.entries import VisitEntry
from visits.enums import Closing, RiskLevel
from visits.models import Visit, VisitDeadline
from visits.rules.checklists import checklist
from visits.rules.due import Turn, chain_of_deadlines
from visits.rules.visits import BadVisit, NoSuchChild
from visits.services.visits import record_visit, record_visits

REGISTERED = date(2026, 3, 1)


def chain(*turns: Turn) -> list[tuple[str, str, str]]:
    dues = chain_of_deadlines(registered_on=REGISTERED, turns=list(turns))
    return [(due.level, f"{due.due_on:%m-%d}", due.closed_because) for due in dues]


def visited(day: date, level: RiskLevel) -> Turn:
    return Turn(day, level, new_id())


def test_a_child_that_nobody_visited_is_due_sixty_days_after_registration():
    assert chain() == [("none", "04-30", "")]


@pytest.mark.parametrize(("level", "next_due"), [("high", "03-12"), ("medium", "04-04"), ("low", "06-03")])
def test_the_next_visit_is_due_by_the_level_of_the_last(level, next_due):
    assert chain(visited(date(2026, 3, 5), RiskLevel(level))) == [("none", "04-30", "visited"), (level, next_due, "")]


def test_a_trigger_pulls_the_visit_forward_to_the_next_day():
    assert chain(visited(date(2026, 3, 5), RiskLevel.LOW), Turn(date(2026, 3, 20), RiskLevel.HIGH)) == [
        ("none", "04-30", Closing.VISITED),
        ("low", "06-03", Closing.PULLED_FORWARD),
        ("high", "03-21", ""),
    ]


def test_a_trigger_never_pushes_a_visit_back():
    late = chain(visited(date(2026, 3, 5), RiskLevel.HIGH), Turn(date(2026, 3, 12), RiskLevel.HIGH))

    assert late == [("none", "04-30", "visited"), ("high", "03-12", "")]


turns = st.lists(
    st.tuples(st.integers(0, 400), st.sampled_from(["high", "medium", "low"]), st.booleans()), max_size=12
).map(
    lambda rows: [
        Turn(
            REGISTERED + timedelta(days=day),
            RiskLevel(level) if was_visit else RiskLevel.HIGH,
            new_id() if was_visit else None,
        )
        for day, level, was_visit in sorted(rows)
    ]
)


@given(turns)
def test_exactly_one_deadline_runs_whatever_happened(happened):
    dues = chain_of_deadlines(registered_on=REGISTERED, turns=happened)

    assert [due.closed_because == "" for due in dues] == [False] * (len(dues) - 1) + [True]
    assert sum(due.met_by is not None for due in dues) == sum(turn.visit is not None for turn in happened)
    assert all(due.due_on >= due.set_on for due in dues)


def deadlines(child) -> list[tuple[str, date, str]]:
    rows = VisitDeadline.objects.filter(child=child).order_by("id")
    return [(row.level, row.due_on, row.closed_because) for row in rows]


def test_a_visit_that_found_nobody_leaves_the_child_due(mother, child):
    before = deadlines(child)

    make_visit(mother, child, outcome="nobody_home")

    assert deadlines(child) == before


def test_a_completed_visit_sets_the_next_one(mother, child):
    make_visit(mother, child, "2026-03-10 15:00")

    assert deadlines(child) == [("none", date(2026, 4, 30), "visited"), ("low", date(2026, 6, 8), "")]


def test_visits_that_arrive_in_the_wrong_order_give_the_same_deadlines(mother):
    in_order, backwards = make_child(mother), make_child(mother)
    visits = [("2026-03-03 15:00", {"carer": 2}), ("2026-03-10 15:00", {"carer": 0})]

    for made, answers in visits:
        make_visit(mother, in_order, made, answers=answers)
    for made, answers in reversed(visits):
        make_visit(mother, backwards, made, answers=answers)

    assert deadlines(in_order) == deadlines(backwards)
    assert deadlines(in_order)[-1] == ("low", date(2026, 6, 8), "")


def test_a_flag_that_makes_a_child_high_risk_pulls_its_visit_forward(mother, child):
    make_flag(mother, child, "2026-03-11 09:00", kind="unattended_under_8")

    assert deadlines(child)[-1] == ("high", date(2026, 3, 12), "")


@pytest.mark.parametrize(
    ("answers", "override", "score", "level"),
    [
        ({"carer": 0, "injury": 0}, "", 0, "low"),
        ({"contact": 1, "meeting": 2, "paper": 1}, "", 4, "medium"),
        ({"contact": 1, "meeting": 1, "paper": 1}, "", 3, "low"),
        ({"injury": 2}, "", 4, "high"),
        ({"mood": 2}, "", 4, "high"),
        ({"contact": 2, "meeting": 2, "paper": 2, "food": 2, "school": 2, "health": 2}, "", 12, "high"),
        ({"carer": 0}, "runaway", 0, "high"),
    ],
)
def test_the_level_is_override_first_then_a_danger_by_itself_then_the_score(answers, override, score, level):
    asked = checklist(1)

    assert (asked.score(answers), asked.level(answers, override=override)) == (score, level)


def test_the_checklist_has_eighteen_items_in_both_languages():
    assert len(checklist(1).item_ids) == 18
    assert all(item.zh and item.en for item in checklist(1).items)


def entry(child, made="2026-03-10 15:00", **facts):
    given = {"outcome": "completed", "answers": {"carer": 0}, "seen_alone": True}
    return VisitEntry(id=new_id(), child=child.id, made_at=moment(made), **(given | facts))


@pytest.mark.parametrize(
    ("made", "facts", "field"),
    [
        ("2014-05-31 10:00", {}, "made_at"),
        ("2026-03-12 10:01", {}, "made_at"),
        ("2026-03-10 15:00", {"seen_alone": None}, "seen_alone"),
        ("2026-03-10 15:00", {"seen_alone": False}, "not_alone_because"),
        ("2026-03-10 15:00", {"answers": {}}, "answers"),
        ("2026-03-10 15:00", {"answers": {"carer": 3}}, "answers"),
        ("2026-03-10 15:00", {"answers": {"horoscope": 1}}, "answers"),
        ("2026-03-10 15:00", {"outcome": "refused"}, "outcome"),
    ],
)
def test_a_visit_that_cannot_be_true_is_refused_and_nothing_is_written(mother, child, made, facts, field):
    with pytest.raises(BadVisit) as refused:
        record_visits(entries=[entry(child), entry(child, made, **facts)], by=mother, at=NOW)

    assert refused.value.field == field
    assert Visit.objects.count() == 0


def test_nobody_visits_a_child_of_another_village(mother, other_mother):
    stranger = make_child(other_mother, STONE_SHOOT)

    with pytest.raises(NoSuchChild):
        record_visit(entry=entry(stranger), by=mother, at=NOW)


def test_a_visit_sent_twice_is_one_visit_and_another_under_its_id_is_refused(mother, child):
    sent = entry(child)
    record_visit(entry=sent, by=mother, at=NOW)
    record_visit(entry=sent, by=mother, at=NOW)

    with pytest.raises(SameIdOtherContent):
        record_visit(entry=VisitEntry(**{**sent.__dict__, "note": "别的"}), by=mother, at=NOW)

    assert Visit.objects.count() == 1


def test_many_visits_cost_as_many_queries_as_one(mother, django_assert_max_num_queries):
    children = [make_child(mother) for _number in range(5)]

    with django_assert_max_num_queries(14):
        record_visits(entries=[entry(child) for child in children], by=mother, at=NOW)
