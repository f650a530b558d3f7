"""What is over by the schedule goes, each night; a legal hold keeps it, wherever the child went."""

import io
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.core.management import call_command

from ccmp.audit.models import AuditEntry
from ccmp.people.models import OpenSession
from ccmp.privacy.models import Clearing, LegalHold, RetentionRun
from ccmp.privacy.rules.retention import rule_named, schedule
from ccmp.privacy.services.clearing import HeldBack, StillHere, StillOpen, clear_child
from ccmp.privacy.services.holds import BadHold, hold_back, lift_hold
from ccmp.privacy.services.retention import OVER, due_now, execute_schedule, held_now
from ccmp.refusals import NotAllowed
from children.enums import MoveKind
from children.models import Child, Household, Relative
from tests import factories
from tests.access.world import make_world
from tests.factories import NOW, STONE_SHOOT, TODAY, parent
from tests.factories.moves import leave, move_over
from visits.models import Flag, Visit

LATER = NOW + timedelta(days=6 * 366)
SECRETS = ("欧阳雨薇", "520323201406010043", "13800002716", "桥头第七家", "欧阳志强", "不说话很久了", "井边没有盖子")


def gone_child(mother, *, name="欧阳雨薇", number="520323201406010043", kind=MoveKind.LEFT):
    """A child of whom much is known, and who has left."""
    father = parent("51", "欧阳志强", phone="13800002716")
    child = factories.make_child(mother, name=name, resident_id=number, parents=(father,))
    Household.objects.filter(pk=child.household_id).update(head_name="欧阳志强", address="桥头第七家")
    visit = factories.make_visit(mother, child)
    Visit.objects.filter(pk=visit.pk).update(note="不说话很久了")
    flag = factories.make_flag(mother, child)
    Flag.objects.filter(pk=flag.pk).update(seen="井边没有盖子", state="closed")
    leave(mother, child, kind=kind)
    return Child.objects.get(pk=child.pk)


def whole_database():
    """Every row of every table of ours, as one text; what lies sealed is read in the clear, by the models."""
    return "\n".join(
        str(values)
        for model in apps.get_models()
        if model._meta.app_label in ("children", "visits", "referrals", "clubs", "privacy", "audit", "phone", "changes")
        for values in model._default_manager.values_list()
    )


def test_every_rule_that_says_what_happens_then_is_executed_and_no_other():
    assert {rule.name for rule in schedule() if rule.is_executed} == set(OVER)
    for rule in schedule():
        for words in (rule.what_in, rule.since_in, rule.source_in):
            assert {"en", "zh-hans"} <= set(words), rule.name


def test_a_leap_day_is_kept_until_the_28th():
    assert rule_named("children.gone").last_day(on=date(2028, 2, 29)) == date(2023, 2, 28)


def test_five_years_after_a_child_left_no_word_of_it_is_anywhere(mother):
    child = gone_child(mother)
    assert [word for word in SECRETS if word in whole_database()] == list(SECRETS)
    assert due_now(at=NOW)["children.gone"] == 0

    run = execute_schedule(at=LATER)

    assert run.counts["children.gone"] == 1
    assert [word for word in SECRETS if word in whole_database()] == []
    assert (Visit.objects.count(), Flag.objects.count()) == (1, 1)  # what was counted once still adds up
    assert Child.objects.get(pk=child.pk).born_on == date(child.born_on.year, 1, 1)
    assert AuditEntry.objects.filter(did="cleared", on_id=str(child.pk)).count() == 1
    assert execute_schedule(at=LATER).counts["children.gone"] == 0


def test_a_brother_who_is_still_here_keeps_home_and_father(mother):
    child = gone_child(mother)
    father = Relative.objects.get(kinships__child=child, name="欧阳志强")
    brother = factories.make_child(mother, name="欧阳雨辰")
    Child.objects.filter(pk=brother.pk).update(household=child.household_id)
    brother.kinships.all().delete()
    brother.kinships.create(relative=father, relation="51")

    clear_child(child, rule="children.gone", by=None, at=LATER)

    father.refresh_from_db()
    home = Household.objects.get(pk=child.household_id)
    assert (father.name, father.phone, home.address) == ("欧阳志强", "13800002716", "桥头第七家")
    assert not child.kinships.exists()


