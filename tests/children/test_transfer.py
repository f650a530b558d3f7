"""A child moves to another village of the programme: asked from either side, its file handed over in one stroke."""

from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError
from django.urls import reverse

from ccmp.audit.models import AuditEntry
from ccmp.identifiers import new_id
from ccmp.people.reach import as_of
from ccmp.refusals import NotAllowed
from children.entries import HouseholdEntry
from children.enums import MoveKind, Relation, TransferState
from children.models import Application, CareBar, Child, ChildGround, Household, Move, PastStay, Relative, Transfer
from children.models.stay import TransferHasMovedOn
from children.rules.moves import BadMove
from children.rules.transfers import AskedAlready, BadTransfer, Home, NoSuchFile
from children.services.entitlements import ApplicationEntry, note_application
from children.services.grounds import GroundEntry, note_ground
from children.services.handover import read_handover
from children.services.rehoming import GOES_WITH_THE_CHILD
from children.services.transfers import decline_transfer, hand_over, take_over, withdraw_transfer
from tests.factories import (
    CLOUD_FOOT,
    FENGGANG_VILLAGE,
    NOW,
    STONE_SHOOT,
    make_child,
    make_county_officer,
    make_department,
    make_flag,
    make_mother,
    make_referral,
    make_visit,
    moment,
    parent,
)
from tests.factories.moves import ask_for, come_back, leave, move_over, offer
from visits.models import Visit, VisitDeadline

NUMBER = "520323201406010027"
ELEVENTH = date(2026, 3, 11)
# Where they were written, they stay: what was done in a village is that village's, whoever keeps the file now.
STAYS_WHERE_IT_WAS = {
    "Attendance", "Flag", "Move", "PastStay", "Referral", "Transfer", "Unmasking", "Visit", "VisitDeadline",
}  # fmt: skip


def test_every_table_with_a_child_and_a_village_goes_along_or_stays():
    named = {model.__name__ for model in GOES_WITH_THE_CHILD}
    found = {
        model.__name__
        for model in apps.get_models()
        if model._meta.app_label != "changes"  # what stood there before stays where it was
        and {"child", "village_code"} <= {field.name for field in model._meta.get_fields() if field.concrete}
    }

    assert named & STAYS_WHERE_IT_WAS == set()
    assert found == named | STAYS_WHERE_IT_WAS


def test_the_new_village_takes_over_into_a_new_home(mother, other_mother, child):
    transfer = move_over(mother, other_mother, child)

    child.refresh_from_db()
    assert (child.village_code, child.here_since, child.gone_on) == (STONE_SHOOT, ELEVENTH, None)
    assert (child.household.head_name, child.household.village_code) == ("李国强", STONE_SHOOT)
    assert list(PastStay.objects.values_list("village_code", "since", "until", "why")) == [
        (CLOUD_FOOT, date(2026, 3, 1), ELEVENTH, "transferred")
    ]
    assert (Move.objects.get().village_code, Move.objects.get().kind) == (CLOUD_FOOT, MoveKind.TRANSFERRED)
    assert transfer.state == TransferState.DONE
    assert list(transfer.moves.values_list("came_from", "went_to", "by")) == [("waiting", "done", other_mother.pk)]
    assert set(AuditEntry.objects.filter(on_id=str(transfer.id)).values_list("did", flat=True)) == {
        "asked to take over", "handed over",
    }  # fmt: skip


def test_reach_ends_for_the_old_village_and_begins_for_the_new_one(mother, other_mother, child):
    third = make_mother(FENGGANG_VILLAGE)
    transfer = offer(mother, child)
    assert list(Child.objects.visible_to(other_mother)) == []

    take_over(transfer_id=transfer.id, home=Home(head_name="李国强"), by=other_mother, at=NOW)

    assert list(Child.objects.visible_to(mother)) == []
    assert list(Child.objects.visible_to(other_mother)) == [child]
    assert [list(Transfer.objects.visible_to(one)) for one in (mother, other_mother, third)] == [
        [transfer], [transfer], [],
    ]  # fmt: skip


