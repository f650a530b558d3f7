"""A rule that changes: from a day to come, from one that is over, withdrawn; and two versions of the rules at work at once."""

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse

from children.models import TakeUpRun, Unclaimed
from children.rules.benefits import read_benefits, rules_mark
from children.services.entitlements import ApplicationEntry, note_application
from children.services.take_up import newest_unfinished, start_working_out, work_out_next_villages
from children.services.take_up_list import how_fresh
from tests.children.test_benefits_data import BODY
from tests.children.test_take_up import make_orphan
from tests.factories import CLOUD_FOOT, NOW, STONE_SHOOT, TODAY, make_foundation_officer

VILLAGE, NEXT_DOOR = "520323100201", "520327100201"
OTHER_RULES = "0" * 64


def benefit(*rules):
    """A benefit under these rules: (version, from, until, area)."""
    body = BODY["rain_dew"] | {"rules": [_rule(*one) for one in rules]}
    return read_benefits({"x": body})["x"]


def _rule(version, since, until=None, area=""):
    row = {"version": version, "from": since, "source": "某文件", "area": area, "needs": [{"under": 18}]}
    return row | ({"until": until} if until else {})


def counting(of, village=VILLAGE, *days):
    return [rule.version if (rule := of.rule(village, on=day)) else None for day in days]


def test_a_rule_of_a_day_to_come_counts_from_that_day():
    of = benefit((1, date(2020, 1, 1)), (2, date(2027, 1, 1)))

    assert counting(of, VILLAGE, date(2026, 12, 31), date(2027, 1, 1)) == [1, 2]


def test_a_rule_that_is_entered_late_counts_from_its_own_day_on():
    of = benefit((1, date(2020, 1, 1)), (2, date(2026, 6, 1)))

    assert counting(of, VILLAGE, date(2026, 5, 31), date(2026, 6, 1), TODAY) == [1, 2, 1]


def test_a_version_that_puts_another_right_takes_its_place_from_the_same_day():
    of = benefit((1, date(2020, 1, 1)), (2, date(2020, 1, 1)))

    assert counting(of, VILLAGE, date(2019, 12, 31), date(2020, 1, 1)) == [None, 2]


def test_a_rule_that_is_withdrawn_is_followed_by_none_of_its_area():
    of = benefit((1, date(2020, 1, 1)), (2, date(2024, 1, 1), date(2026, 3, 1)))

    assert counting(of, VILLAGE, date(2026, 2, 28), date(2026, 3, 1)) == [2, None]


def test_where_a_countys_own_rule_is_withdrawn_the_countrys_counts_again():
    of = benefit((1, date(2020, 1, 1)), (2, date(2024, 1, 1), date(2026, 3, 1), "520323"))

    assert counting(of, VILLAGE, date(2026, 2, 28), date(2026, 3, 1)) == [2, 1]
    assert counting(of, NEXT_DOOR, date(2026, 2, 28), date(2026, 3, 1)) == [1, 1]


def test_a_countys_amount_of_a_day_to_come_stands_over_the_present_one_from_that_day():
    amount = {"yuan": 900, "per": "month", "zh": "散居", "en": "community", "area": "520323", "source": "县"}
    later = amount | {"yuan": 950, "from": date(2027, 1, 1)}
    of = read_benefits({"x": BODY["rain_dew"] | {"amounts": [amount | {"from": date(2025, 1, 1)}, later]}})["x"]

    found = [[one.yuan for one in of.amounts_in(VILLAGE, "", on=day)] for day in (date(2026, 12, 31), date(2027, 1, 1))]

    assert found == [[900], [950]]
    assert of.amounts_in(NEXT_DOOR, "", on=date(2027, 1, 1)) == []


# ── the working out ─────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def villages(mother, other_mother):
    return make_orphan(mother), make_orphan(other_mother, STONE_SHOOT)


def test_a_worker_leaves_a_run_of_other_rules_to_those_who_have_them(villages):
    run = start_working_out(at=NOW)
    TakeUpRun.objects.filter(pk=run.pk).update(rules=OTHER_RULES)

    assert work_out_next_villages(run.pk, at=NOW) is False
    assert newest_unfinished(touched_before=NOW + timedelta(days=1)) is None
    assert Unclaimed.objects.count() == 0