def test_a_hold_stops_it_and_a_lifted_one_does_not(mother, officer):
    child = gone_child(mother)
    hold = hold_back(child=child, why="法院（2026）1号来函", until=None, by=officer, at=NOW)

    kept = execute_schedule(at=LATER)

    assert (kept.counts["children.gone"], kept.held) == (0, 1)
    assert Child.objects.get(pk=child.pk).name == "欧阳雨薇"
    with pytest.raises(HeldBack):
        clear_child(child, rule="request", by=officer, at=LATER)
    lift_hold(hold_id=hold.pk, by=officer, at=LATER)
    assert execute_schedule(at=LATER).counts["children.gone"] == 1


def test_a_hold_until_a_day_ends_by_itself(mother, officer):
    child = gone_child(mother)
    hold = hold_back(child=child, why="复议", until=LATER.date(), by=officer, at=NOW)

    held = [one for one in (LATER - timedelta(days=1), LATER + timedelta(days=1)) if held_now(at=one)]

    assert held == [LATER - timedelta(days=1)]
    days = (LATER.date() - timedelta(days=1), LATER.date())
    found = [set(LegalHold.objects.holding(on=day)) == ({hold} if hold.holds(on=day) else set()) for day in days]
    assert found == [True, True]


def test_a_hold_goes_with_a_child_to_another_village(mother, officer):
    child = factories.make_child(mother, name="欧阳雨薇")
    hold = hold_back(child=child, why="法院来函", until=None, by=officer, at=NOW)

    move_over(mother, factories.make_mother(STONE_SHOOT), child)

    child.refresh_from_db()
    assert child.village_code == STONE_SHOOT
    assert list(LegalHold.objects.visible_to(officer)) == [hold]
    assert list(LegalHold.objects.visible_to(factories.make_county_officer(factories.FENGGANG))) == []


def test_a_hold_says_why_and_lies_ahead_and_the_county_places_it(mother, officer, child):
    with pytest.raises(BadHold):
        hold_back(child=child, why=" ", until=None, by=officer, at=NOW)
    with pytest.raises(BadHold):
        hold_back(child=child, why="复议", until=TODAY, by=officer, at=NOW)
    with pytest.raises(NotAllowed):
        hold_back(child=child, why="复议", until=None, by=mother, at=NOW)


def test_whoever_is_here_or_about_whom_something_is_open_stays(mother, officer):
    here, gone = factories.make_child(mother, name="陈雨轩"), gone_child(mother)
    Flag.objects.filter(child=gone).update(state="raised")

    with pytest.raises(StillHere):
        clear_child(here, rule="request", by=officer, at=NOW)
    with pytest.raises(StillOpen):
        clear_child(gone, rule="request", by=officer, at=NOW)
    assert execute_schedule(at=LATER).counts["children.gone"] == 0


def test_a_mistake_is_over_sooner(mother):
    gone_child(mother, kind=MoveKind.MISTAKEN)

    soon = NOW + timedelta(days=100)

    assert (due_now(at=NOW)["children.mistaken"], due_now(at=soon)["children.mistaken"]) == (0, 1)
    assert due_now(at=soon)["children.gone"] == 0


def test_the_command_says_what_it_would_let_go_and_lets_go_nothing(db):
    make_world()
    said = io.StringIO()
    before = whole_database()

    call_command("retention", "--dry-run", stdout=said)

    assert [line.partition(":")[0] for line in said.getvalue().splitlines()] == [*OVER, "kept by a legal hold"]
    assert whole_database() == before
    assert not RetentionRun.objects.exists()


def test_what_no_night_can_empty_is_tried_again_the_next(mother):
    """Killed between two files: the next run finds what is left."""
    first, second = gone_child(mother), gone_child(mother, name="欧阳雨馨", number="")
    clear_child(first, rule="children.gone", by=None, at=LATER)

    assert execute_schedule(at=LATER).counts["children.gone"] == 1
    assert set(Clearing.objects.values_list("child", flat=True)) == {first.pk, second.pk}


def test_a_session_that_ran_out_goes_and_one_that_runs_stays(db):
    for key, ends in (("over", NOW - timedelta(days=3)), ("open", NOW + timedelta(hours=1))):
        OpenSession.objects.create(session_key=key, session_data="", expire_date=ends)

    run = execute_schedule(at=NOW)

    assert run.counts["web.sessions"] == 1
    assert list(OpenSession.objects.values_list("session_key", flat=True)) == ["open"]