def test_old_visits_stay_and_what_is_due_goes_along(mother, other_mother, child):
    visit = make_visit(mother, child, "2026-03-05 15:00", answers={"carer": 1, "contact": 2, "injury": 0})

    move_over(mother, other_mother, child)

    visit.refresh_from_db()
    assert visit.village_code == CLOUD_FOOT
    old, running = VisitDeadline.objects.order_by("-id")[1], VisitDeadline.objects.running().get()
    assert (old.village_code, old.closed_on, old.closed_because) == (CLOUD_FOOT, ELEVENTH, "left")
    assert (running.village_code, running.level, running.set_on, running.due_on) == (
        STONE_SHOOT, old.level, ELEVENTH, old.due_on,
    )  # fmt: skip


def test_a_visit_in_the_new_village_goes_on_from_there(mother, other_mother, child):
    make_visit(mother, child, "2026-03-05 15:00", override="runaway")
    move_over(mother, other_mother, child, on=date(2026, 3, 6))
    child.refresh_from_db()

    make_visit(other_mother, child, "2026-03-12 09:00")

    met = VisitDeadline.objects.filter(village_code=STONE_SHOOT).order_by("id").first()
    assert (met.closed_because, met.due_on) == ("visited", date(2026, 3, 12))
    assert VisitDeadline.objects.running().get().level == "low"


def test_grown_ups_of_this_child_alone_move_with_it(mother, other_mother, child):
    carer = child.guardianships.get().carer

    move_over(mother, other_mother, child)

    carer.refresh_from_db()
    child.refresh_from_db()
    assert (carer.village_code, carer.household_id) == (STONE_SHOOT, child.household_id)
    assert Relative.objects.count() == 1


def brother_and_sister(mother: Any) -> tuple[Child, Child]:
    """They share home and father, who is away and barred from care."""
    home = HouseholdEntry(id=new_id(), head_name="陈国富", neighbourhood="上寨组")
    father = parent(
        Relation.FATHER, "陈志强", born_on=date(1985, 2, 3), phone="13800001234", away_since=date(2026, 2, 1)
    )
    both = [
        make_child(mother, name=name, household=home, parents=(father,), carer=None) for name in ("陈雨欣", "陈雨辰")
    ]
    entered = {
        "village_code": CLOUD_FOOT,
        "made_at": NOW,
        "recorded_at": NOW,
        "recorded_by": mother,
        "fingerprint": "x",
    }
    CareBar.objects.create(relative_id=father.id, kind="gambling", since=date(2026, 1, 1), **entered)
    return both[0], both[1]


def test_a_father_shared_with_a_child_who_stays_is_torn_from_neither(mother, other_mother):
    sister, brother = brother_and_sister(mother)

    move_over(mother, other_mother, sister)

    stayed, there = brother.family[0].relative, Child.objects.get(pk=sister.pk).family[0].relative
    assert (stayed.village_code, there.village_code) == (CLOUD_FOOT, STONE_SHOOT)
    assert stayed.pk != there.pk
    assert (there.name, there.born_on, there.phone) == ("陈志强", date(1985, 2, 3), "13800001234")
    assert [one.stays_away.get().since for one in (stayed, there)] == [date(2026, 2, 1)] * 2
    assert [one.care_bars.get().village_code for one in (stayed, there)] == [CLOUD_FOOT, STONE_SHOOT]


def test_the_brother_who_follows_finds_his_father_there(mother, other_mother):
    sister, brother = brother_and_sister(mother)
    move_over(mother, other_mother, sister)
    home = Child.objects.get(pk=sister.pk).household_id

    move_over(mother, other_mother, brother, home=Home(id=home))

    both = Child.objects.order_by("name")
    assert {one.household_id for one in both} == {home}
    assert len({one.family[0].relative_id for one in both}) == 1


def test_flags_and_referrals_stay_with_the_county_and_stand_in_the_handover(mother, other_mother, officer, child):
    make_visit(mother, child, "2026-03-05 15:00")
    flag = make_flag(mother, child, "2026-03-06 09:00")
    referral = make_referral(officer, make_flag(mother, child, "2026-03-07 09:00"), [make_department()])

    transfer = move_over(mother, other_mother, child)

    for row in (flag, referral):
        row.refresh_from_db()
        assert row.village_code == CLOUD_FOOT
    paper = read_handover(transfer.handover)
    told = {part["title"]: part["lines"] for part in paper["parts"]}
    assert (paper["name"], paper["words"]) == ("陈雨欣", "外婆家在那边。")
    assert len(told["未了结的情况"]) == 2
    assert "县教育局" in told["未办结的转介"][0]
    assert "陈国富" in " ".join(line for lines in told.values() for line in lines)