def test_new_rules_overtake_a_run_that_is_half_way(villages):
    first = start_working_out(at=NOW)
    assert work_out_next_villages(first.pk, at=NOW, villages=1) is True
    TakeUpRun.objects.filter(pk=first.pk).update(rules=OTHER_RULES)  # a new version goes out

    second = start_working_out(at=NOW + timedelta(minutes=5))
    work_out_next_villages(second.pk, at=NOW + timedelta(minutes=5))
    done = TakeUpRun.objects.get(pk=second.pk)

    assert (done.rules, done.done, done.finished_at is not None) == (rules_mark(), 2, True)
    assert Unclaimed.objects.count() == 4
    assert how_fresh().running is None


def test_the_older_of_two_runs_by_the_same_rules_stops(villages):
    first = start_working_out(at=NOW)
    second = start_working_out(at=datetime.fromisoformat("2026-03-13T01:00:00+08:00"))

    assert work_out_next_villages(first.pk, at=NOW) is False
    assert TakeUpRun.objects.get(pk=first.pk).done == 0
    assert newest_unfinished(touched_before=NOW + timedelta(days=2)) == second


def test_rules_that_are_taken_back_the_same_day_are_worked_out_once_more(villages):
    run = start_working_out(at=NOW)
    work_out_next_villages(run.pk, at=NOW)
    assert start_working_out(at=NOW) is None
    TakeUpRun.objects.create(
        on=TODAY, rules=OTHER_RULES, children=2, started_at=NOW + timedelta(minutes=5), touched_at=NOW, finished_at=NOW
    )
    Unclaimed.objects.all().delete()

    again = start_working_out(at=NOW + timedelta(minutes=10))
    work_out_next_villages(again.pk, at=NOW + timedelta(minutes=10))

    assert again == run
    assert Unclaimed.objects.count() == 4
    assert how_fresh().worked_out_on == TODAY


@pytest.mark.parametrize("villages_done", [0, 1])
def test_what_is_noted_while_it_runs_stays(villages, mother, villages_done):
    """In a village that is done and in one that is still to come."""
    child, _other = villages
    run = start_working_out(at=NOW)
    if villages_done:
        work_out_next_villages(run.pk, at=NOW, villages=1)

    note_application(entry=ApplicationEntry(child.id, "orphan_allowance", TODAY), by=mother, at=NOW)
    work_out_next_villages(run.pk, at=NOW)

    row = Unclaimed.objects.get(child=child, benefit="orphan_allowance")
    assert (row.village_code, row.state, row.since) == (CLOUD_FOOT, "applied", TODAY)


# ── the page of the rules ───────────────────────────────────────────────────────────────────────────────────────────


def test_the_office_reads_which_rules_and_amounts_hold_in_its_county(client, officer):
    client.force_login(officer)

    page = client.get(reverse("children:benefits"), {"on": "2026-03-12"})
    rows = {row.benefit.code: row for row in page.context["rows"]}

    assert len(rows) == 15
    assert [one.yuan for one in rows["day_subsidy"].amounts] == [500, 625]
    assert rows["unsupported_allowance"].rule.version == 2
    assert "民发〔2020〕125号" in page.content.decode()


def test_it_may_be_asked_for_another_day(client, officer):
    client.force_login(officer)

    rows = client.get(reverse("children:benefits"), {"on": "2020-06-01"}).context["rows"]
    unsupported = next(row for row in rows if row.benefit.code == "unsupported_allowance")

    assert (unsupported.rule.version, [one.version for one in unsupported.to_come]) == (1, [2])


def test_the_foundation_chooses_a_county_and_reads_nothing_of_what_the_county_keeps_to_itself(
    client, officer, other_county_officer
):
    client.force_login(make_foundation_officer())

    page = client.get(reverse("children:benefits"), {"under": "520327000000"})

    assert page.context["county"].code == "520327000000"
    assert len(page.context["rows"]) == 14
    assert "艾滋" not in page.content.decode()


def test_the_page_tells_how_far_a_working_out_is(client, officer, villages):
    run = start_working_out(at=NOW)
    work_out_next_villages(run.pk, at=NOW, villages=1)
    client.force_login(officer)

    page = client.get(reverse("children:benefits")).content.decode()

    assert '<progress class="import-progress" max="2" value="1">' in page
    assert "已核对 1 / 2 名孩子" in page
