"""The figure of a month: who may claim a benefit and who receives it, kept as it was counted, honest about what was not known."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ccmp.moments import CHINA, Month, day_of, now, start_of
from children.enums import Ground, Means, Relation
from children.models import TakeUpMonth
from children.rules.take_up_counts import TakeUp, together
from children.services.entitlements import ApplicationEntry, note_application, note_grant
from children.services.grounds import GroundEntry, note_ground
from children.services.take_up import start_working_out, work_out_next_villages
from children.services.take_up_month import count_villages, counted_months, months_shown
from tests.factories import CLOUD_FOOT, STONE_SHOOT, make_child, moment, parent
from tests.factories.differences import say

F, M = Relation.FATHER, Relation.MOTHER
FEBRUARY, MARCH = Month(2026, 2), Month(2026, 3)
LONG_AGO, AT = date(2024, 3, 1), moment("2026-02-10 10:00")
CUT_OFF = datetime(2026, 3, 3, tzinfo=CHINA)  # of February


def make_orphan(by, village_code=CLOUD_FOOT, at=AT, **facts):
    dead = (parent(F, died_on=LONG_AGO), parent(M, "欧阳慧敏", died_on=LONG_AGO))
    return make_child(by, village_code, parents=dead, at=at, made_at=at, **facts)


def apply(child, by, on, at, benefit="orphan_allowance"):
    return note_application(entry=ApplicationEntry(child.id, benefit, on), by=by, at=at)


def told(codes, month=FEBRUARY, known_before=CUT_OFF, benefit="orphan_allowance"):
    counted = counted_months(codes, month, known_before=known_before)
    return {code: together([counts], benefit=benefit) for code, counts in counted.items()}


@pytest.fixture
def three(mother):
    """Three orphans in February: one receives the allowance, one applied for it, one did not."""
    children = [make_orphan(mother) for _number in range(3)]
    apply(children[0], mother, date(2026, 2, 11), moment("2026-02-11 10:00"))
    note_grant(
        child_id=children[0].id,
        benefit="orphan_allowance",
        on=date(2026, 2, 20),
        by=mother,
        at=moment("2026-02-20 10:00"),
    )
    apply(children[1], mother, date(2026, 2, 25), moment("2026-02-25 10:00"))
    return children


def test_a_month_counts_who_may_qualify_who_applied_and_who_receives(three):
    assert told([CLOUD_FOOT]) == {CLOUD_FOOT: TakeUp(3, 1, 1)}
    assert told([CLOUD_FOOT])[CLOUD_FOOT].unclaimed == 2


def test_what_came_later_belongs_to_the_month_in_which_it_was(three, mother):
    granted = {"child_id": three[1].id, "benefit": "orphan_allowance", "by": mother}
    note_grant(on=date(2026, 3, 2), at=moment("2026-03-02 10:00"), **granted)

    assert (told([CLOUD_FOOT]), told([CLOUD_FOOT], MARCH, moment("2026-04-03 00:00"))) == (
        {CLOUD_FOOT: TakeUp(3, 1, 1)},
        {CLOUD_FOOT: TakeUp(3, 0, 2)},
    )


def test_what_was_recorded_after_the_cut_off_counts_in_a_restatement_alone(three, mother):
    granted = {"child_id": three[1].id, "benefit": "orphan_allowance", "by": mother}
    note_grant(on=date(2026, 2, 27), at=moment("2026-03-09 10:00"), **granted)

    assert told([CLOUD_FOOT]) == {CLOUD_FOOT: TakeUp(3, 1, 1)}
    assert told([CLOUD_FOOT], known_before=moment("2026-03-10 00:00")) == {CLOUD_FOOT: TakeUp(3, 0, 2)}


def test_a_village_in_which_nothing_of_benefits_was_noted_by_then_has_no_figure(mother, other_mother, three):
    make_orphan(other_mother, STONE_SHOOT)

    assert told([CLOUD_FOOT, STONE_SHOOT]) == {CLOUD_FOOT: TakeUp(3, 1, 1), STONE_SHOOT: None}


def test_a_month_before_anything_was_noted_has_no_figure(three):
    assert told([CLOUD_FOOT], Month(2026, 1), moment("2026-02-03 00:00")) == {CLOUD_FOOT: None}


def test_a_confidential_ground_neither_counts_nor_begins_a_figure(officer, mother):
    child = make_child(mother, at=AT, made_at=AT)
    note_ground(entry=GroundEntry(child.id, Ground.INFECTED, LONG_AGO), by=officer, at=AT)
    apply(child, officer, date(2026, 2, 11), moment("2026-02-11 10:00"), "hiv_allowance")

    counts = counted_months([CLOUD_FOOT], FEBRUARY, known_before=CUT_OFF)

    assert counts == {CLOUD_FOOT: {}}


def test_a_past_month_is_judged_by_the_school_of_that_day(mother):
    child = make_child(mother, at=AT, made_at=AT, school_stage="primary", is_boarding=False)
    note_ground(entry=GroundEntry(child.id, Means.MONITORED, LONG_AGO), by=mother, at=AT)
    before = counted_months([CLOUD_FOOT], FEBRUARY, known_before=CUT_OFF)
    say(child, mother, school_stage="senior")

    assert together(before.values(), benefit="day_subsidy") == TakeUp(1, 0, 0)
    assert counted_months([CLOUD_FOOT], FEBRUARY, known_before=CUT_OFF) == before
    assert together(
        counted_months([CLOUD_FOOT], MARCH, known_before=moment("2026-04-03 00:00")).values(), benefit="day_subsidy"
    ) == TakeUp(0, 0, 0)


def night(day: date) -> None:
    at = start_of(day) + timedelta(minutes=15)
    run = start_working_out(at=at)
    while work_out_next_villages(run.id, at=at):
        pass


def test_the_nights_count_the_running_month_and_settle_the_last_one_at_its_cut_off(three, mother):
    night(date(2026, 2, 26))
    running = TakeUpMonth.objects.get(village_code=CLOUD_FOOT, month="2026-02")
    night(date(2026, 3, 2))
    before_the_cut_off = TakeUpMonth.objects.get(pk=running.pk)
    night(date(2026, 3, 3))
    settled = TakeUpMonth.objects.get(pk=running.pk)
    make_orphan(mother, at=moment("2026-03-03 09:00"))
    night(date(2026, 3, 4))

    assert (running.on, before_the_cut_off.on) == (date(2026, 2, 26), date(2026, 2, 26))
    assert (settled.on, settled.known_before, settled.counts["orphan_allowance"]) == (
        date(2026, 2, 28),
        CUT_OFF,
        [3, 1, 1],
    )
    assert TakeUpMonth.objects.get(pk=running.pk).counts == settled.counts
    assert TakeUpMonth.objects.get(village_code=CLOUD_FOOT, month="2026-03").counts["orphan_allowance"] == [4, 1, 1]
    assert counted_months([CLOUD_FOOT], FEBRUARY, known_before=CUT_OFF) == {CLOUD_FOOT: settled.counts}


def test_what_was_kept_is_what_is_counted(three):
    counted = count_villages([CLOUD_FOOT], on=FEBRUARY.last_day, known_before=CUT_OFF)

    night(date(2026, 3, 3))

    assert dict(TakeUpMonth.objects.of_month(FEBRUARY).values_list("village_code", "counts")) == counted


def test_a_month_costs_as_many_questions_for_one_child_and_village_as_for_three(world, mother, other_mother):
    note_ground(entry=GroundEntry(make_orphan(mother).id, Means.MONITORED, LONG_AGO), by=mother, at=AT)
    with CaptureQueriesContext(connection) as one:
        counted_months([CLOUD_FOOT], FEBRUARY, known_before=CUT_OFF)
    for by, code in ((mother, CLOUD_FOOT), (other_mother, STONE_SHOOT)):
        note_ground(entry=GroundEntry(make_orphan(by, code).id, Means.MONITORED, LONG_AGO), by=by, at=AT)
    with CaptureQueriesContext(connection) as three:
        counted_months([CLOUD_FOOT, STONE_SHOOT], FEBRUARY, known_before=CUT_OFF)

    assert len(one) == len(three)


# ── as the office reads it ───────────────────────────────────────────────────────────────────────────────────────────


def test_the_list_says_this_month_and_the_last_one(client, officer, other_county_officer):
    on = day_of(now())
    counts = {"orphan_allowance": [5, 1, 2], "medical_aid": [4, 0, 4]}
    this, last = Month.of(on), Month.of(on).previous()
    for month, day in ((this, on), (last, last.last_day)):
        TakeUpMonth.objects.create(
            village_code=CLOUD_FOOT,
            month=str(month),
            on=day,
            known_before=now(),
            counts=counts if month == this else {**counts, "medical_aid": [3, 0, 1]},
        )
    client.force_login(officer)

    shown = client.get(reverse("children:entitlements"))
    narrowed = client.get(reverse("children:entitlements"), {"benefit": "medical_aid"})

    assert [(one.month, one.on, one.take_up) for one in shown.context["months"]] == [
        (this, on, TakeUp(9, 1, 6)),
        (last, last.last_day, TakeUp(8, 1, 3)),
    ]
    assert [one.take_up for one in narrowed.context["months"]] == [TakeUp(4, 0, 4), TakeUp(3, 0, 1)]
    assert months_shown(other_county_officer, on=on) == []


def test_no_month_is_told_where_nothing_was_counted(client, officer):
    TakeUpMonth.objects.create(
        village_code=CLOUD_FOOT, month=str(Month.of(day_of(now()))), on=day_of(now()), known_before=now()
    )
    client.force_login(officer)

    assert client.get(reverse("children:entitlements")).context["months"] == []