def test_the_words_of_a_flag_and_health_are_not_in_the_handover(mother, other_mother, officer, child):
    note_ground(entry=GroundEntry(child.id, "infected", date(2026, 3, 1)), by=officer, at=NOW)
    note_application(entry=ApplicationEntry(child.id, "hiv_allowance", date(2026, 3, 2)), by=officer, at=NOW)
    note_application(entry=ApplicationEntry(child.id, "school_meals", date(2026, 3, 2)), by=officer, at=NOW)
    make_flag(mother, child, "2026-03-06 09:00", seen="父亲酒后打人")

    transfer = move_over(mother, other_mother, child)

    assert "酒后" not in transfer.handover
    assert "艾滋" not in transfer.handover
    assert "感染" not in transfer.handover
    assert {part["title"]: len(part["lines"]) for part in read_handover(transfer.handover)["parts"]}["福利待遇"] == 1
    assert {row.village_code for row in (*ChildGround.objects.all(), *Application.objects.all())} == {STONE_SHOOT}


def test_the_other_village_declines_with_a_reason(mother, other_mother, child):
    transfer = offer(mother, child)
    with pytest.raises(BadTransfer):
        decline_transfer(transfer_id=transfer.id, answer=" ", by=other_mother, at=NOW)

    declined = decline_transfer(transfer_id=transfer.id, answer="没有来过", by=other_mother, at=NOW)

    assert (declined.state, declined.answer) == (TransferState.DECLINED, "没有来过")
    assert Child.objects.get().village_code == CLOUD_FOOT
    assert offer(mother, child).state == TransferState.WAITING


def test_who_asked_takes_it_back_and_nobody_else(mother, other_mother, child):
    transfer = offer(mother, child)
    with pytest.raises(NotAllowed):
        withdraw_transfer(transfer_id=transfer.id, by=other_mother, at=NOW)
    with pytest.raises(NotAllowed):
        take_over(transfer_id=transfer.id, home=Home(head_name="李"), by=mother, at=NOW)

    withdraw_transfer(transfer_id=transfer.id, by=mother, at=NOW)
    again = withdraw_transfer(transfer_id=transfer.id, by=mother, at=NOW)

    assert (again.state, again.moves.count()) == (TransferState.WITHDRAWN, 1)


def test_one_transfer_waits_at_a_time(mother, child):
    offer(mother, child)

    with pytest.raises(AskedAlready):
        offer(mother, child, to=FENGGANG_VILLAGE)


@pytest.mark.parametrize(
    "said",
    [
        {"to": CLOUD_FOOT},
        {"to": "520323100299"},
        {"on": date(2026, 3, 13)},
        {"on": date(2026, 2, 27)},
    ],
)
def test_what_cannot_be_is_refused(mother, child, said):
    with pytest.raises(BadTransfer):
        offer(mother, child, **said)

    assert Transfer.objects.count() == 0


def test_the_new_side_asks_by_the_full_number_and_the_old_one_hands_over(mother, other_mother):
    child = make_child(mother, name="陈雨欣", resident_id=NUMBER)

    transfer = ask_for(other_mother, NUMBER)

    assert (transfer.village_code, transfer.handover) == (CLOUD_FOOT, "")
    assert Child.objects.get().village_code == CLOUD_FOOT
    done = hand_over(transfer_id=transfer.id, words="爱画画。", by=mother, at=NOW)
    child.refresh_from_db()
    assert (child.village_code, child.household.head_name) == (STONE_SHOOT, "李国强")
    assert read_handover(done.handover)["words"] == "爱画画。"


def test_the_old_villages_county_may_hand_over_too(mother, other_mother, officer):
    make_child(mother, resident_id=NUMBER)
    transfer = ask_for(other_mother, NUMBER)

    hand_over(transfer_id=transfer.id, words="", by=officer, at=NOW)

    assert Child.objects.get().village_code == STONE_SHOOT


