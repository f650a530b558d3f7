"""The outbox at the server: what comes any number of times, in any order, is done once; and nothing is lost."""

import pytest
from django.db import connection

from ccmp.people.models import User
from ccmp.phone.models import OutboxEntry
from children.models import Child
from clubs.models import ClubSession
from tests.factories import CLOUD_FOOT, moment
from tests.phone.sending import (
    MADE,
    flag_of,
    mended,
    of_api,
    of_page,
    registration_of,
    session_of,
    take,
    take_one,
    visit_of,
)
from visits.models import Flag, Visit


@pytest.fixture
def mother(mother: User) -> User:
    """She reads English, the language of the source."""
    User.objects.filter(pk=mother.pk).update(language="en")
    return mother


def test_an_entry_is_done_with_the_moment_of_the_phone(mother, child):
    answer = take_one(mother, flag_of(child.id))

    flag = Flag.objects.get()
    assert answer.as_sent() == {"id": answer.id, "kept": True}
    assert (flag.raised_at, flag.recorded_by) == (moment(MADE), mother)


def test_an_entry_that_comes_again_is_done_once(mother, child):
    entry = flag_of(child.id)

    answers = [take_one(mother, entry) for _time in range(3)]

    receipt = OutboxEntry.objects.get()
    assert [answer.as_sent() for answer in answers] == [{"id": answer.id, "kept": True} for answer in answers]
    assert Flag.objects.count() == 1
    assert (receipt.times_sent, receipt.state, receipt.body, receipt.village_code) == (3, "kept", "", CLOUD_FOOT)


def test_the_same_entry_twice_in_one_delivery_is_done_once(mother, child):
    entry = visit_of(child.id)

    answers = take(mother, entry, entry)

    assert [answer.is_kept for answer in answers] == [True, True]
    assert Visit.objects.count() == 1


def test_entries_are_done_in_their_order(mother):
    new = registration_of()
    child_id = new["body"]["fields"]["id"][0]

    answers = take(mother, new, visit_of(child_id), flag_of(child_id))

    assert [answer.as_sent() for answer in answers] == [{"id": answer.id, "kept": True} for answer in answers]
    assert Visit.objects.get().child_id == Child.objects.get().id == Flag.objects.get().child_id


def test_a_refused_entry_says_why_field_by_field_and_is_kept_sealed(mother, child):
    entry = visit_of(child.id)
    entry["body"]["fields"]["outcome"] = [""]

    answer = take_one(mother, entry)

    receipt = OutboxEntry.objects.get()
    assert answer.as_sent() == {
        "id": entry["id"],
        "kept": False,
        "reason": "This field is required.",
        "fields": {"outcome": ["This field is required."]},
    }
    assert (receipt.state, receipt.reason, receipt.said) == ("refused", "This field is required.", entry)
    assert "nobody" not in OutboxEntry.objects.extra(select={"raw": "body"}).values_list("raw", flat=True)[0]


def test_a_rule_refuses_with_its_sentence_at_its_field(mother, child):
    answer = take_one(mother, visit_of(child.id, "2013-05-01 10:00") | {"made_at": moment(MADE).isoformat()})

    sentence = "The visit lies before the child was born. Please check the day of the visit."
    assert (answer.reason, answer.fields) == (sentence, {"made_at": [sentence]})


def test_a_refused_entry_that_was_mended_takes_the_place_of_the_refused_one(mother, child):
    entry = visit_of(child.id)
    refused = mended(entry, outcome="")

    first, second = take_one(mother, refused), take_one(mother, entry)

    receipt = OutboxEntry.objects.get()
    assert (first.is_kept, second.is_kept) == (False, True)
    assert (receipt.state, receipt.reason, receipt.body, receipt.brings, receipt.times_sent) == ("kept", "", "", [], 2)


def test_a_kept_entry_is_not_replaced_by_other_content(mother, child):
    entry = visit_of(child.id)
    take_one(mother, entry)

    answer = take_one(mother, mended(entry, outcome="refused"))

    assert answer.reason.startswith("Something else was already recorded under this number.")
    assert Visit.objects.get().outcome == "nobody_home"
    assert OutboxEntry.objects.get().state == "kept"


def test_one_bad_entry_stands_in_nobodys_way(mother, child):
    bad = [
        None,
        7,
        {},
        {"id": "x"},
        {"id": "01890a5d-ac96-774b-bcce-b302099a8057"},
        of_api("no-such-kind"),
        {**visit_of(child.id), "made_at": "yesterday"},
        {**visit_of(child.id), "made_at": "2026-03-11T10:00:00"},
        {**visit_of(child.id), "body": "text"},
        {**visit_of(child.id), "body": {"path": 5, "fields": {}}},
        {**visit_of(child.id), "body": {"path": "/nowhere/", "fields": {}}},
        {**visit_of(child.id), "kind": "visits:today"},
        {**visit_of(child.id), "kind": "visits:raise-flag"},
        {**flag_of(child.id), "kind": ["flag"]},
        of_api("visit"),
        of_api("visit", child=str(child.id), made_at="2026-03-11T15:00:00+08:00", outcome="unheard_of"),
        of_page("visits:record", child.id, outcome="nobody_home", made_at="9999-99-99T99:99"),
    ]

    answers = take(mother, *bad, flag_of(child.id))

    assert [answer.is_kept for answer in answers] == [False] * len(bad) + [True]
    assert all(answer.reason and not answer.is_again for answer in answers[:-1])
    assert (Visit.objects.count(), Flag.objects.count()) == (0, 1)
    assert OutboxEntry.objects.refused().count() == len(bad) - 4  # what has no id cannot be kept under one


