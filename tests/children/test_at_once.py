"""Two people at the same moment, on real connections: each outcome is one of those that could have come one after the other."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import Any

import pytest
from django.db import connections

from ccmp.identifiers import new_id
from ccmp.refusals import Refusal
from children.enums import Kept, MoveKind, TransferState
from children.models import Child, Difference, FileChange, Household, Move, PastStay, Transfer
from children.rules.file_fields import texts_of
from children.rules.transfers import Home
from children.services.change import change_child
from children.services.correct import Correction, correct_file
from children.services.differences import decide_difference
from children.services.of_age import close_stays_of_age
from children.services.transfers import decline_transfer, hand_over, take_over, withdraw_transfer
from tests.factories import FENGGANG_VILLAGE, NOW, STONE_SHOOT, make_child, make_mother, moment
from tests.factories.moves import ask_for, leave, offer
from tests.walls.asked import as_the_whole
from visits.models import VisitDeadline

pytestmark = pytest.mark.django_db(transaction=True)
NUMBER = "520323201406010027"


def at_once(*deeds: Callable[[], Any]) -> list[Any]:
    """What each did, or the refusal that it met. Anything else, a deadlock or an IntegrityError, is raised."""
    start = Barrier(len(deeds))

    def run(deed: Callable[[], Any]) -> Any:
        start.wait(10)
        try:
            return deed()
        except Refusal as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(deeds), initializer=as_the_whole) as threads:
        return list(threads.map(run, deeds))


def refused(results: list[Any]) -> int:
    return sum(isinstance(one, Refusal) for one in results)


def take(transfer: Transfer, by: Any, head: str, at: Any = NOW) -> Callable[[], Any]:
    return lambda: take_over(transfer_id=transfer.id, home=Home(head_name=head), by=by, at=at)


def correction(child: Child, **said: str) -> Correction:
    """What a page would send that was opened before anybody changed anything."""
    seen = texts_of(child)
    return Correction(new_id(), child.id, NOW, seen | said, seen)


def test_two_of_the_new_village_take_a_child_over_once(mother, other_mother, child):
    director, transfer = make_mother(STONE_SHOOT, "代班人", is_substitute=True), offer(mother, child)

    results = at_once(take(transfer, other_mother, "李国强"), take(transfer, director, "王大山"))

    assert refused(results) == 1
    assert (Move.objects.count(), PastStay.objects.count(), transfer.moves.count()) == (1, 1, 1)
    assert Household.objects.filter(village_code=STONE_SHOOT).count() == 1
    assert VisitDeadline.objects.running().count() == 1


@pytest.mark.parametrize("deed", ["withdraw", "decline", "die"])
def test_a_child_is_taken_over_or_the_transfer_ends_and_never_both(mother, other_mother, child, deed):
    director, transfer = make_mother(STONE_SHOOT, "代班人", is_substitute=True), offer(mother, child)
    other = {
        "withdraw": lambda: withdraw_transfer(transfer_id=transfer.id, by=mother, at=NOW),
        "decline": lambda: decline_transfer(transfer_id=transfer.id, answer="没有来过", by=director, at=NOW),
        "die": lambda: leave(mother, child, kind=MoveKind.DIED),
    }[deed]

    results = at_once(take(transfer, other_mother, "李国强"), other)

    child.refresh_from_db()
    transfer.refresh_from_db()
    assert refused(results) == 1
    assert (transfer.state == TransferState.DONE) == (child.village_code == STONE_SHOOT)
    assert transfer.moves.count() == 1
    assert (child.gone_why == "died") == (transfer.state == TransferState.OVER)


def test_on_the_birthday_the_nightly_job_and_a_mother_do_not_both_have_the_child(mother, other_mother):
    child = make_child(mother, born_on=date(2010, 6, 10))
    transfer, midnight = offer(mother, child), moment("2028-06-10 00:05")

    results = at_once(
        take(transfer, other_mother, "李国强", at=moment("2028-06-09 23:59")), lambda: close_stays_of_age(at=midnight)
    )

    child.refresh_from_db()
    transfer.refresh_from_db()
    assert (child.gone_on, child.gone_why, results[1]) == (date(2028, 6, 10), "of_age", 1)
    assert transfer.state == (TransferState.OVER if refused(results) else TransferState.DONE)
    assert Move.objects.filter(kind="of_age").count() == 1
    assert not VisitDeadline.objects.running().exists()


def test_two_nightly_jobs_let_each_child_go_once(mother):
    for day in range(1, 9):
        make_child(mother, born_on=date(2010, 6, day))

    results = at_once(*[lambda: close_stays_of_age(at=moment("2028-06-10 00:05"))] * 2)

    assert refused(results) == 0
    assert Move.objects.filter(kind="of_age").count() == 8


def test_two_villages_that_ask_for_one_child_are_one_request(mother, other_mother):
    make_child(mother, resident_id=NUMBER)
    third = make_mother(FENGGANG_VILLAGE)

    results = at_once(lambda: ask_for(other_mother, NUMBER), lambda: ask_for(third, NUMBER, to=FENGGANG_VILLAGE))

    assert (refused(results), Transfer.objects.count()) == (1, 1)


def test_offered_and_asked_for_at_once_it_is_one_transfer(mother, other_mother):
    child = make_child(mother, resident_id=NUMBER)

    results = at_once(lambda: ask_for(other_mother, NUMBER), lambda: offer(mother, child))

    assert (refused(results), Transfer.objects.count()) == (1, 1)


def test_two_children_who_cross_lock_nobody_out(mother, other_mother):
    one, other = make_child(mother, resident_id=NUMBER), make_child(other_mother, STONE_SHOOT, name="石小花")
    asked, offered = ask_for(other_mother, NUMBER), offer(other_mother, other, to=one.village_code)

    results = at_once(
        lambda: hand_over(transfer_id=asked.id, words="", by=mother, at=NOW), take(offered, mother, "陈国富")
    )

    assert refused(results) == 0
    assert set(Child.objects.values_list("name", "village_code")) == {
        (one.name, STONE_SHOOT), ("石小花", one.village_code),
    }  # fmt: skip


def test_a_file_is_changed_while_it_is_handed_over_or_after_it_by_nobody(mother, other_mother, child):
    transfer, said = offer(mother, child), correction(child, school_stage="junior")

    results = at_once(
        take(transfer, other_mother, "李国强"),
        lambda: correct_file(entry=said, by=mother, at=NOW),
    )

    child.refresh_from_db()
    assert child.village_code == STONE_SHOOT
    changed = FileChange.objects.filter(child=child)
    assert changed.count() == 1 - refused(results)
    assert {one.village_code for one in changed} <= {STONE_SHOOT}
    assert (child.school_stage == "junior") == (refused(results) == 0)


def test_different_fields_merge(mother, child):
    director = make_mother(name="代班人", is_substitute=True)
    one, other = correction(child, school_stage="junior"), correction(child, school_name="绥阳县实验小学")

    at_once(lambda: correct_file(entry=one, by=mother, at=NOW), lambda: correct_file(entry=other, by=director, at=NOW))

    child.refresh_from_db()
    assert (child.school_stage, child.school_name) == ("junior", "绥阳县实验小学")
    assert (Difference.objects.count(), FileChange.objects.count()) == (0, 2)


def test_of_the_same_field_both_values_are_kept_and_a_person_is_asked(mother, child):
    director = make_mother(name="代班人", is_substitute=True)
    one, other = correction(child, school_stage="junior"), correction(child, school_stage="senior")

    at_once(lambda: correct_file(entry=one, by=mother, at=NOW), lambda: correct_file(entry=other, by=director, at=NOW))

    child.refresh_from_db()
    difference = Difference.objects.get()
    assert {child.school_stage, difference.brought} == {"junior", "senior"}
    assert (difference.held, difference.is_open) == (child.school_stage, True)


def test_through_the_api_one_of_two_reads_both_values(mother, child):
    director = make_mother(name="代班人", is_substitute=True)

    def change(by: Any, stage: str) -> Callable[[], Any]:
        return lambda: change_child(
            child_id=child.id, version=child.version, changes={"school_stage": stage}, by=by, at=NOW
        )

    results = at_once(change(mother, "junior"), change(director, "senior"))

    held = Child.objects.get(pk=child.pk).school_stage
    [refusal] = [one for one in results if isinstance(one, Refusal)]
    assert refusal.particulars["values"]["school_stage"]["held"] == held
    assert {held, refusal.particulars["values"]["school_stage"]["sent"]} == {"junior", "senior"}


def test_two_who_choose_between_the_same_values_choose_once(mother, child):
    director = make_mother(name="代班人", is_substitute=True)
    both = [(mother, correction(child, school_stage="junior")), (director, correction(child, school_stage="senior"))]
    for by, entry in both:
        correct_file(entry=entry, by=by, at=NOW)
    difference = Difference.objects.get()

    def decide(by: Any, keep: Kept) -> Callable[[], Any]:
        return lambda: decide_difference(difference_id=difference.id, keep=keep, seen=difference.held, by=by, at=NOW)

    results = at_once(decide(mother, Kept.HELD), decide(director, Kept.BROUGHT))

    difference.refresh_from_db()
    child.refresh_from_db()
    assert refused(results) == 1
    assert child.school_stage == (difference.brought if difference.kept == Kept.BROUGHT else difference.held)