def test_the_new_side_may_not_hand_over_to_itself(mother, other_mother):
    make_child(mother, resident_id=NUMBER)
    transfer = ask_for(other_mother, NUMBER)

    with pytest.raises(NotAllowed):
        hand_over(transfer_id=transfer.id, words="", by=other_mother, at=NOW)


def test_a_number_without_a_file_asks_nobody(mother, other_mother):
    make_child(mother, village_code=CLOUD_FOOT, resident_id=NUMBER)

    with pytest.raises(NoSuchFile):
        ask_for(other_mother, "520323201406010043")
    with pytest.raises(BadTransfer):
        ask_for(mother, NUMBER, to=CLOUD_FOOT)


def test_a_child_who_left_the_old_village_is_handed_over_as_well(mother, other_mother):
    child = make_child(mother, resident_id=NUMBER)
    leave(mother, child, on=date(2026, 3, 5))
    transfer = ask_for(other_mother, NUMBER)

    hand_over(transfer_id=transfer.id, words="", by=mother, at=NOW)

    assert list(PastStay.objects.values_list("until", "why")) == [(date(2026, 3, 5), "left")]
    child.refresh_from_db()
    assert (child.here_since, child.gone_on) == (ELEVENTH, None)


def test_who_died_is_handed_over_to_nobody(mother, other_mother, child):
    transfer = offer(mother, child)

    leave(mother, child, kind=MoveKind.DIED)

    transfer.refresh_from_db()
    assert transfer.state == TransferState.OVER
    assert list(transfer.moves.values_list("went_to", "by")) == [("over", mother.pk)]
    assert AuditEntry.objects.filter(on_id=str(transfer.id), did="was over").count() == 1
    with pytest.raises(TransferHasMovedOn):
        take_over(transfer_id=transfer.id, home=Home(head_name="李国强"), by=other_mother, at=NOW)
    with pytest.raises(BadTransfer):
        offer(mother, child)


def test_who_asked_by_a_number_learns_that_it_is_over_and_not_why(client, mother, other_mother):
    child = make_child(mother, name="陈不该知道", resident_id=NUMBER)
    transfer = ask_for(other_mother, NUMBER)
    leave(mother, child, kind=MoveKind.DIED)
    client.force_login(other_mother)

    page = client.get(reverse("children:transfer-answer", args=[transfer.id])).content.decode()

    assert "不用再答复" in page
    for told in ("陈不该知道", "去世", "withdraw"):
        assert told not in page.replace('value="withdraw"', ""), told


def test_whose_stay_ended_later_than_was_said_moves_on_the_day_after_it(mother, other_mother):
    """Who answers cannot choose another day, and who asked by a number could not see the file."""
    child = make_child(mother, resident_id=NUMBER)
    early = ask_for(other_mother, NUMBER, on=date(2026, 2, 1))
    assert hand_over(transfer_id=early.id, words="", by=mother, at=NOW).on == date(2026, 3, 1)
    child.refresh_from_db()
    assert (child.village_code, child.here_since) == (STONE_SHOOT, date(2026, 3, 1))


def test_who_left_while_the_other_village_was_asked_moves_on_the_day_of_leaving(mother, other_mother, child):
    transfer = offer(mother, child, on=date(2026, 3, 5))
    leave(mother, child, on=date(2026, 3, 9))

    take_over(transfer_id=transfer.id, home=Home(head_name="李国强"), by=other_mother, at=NOW)

    child.refresh_from_db()
    transfer.refresh_from_db()
    assert (child.here_since, transfer.on) == (date(2026, 3, 9), date(2026, 3, 9))
    assert list(PastStay.objects.values_list("since", "until", "why")) == [(date(2026, 3, 1), date(2026, 3, 9), "left")]