@pytest.mark.parametrize("poison", ["\x00", "陈\x00", "\ud800", "x" * 300_000, "💣" * 5000])
def test_what_cannot_be_stored_is_refused_and_yet_not_lost(mother, child, poison):
    entries = [
        flag_of(child.id, seen=poison) | {"kind": poison},
        flag_of(child.id, seen=poison, id=poison),
        flag_of(child.id, seen=poison + " ", situation=poison),
        of_api("flag", village_code=CLOUD_FOOT, kind="hazard", seen=poison, child_words=poison),
        {**flag_of(child.id), "body": {"path": poison, "query": poison, "fields": {poison: [poison]}}},
        {**flag_of(child.id), "body": {poison: poison}},
    ]

    answers = take(mother, *entries, flag_of(child.id))

    assert [answer.is_kept for answer in answers] == [False] * len(entries) + [True]
    assert all(not answer.is_again for answer in answers)
    assert [receipt.said for receipt in OutboxEntry.objects.refused().order_by("id")] == sorted(
        entries, key=lambda entry: entry["id"]
    )


@pytest.mark.parametrize(
    "made", ["0001-01-01T00:00:00+14:00", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59-12:00", "9999-12-31T23:59:59Z"]
)
def test_a_moment_that_no_calendar_shows_is_refused_however_often_it_comes(mother, child, made):
    entry = {**visit_of(child.id), "made_at": made}

    answers = [take(mother, entry, flag_of(child.id)) for _time in range(2)]

    assert [[answer.is_kept for answer in each] for each in answers] == [[False, True]] * 2
    receipt = OutboxEntry.objects.refused().get()
    assert (receipt.made_at, receipt.times_sent, receipt.said) == (None, 2, entry)


def test_someone_elses_child_is_no_child_at_all(mother, other_mother, child):
    answers = take(
        other_mother, visit_of(child.id), flag_of(child.id), of_api("visit", child=str(child.id), outcome="nobody_home")
    )

    assert [answer.is_kept for answer in answers] == [False, False, False]
    assert (Visit.objects.count(), Flag.objects.count()) == (0, 0)


def test_someone_elses_entry_is_neither_shown_nor_replaced(mother, other_mother, child):
    entry = mended(visit_of(child.id), outcome="")
    take_one(mother, entry)

    answer = take_one(other_mother, entry)

    assert not answer.is_kept
    receipt = OutboxEntry.objects.get()
    assert (receipt.user, receipt.times_sent) == (mother, 1)


def test_what_follows_a_refused_entry_waits_for_it_and_then_goes_by_itself(mother):
    new = registration_of()
    child_id = new["body"]["fields"]["id"][0]
    after = [visit_of(child_id), flag_of(child_id), session_of(attended=[child_id])]

    first = take(mother, mended(new, born_on="2035-01-01"), *after)
    second = take(mother, *after)
    third = take(mother, new, *after)

    assert [(answer.is_kept, answer.is_again) for answer in first] == [(False, False), *[(False, True)] * 3]
    assert [(answer.is_kept, answer.is_again) for answer in second] == [(False, True)] * 3
    assert [answer.is_kept for answer in third] == [True] * 4
    assert list(ClubSession.objects.get().attendances.values_list("child_id", flat=True)) == [Child.objects.get().id]


def test_what_follows_nothing_of_hers_is_refused_for_itself(mother):
    answer = take_one(mother, visit_of("01890a5d-ac96-774b-bcce-b302099a8057"))

    assert (answer.is_again, answer.reason) == (
        False,
        "This is not in your village's register any more, or never was. "
        "Look it up in the list, or ask the county office.",
    )


def test_a_fault_of_ours_in_one_entry_refuses_nothing_and_loses_nothing(mother, child):
    entries = [flag_of(child.id), visit_of(child.id)]
    _run("CREATE TEMP TABLE visits_flagclock ()")  # stands before the real one

    first = take(mother, *entries)
    kept_meanwhile = OutboxEntry.objects.refused().get().said
    _run("DROP TABLE pg_temp.visits_flagclock")
    second = take(mother, *entries)

    assert [(answer.is_kept, answer.is_again) for answer in first] == [(False, True), (True, False)]
    assert kept_meanwhile == entries[0]
    assert [answer.is_kept for answer in second] == [True, True]
    assert (Flag.objects.count(), Visit.objects.count()) == (1, 1)


def test_a_number_that_the_database_cannot_hold_is_refused(mother, child):
    _run("CREATE TEMP TABLE visits_visit (LIKE public.visits_visit)")  # stands before the real one
    _run("ALTER TABLE pg_temp.visits_visit ALTER COLUMN note TYPE varchar(3)")
    _run("GRANT ALL ON pg_temp.visits_visit TO PUBLIC")

    answer = take_one(mother, visit_of(child.id, note="门口有新的脚印"))

    assert (answer.is_again, answer.reason) == (
        False,
        "Something in it cannot be kept as it was written. Look through its words and numbers, then send it again.",
    )


def test_a_report_does_not_wait_for_the_visit_from_which_it_was_made(mother, child):
    visit = mended(visit_of(child.id), outcome="")

    answers = take(mother, visit, flag_of(child.id, visit=visit["body"]["fields"]["id"][0]))

    assert [answer.is_kept for answer in answers] == [False, True]
    assert Flag.objects.get().visit is None


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(statement)
