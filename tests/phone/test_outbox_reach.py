"""Who may still write: reach is judged when an entry was made, by a clock that cannot be ahead of the server's."""

from datetime import timedelta

import pytest

from ccmp.people.models import Posting, User
from ccmp.people.reach import as_of, may
from ccmp.people.services.postings import end_posting
from ccmp.phone.models import OutboxEntry
from children.enums import Relation
from children.forms.change import seen_text
from children.models import Child
from children.rules.file_fields import texts_of
from tests import factories
from tests.factories import CLOUD_FOOT, NOW, STONE_SHOOT, moment
from tests.factories.moves import move_over
from tests.phone.sending import flag_of, of_api, of_page, registration_of, take, take_one, visit_of
from visits.models import Flag

ENDED = moment("2026-03-11 18:00")
BEFORE, AFTER = "2026-03-11 16:05", "2026-03-11 18:05"
AHEAD = "By your phone's clock this was written in the future. Set the clock to the right time, then send it again."
NO_POST = (
    "You held no post when this was written, or it ended too long ago. The county office can read it and tell you."
)


@pytest.fixture
def mother(mother: User) -> User:
    """She reads English, the language of the source."""
    User.objects.filter(pk=mother.pk).update(language="en")
    return mother


@pytest.fixture
def former(mother, officer, child) -> User:
    """Her posting ended while she was without a network."""
    end_posting(posting_id=Posting.objects.of(mother).get().id, ends_at=ENDED, by=officer, at=ENDED)
    return User.objects.get(pk=mother.pk)


def test_what_was_written_while_she_held_the_post_is_taken_after_it_ended(former, child):
    assert take_one(former, flag_of(child.id, BEFORE)).is_kept
    assert Flag.objects.get().raised_at == moment(BEFORE)


def test_what_is_written_after_the_post_ended_is_refused_and_kept_for_the_county(former, child):
    answer = take_one(former, flag_of(child.id, AFTER))

    assert (answer.is_kept, answer.reason) == (False, NO_POST)
    assert OutboxEntry.objects.get().said["body"]["fields"]["seen"] == ["院里的水井没有盖子。"]


@pytest.mark.parametrize(("days", "is_kept"), [(14, True), (15, False)])
def test_what_was_written_in_time_may_come_for_two_weeks(former, child, days, is_kept):
    answers = take(former, of_api("flag", BEFORE, village_code=CLOUD_FOOT, kind="hazard", seen="井", child=str(child.id)),
                   at=ENDED + timedelta(days=days))  # fmt: skip

    assert [answer.is_kept for answer in answers] == [is_kept]


def test_what_she_did_before_a_child_was_handed_over_is_taken_and_what_changes_its_file_says_where_it_is(
    mother, other_mother
):
    father = factories.parent(Relation.FATHER, "陈志强")
    child = factories.make_child(mother, parents=(father,))
    move_over(mother, other_mother, child)
    made, seen = "2026-03-12 09:00", seen_text(texts_of(Child.objects.get(pk=child.pk), "school"))
    entries = [
        visit_of(child.id, made),
        flag_of(child.id, made),
        of_page("children:change", child.id, "school", made=made, seen=seen, school_stage="junior", school_name=""),
        of_page("children:whereabouts", child.id, father.id, made=made, whereabouts="home", since="2026-03-01"),
        of_page("children:confirm", child.id, made=made, version=1, on="2026-03-11", with_whom=father.id, whom_else=""),
        of_page("children:leave", child.id, made=made, kind="left", on="2026-03-11", where="东莞"),
        of_page("children:consent-give", child.id, made=made, query={"purpose": "care"}, given_by="陈志强"),
    ]

    answers = take(mother, *entries, at=moment("2026-03-12 18:00"))

    assert [answer.is_kept for answer in answers] == [True, True, *[False] * 5]
    assert {answer.reason for answer in answers[2:]} == {
        "This child was handed over to another village meanwhile. Tell its companion mother or the county."
    }
    assert {flag.village_code for flag in Flag.objects.all()} == {CLOUD_FOOT}
    assert OutboxEntry.objects.filter(user=mother).count() == 7
    assert (Child.objects.get().school_stage, Child.objects.get().version) == ("primary", 2)