def test_the_county_of_the_other_village_takes_over_and_the_first_one_reads_the_handover_alone(mother, officer, child):
    theirs = make_county_officer("520327000000", "吴县长")
    transfer = offer(mother, child, to=FENGGANG_VILLAGE)
    with pytest.raises(NotAllowed):
        take_over(transfer_id=transfer.id, home=Home(head_name="李国强"), by=officer, at=NOW)

    take_over(transfer_id=transfer.id, home=Home(head_name="李国强"), by=theirs, at=NOW)

    assert [list(Child.objects.visible_to(one)) for one in (mother, officer, theirs)] == [[], [], [child]]
    assert [list(Transfer.objects.visible_to(one)) for one in (mother, officer, theirs)] == [[transfer]] * 3


def test_a_child_goes_and_comes_again(mother, other_mother, child):
    move_over(mother, other_mother, child, on=date(2026, 3, 5))
    child.refresh_from_db()

    move_over(other_mother, mother, child, to=CLOUD_FOOT, on=date(2026, 3, 8))

    child.refresh_from_db()
    assert (child.village_code, child.here_since) == (CLOUD_FOOT, date(2026, 3, 8))
    assert list(PastStay.objects.order_by("since").values_list("village_code", "since", "until")) == [
        (CLOUD_FOOT, date(2026, 3, 1), date(2026, 3, 5)),
        (STONE_SHOOT, date(2026, 3, 5), date(2026, 3, 8)),
    ]


def test_a_day_of_the_past_counts_the_child_where_it_was(mother, other_mother, child):
    make_child(mother, name="李四")
    move_over(mother, other_mother, child)

    def counted(on: date) -> dict[str, int]:
        codes = [CLOUD_FOOT, STONE_SHOOT]
        rows = [*Child.objects.filter(village_code__in=codes).staying(on=on)]
        rows += [*Child.objects.stayed(on=on, village_codes=codes)]
        return {code: sum(row.village_then == code for row in rows) for code in codes}

    assert counted(date(2026, 3, 10)) == {CLOUD_FOOT: 2, STONE_SHOOT: 0}
    assert counted(ELEVENTH) == {CLOUD_FOOT: 1, STONE_SHOOT: 1}
    assert Child.objects.in_register(on=date(2026, 3, 10)).count() == 2
    assert Child.objects.get(pk=child.pk).is_in_register(on=date(2026, 3, 10))


def test_a_visit_written_before_the_transfer_and_sent_after_it_is_the_old_villages(mother, other_mother, child):
    move_over(mother, other_mother, child)
    then = as_of(mother, moment("2026-03-12 09:00"), at=moment("2026-03-12 18:00"))

    assert list(Child.objects.visible_to(then)) == [child]
    visit = make_visit(then, Child.objects.get(), "2026-03-12 09:00")

    assert visit.village_code == CLOUD_FOOT
    assert list(Visit.objects.visible_to(mother)) == [visit]


def test_what_she_wrote_before_it_of_the_file_itself_is_refused_with_a_sentence(mother, other_mother, child):
    move_over(mother, other_mother, child)
    then = as_of(mother, moment("2026-03-12 09:00"), at=moment("2026-03-12 18:00"))

    with pytest.raises(NotAllowed) as refusal:
        leave(then, child)

    assert "别的村" in str(refusal.value)


def test_after_the_transfer_she_reaches_it_no_more_even_through_her_phone(mother, other_mother, child):
    move_over(mother, other_mother, child)
    then = as_of(mother, moment("2026-03-12 10:05"), at=moment("2026-03-12 18:00"))

    assert list(Child.objects.visible_to(then)) == []


def test_a_neighbours_home_is_no_home_to_move_into(mother, other_mother, child):
    transfer = offer(mother, child)

    with pytest.raises(BadTransfer):
        take_over(transfer_id=transfer.id, home=Home(id=child.household_id), by=other_mother, at=NOW)
    with pytest.raises(BadTransfer):
        take_over(transfer_id=transfer.id, home=Home(), by=other_mother, at=NOW)

    assert Household.objects.count() == 1


def test_back_into_the_same_village_needs_no_transfer(mother, child):
    leave(mother, child)
    come_back(mother, child)

    with pytest.raises(BadMove):
        come_back(mother, child)


def test_only_what_is_over_was_answered_by_nobody(mother, child):
    transfer = offer(mother, child)

    with pytest.raises(IntegrityError, match="a_transfer_is_answered_by_somebody_or_over"):
        transfer.move_to(TransferState.DECLINED, by=None, at=NOW)
