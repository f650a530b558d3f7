"""Children leave their village's register, die, were there by mistake, come back: stays, deadlines, refusals."""

from datetime import date

import pytest

from ccmp.audit.models import AuditEntry
from ccmp.identifiers import new_id
from ccmp.refusals import NotAllowed, SameIdOtherContent
from children.enums import GoneWhy, MoveKind
from children.models import Child, Move, PastStay
from children.rules.moves import BadMove, GoneAlready, MoveEntry
from children.services.moves import note_leaving
from tests.factories import CLOUD_FOOT, NOW, make_child, make_flag, make_visit, moment
from tests.factories.moves import come_back, leave
from visits.models import Flag, VisitDeadline

TENTH, TWELFTH = date(2026, 3, 10), date(2026, 3, 12)


def stays_of(child: Child) -> list[tuple[str, date, date, str]]:
    return list(child.past_stays.order_by("since").values_list("village_code", "since", "until", "why"))


def in_register(on: date) -> set[str]:
    found = set(Child.objects.in_register(on=on).values_list("name", flat=True))
    assert found == {one.name for one in Child.objects.all() if one.is_in_register(on=on)}
    return found


def test_a_child_who_moved_away_leaves_the_register_on_that_day(mother, child):
    gone = leave(mother, child)

    assert (gone.gone_on, gone.gone_why) == (TENTH, GoneWhy.LEFT)
    assert in_register(date(2026, 3, 9)) == {"陈雨欣"}
    assert in_register(TENTH) == set()
    move = Move.objects.get()
    assert (move.kind, move.on, move.where, move.recorded_by) == (MoveKind.LEFT, TENTH, "广东东莞", mother)
    assert AuditEntry.objects.filter(did="noted as gone", on_id=str(child.id)).get().detail == {"why": "left"}


def test_no_visit_is_due_to_a_child_who_left_but_flags_go_on(mother, child):
    make_visit(mother, child, "2026-03-05 15:00")
    flag = make_flag(mother, child, "2026-03-06 09:00")

    leave(mother, child)

    closed = VisitDeadline.objects.order_by("id").last()
    assert (closed.closed_on, closed.closed_because) == (TENTH, "left")
    assert not VisitDeadline.objects.running().exists()
    assert list(Flag.objects.visible_to(mother).unsettled()) == [flag]


def test_the_county_may_note_it_too_and_a_neighbour_may_not(officer, other_mother, child):
    with pytest.raises(NotAllowed):
        leave(other_mother, child)

    leave(officer, child, kind=MoveKind.DIED)

    child.refresh_from_db()
    assert child.gone_why == GoneWhy.DIED


def test_the_same_entry_again_changes_nothing_and_other_content_is_refused(mother, child):
    number = new_id()
    leave(mother, child, id=number)
    leave(mother, child, id=number)

    with pytest.raises(SameIdOtherContent):
        leave(mother, child, on=date(2026, 3, 9), id=number)
    assert Move.objects.count() == 1


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"on": date(2026, 3, 13)}, "on"),
        ({"on": date(2014, 5, 31)}, "on"),
        ({"on": date(2026, 2, 28)}, "on"),
        ({"where": "  "}, "where"),
        ({"kind": MoveKind.MISTAKEN, "note": ""}, "note"),
    ],
)
def test_what_cannot_be_true_is_refused_and_nothing_is_written(mother, child, said, field):
    with pytest.raises(BadMove) as refusal:
        leave(mother, child, **said)

    child.refresh_from_db()
    assert (refusal.value.field, child.gone_on, Move.objects.count()) == (field, None, 0)


def test_who_is_gone_does_not_go_again(mother, officer, child):
    """A phone's entry arrives after the county has noted another day."""
    leave(officer, child)

    with pytest.raises(GoneAlready) as refusal:
        leave(mother, child, on=date(2026, 3, 8))

    assert "陈雨欣" in str(refusal.value)
    assert Move.objects.count() == 1


def test_a_child_who_comes_back_begins_a_new_stay(mother, child):
    leave(mother, child)

    back = come_back(mother, child)

    assert (back.here_since, back.gone_on, back.gone_why) == (TWELFTH, None, "")
    assert stays_of(child) == [(CLOUD_FOOT, date(2026, 3, 1), TENTH, "left")]
    assert in_register(date(2026, 3, 9)) == {"陈雨欣"}
    assert in_register(date(2026, 3, 11)) == set()
    assert in_register(TWELFTH) == {"陈雨欣"}


def test_what_was_due_when_it_left_is_due_again_when_it_is_back(mother, child):
    make_visit(mother, child, "2026-03-05 15:00", override="runaway")
    leave(mother, child, on=date(2026, 3, 6))

    come_back(mother, child)

    running = VisitDeadline.objects.running().get()
    assert (running.level, running.set_on, running.due_on) == ("high", TWELFTH, TWELFTH)
    past_due = Child.objects.get(pk=child.pk)
    assert past_due.is_in_register(on=TWELFTH)


def test_a_child_comes_back_neither_before_it_left_nor_when_it_never_left(mother, child):
    with pytest.raises(BadMove):
        come_back(mother, child)
    leave(mother, child)
    with pytest.raises(BadMove):
        come_back(mother, child, on=date(2026, 3, 9))
    with pytest.raises(BadMove):
        come_back(mother, child, on=date(2026, 3, 13))

    assert PastStay.objects.count() == 0
    come_back(mother, child, on=TENTH)
    assert stays_of(child) == [(CLOUD_FOOT, date(2026, 3, 1), TENTH, "left")]


def test_who_came_back_may_leave_again_but_not_before_that(mother, child):
    leave(mother, child)
    come_back(mother, child)

    with pytest.raises(BadMove):
        leave(mother, child, on=date(2026, 3, 11))
    leave(mother, child, on=TWELFTH)

    assert Child.objects.get().gone_on == TWELFTH


def test_who_is_eighteen_does_not_come_back(mother):
    child = make_child(mother, born_on=date(2008, 3, 12), at=moment("2026-03-01 09:00"))
    leave(mother, child, on=date(2026, 3, 11))

    with pytest.raises(BadMove):
        come_back(mother, child)


def test_nobody_is_noted_as_gone_by_somebody_without_a_post(mother, child, education_officer):
    with pytest.raises(NotAllowed):
        note_leaving(entry=MoveEntry(child.id, MoveKind.LEFT, TENTH, "东莞"), by=education_officer, at=NOW)