def test_nothing_is_read_by_a_post_that_ended(former, child):
    assert not Child.objects.visible_to(former).exists()
    take_one(former, flag_of(child.id, BEFORE))
    assert not Child.objects.visible_to(former).exists()
    assert former.post is None


def test_a_post_in_one_village_is_none_in_another(former, other_mother):
    other = factories.make_child(other_mother, STONE_SHOOT)

    answers = take(former, flag_of(other.id, BEFORE), visit_of(other.id, BEFORE))

    assert [answer.is_kept for answer in answers] == [False, False]


def test_what_was_written_before_a_post_began_is_refused(mother, child):
    answer = take_one(mother, flag_of(child.id, "2025-08-31 23:59"))

    assert (answer.is_kept, answer.reason) == (False, NO_POST)


def test_nobody_writes_by_a_post_that_was_never_hers(world, officer):
    nobody = factories.make_person()

    answers = take(nobody, registration_of(), of_page("clubs:open"))

    assert [answer.is_kept for answer in answers] == [False, False]


def test_a_right_to_serve_that_was_taken_away_is_taken_away_at_once(mother, child):
    from guardian.shortcuts import remove_perm  # the posting stands: only the right is gone

    remove_perm("places.serve", mother, Posting.objects.of(mother).get().place)

    assert not take_one(mother, flag_of(child.id)).is_kept


def test_a_county_officers_post_that_ended_gives_no_days_of_grace(officer, world):
    administrator = factories.make_administrator()
    posting = Posting.objects.of(officer).get()
    Posting.objects.filter(pk=posting.pk).update(ends_at=ENDED, ended_by=administrator)

    assert not may(as_of(officer, moment(BEFORE), at=NOW), "children.view_child", at_place=CLOUD_FOOT)


@pytest.mark.parametrize(("made", "is_kept"), [("2026-03-12 10:02", True), ("2026-03-12 10:03", False)])
def test_a_moment_in_the_future_is_refused_with_a_word_on_the_clock(mother, made, is_kept):
    answer = take_one(mother, registration_of(made))

    assert answer.is_kept == is_kept
    assert answer.reason == ("" if is_kept else AHEAD)
    assert [child.made_at for child in Child.objects.all()] == ([NOW] if is_kept else [])


def test_a_clock_that_is_ahead_is_put_right_by_what_it_says_at_sending(mother):
    take_one(mother, registration_of("2026-03-12 11:30"), clock=moment("2026-03-12 12:00"))

    receipt = OutboxEntry.objects.get()
    assert Child.objects.get().made_at == moment("2026-03-12 09:30")
    assert (receipt.skew, receipt.made_at) == (7200, moment("2026-03-12 11:30"))


def test_a_clock_that_was_reset_is_put_right(mother):
    take_one(mother, registration_of("2010-01-01 00:30"), clock=moment("2010-01-01 01:00"))

    assert Child.objects.get().made_at == moment("2026-03-12 09:30")


def test_a_clock_that_was_reset_and_says_nothing_is_asked_to_be_set(mother):
    answer = take_one(mother, registration_of("2010-01-01 00:30"))

    assert answer.reason == (
        "By your phone's clock this was written long ago. Set the clock to the right time, then send it again."
    )


def test_a_few_seconds_of_difference_leave_the_phones_times_as_they_are(mother):
    take_one(mother, registration_of("2026-03-12 09:30"), clock=NOW + timedelta(seconds=119))

    assert Child.objects.get().made_at == moment("2026-03-12 09:30")


@pytest.mark.parametrize("made", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-13-01T00:00:00Z"])
def test_a_moment_out_of_any_calendar_is_refused(mother, child, made):
    answers = take(
        mother,
        {**flag_of(child.id), "made_at": made},
        at=NOW,
        clock=moment("2001-01-01 00:00"),
    )

    assert [(answer.is_kept, answer.is_again) for answer in answers] == [(False, False)]
