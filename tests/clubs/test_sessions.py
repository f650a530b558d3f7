from datetime import timedelta

import pytest

from ccmp.audit.models import AuditEntry
from ccmp.identifiers import new_id
from ccmp.people.models import Posting
from ccmp.refusals import NotAllowed, SameIdOtherContent
from clubs.entries import SessionEntry
from clubs.models import Attendance, ClubSession
from clubs.rules.sessions import BadSession, DoorIsOpen, DoorIsShut, NoClubHere, SessionsOverlap
from clubs.services.sessions import call_the_roll, close_club, enter_session, enter_sessions, open_club
from tests.factories import (
    CLOUD_FOOT,
    NOW,
    STONE_SHOOT,
    make_child,
    make_county_officer,
    make_mother,
    make_person,
    make_session,
    moment,
)


def entry(opened: str, closed: str | None, **facts):
    given = {"id": new_id(), "village_code": CLOUD_FOOT, "made_at": NOW}
    return SessionEntry(opened_at=moment(opened), closed_at=moment(closed) if closed else None, **(given | facts))


def test_the_same_session_sent_twice_is_held_once(mother):
    sent = entry("2026-03-09 16:00", "2026-03-09 18:00")

    first = enter_session(entry=sent, by=mother, at=NOW)
    again = enter_session(entry=sent, by=mother, at=NOW + timedelta(hours=1))

    assert again == first
    assert ClubSession.objects.count() == 1
    assert AuditEntry.objects.filter(on_kind="clubs.clubsession").count() == 1


def test_the_same_id_with_other_times_is_refused(mother):
    sent = entry("2026-03-09 16:00", "2026-03-09 18:00")
    enter_session(entry=sent, by=mother, at=NOW)

    with pytest.raises(SameIdOtherContent):
        enter_session(entry=entry("2026-03-09 16:00", "2026-03-09 19:00", id=sent.id), by=mother, at=NOW)

    assert ClubSession.objects.get().closed_at == moment("2026-03-09 18:00")


@pytest.mark.parametrize(
    ("opened", "closed", "refusal", "field"),
    [
        ("2026-03-09 17:59", "2026-03-09 19:00", SessionsOverlap, "opened_at"),
        ("2026-03-09 22:00", "2026-03-10 00:30", BadSession, "closed_at"),
        ("2026-03-12 11:00", "2026-03-12 12:00", BadSession, "opened_at"),
        ("2026-03-12 09:00", "2026-03-12 12:00", BadSession, "closed_at"),
        ("2026-03-10 18:00", "2026-03-10 16:00", BadSession, "closed_at"),
        ("2025-08-31 16:00", "2025-08-31 18:00", NoClubHere, "opened_at"),
    ],
)
def test_a_session_that_cannot_be_true_is_refused_and_nothing_is_written(mother, opened, closed, refusal, field):
    make_session(mother, "2026-03-09 16:00", "2026-03-09 18:00")

    with pytest.raises(refusal) as refused:
        enter_sessions(
            entries=[entry("2026-03-08 16:00", "2026-03-08 18:00"), entry(opened, closed)], by=mother, at=NOW
        )

    assert refused.value.field == field
    assert str(refused.value)
    assert ClubSession.objects.count() == 1


def test_a_session_may_begin_in_the_minute_in_which_the_last_one_ended(mother):
    make_session(mother, "2026-03-09 16:00", "2026-03-09 18:00")

    make_session(mother, "2026-03-09 18:00", "2026-03-09 19:00")

    assert ClubSession.objects.count() == 2


def test_nobody_records_the_club_of_another_village(mother, other_mother):
    with pytest.raises(NotAllowed):
        enter_session(entry=entry("2026-03-09 16:00", "2026-03-09 18:00"), by=other_mother, at=NOW)


def test_a_child_of_another_village_is_not_counted_by_name(mother, other_mother):
    stranger = make_child(other_mother, STONE_SHOOT)

    with pytest.raises(NotAllowed):
        enter_session(
            entry=entry("2026-03-09 16:00", "2026-03-09 18:00", attended=frozenset({stranger.id})), by=mother, at=NOW
        )

    assert ClubSession.objects.count() == 0


def stands_in(since):
    return make_mother(is_substitute=True, starts_at=moment(since), ends_at=moment("2026-04-01 00:00"))


def test_whoever_stood_in_for_her_is_named_as_having_been_there(mother):
    stand_in = stands_in("2026-03-09 15:00")

    sent = entry("2026-03-09 16:00", "2026-03-09 18:00", staffed_by=stand_in.id)

    assert enter_session(entry=sent, by=mother, at=NOW).staffed_by == stand_in


@pytest.mark.parametrize(
    "somebody",
    [
        lambda: make_mother(STONE_SHOOT),  # of the village next door
        lambda: make_county_officer(),
        lambda: make_person(),
        lambda: stands_in("2026-03-09 16:01"),  # a minute too late
    ],
)
def test_nobody_is_named_as_having_been_there_who_was_not_posted_to_the_village_then(mother, somebody):
    named = somebody()

    with pytest.raises(BadSession) as refused:
        enter_session(entry=entry("2026-03-09 16:00", "2026-03-09 18:00", staffed_by=named.id), by=mother, at=NOW)

    assert refused.value.field == "staffed_by"
    assert str(refused.value) == "所填的人当时不在本村任职。请填写当时在场的人，或留空不填。"
    assert not ClubSession.objects.exists()


def test_who_had_left_the_post_when_the_door_opened_is_not_named_as_having_been_there(mother):
    stand_in = stands_in("2026-03-01 00:00")
    Posting.objects.filter(user=stand_in).update(ends_at=moment("2026-03-09 16:00"))
    before, after = (
        entry(f"2026-03-09 {opened}", f"2026-03-09 {closed}", staffed_by=stand_in.id)
        for opened, closed in (("15:00", "15:50"), ("16:00", "18:00"))
    )

    enter_session(entry=before, by=mother, at=NOW)
    with pytest.raises(BadSession):
        enter_session(entry=after, by=mother, at=NOW)

    assert ClubSession.objects.get().id == before.id


def test_the_door_opens_once_and_closes_once(mother):
    opening = entry("2026-03-12 09:00", None)
    session = open_club(entry=opening, by=mother, at=moment("2026-03-12 09:00"))
    with pytest.raises(DoorIsOpen):
        open_club(entry=entry("2026-03-12 09:30", None), by=mother, at=moment("2026-03-12 09:30"))

    closed = close_club(session_id=session.id, closed_at=NOW, by=mother, at=NOW)
    again = close_club(session_id=session.id, closed_at=NOW, by=mother, at=NOW)

    assert closed.minutes(at=NOW) == again.minutes(at=NOW) == 60
    with pytest.raises(DoorIsShut):
        close_club(session_id=session.id, closed_at=NOW + timedelta(hours=1), by=mother, at=NOW + timedelta(hours=1))


def test_the_roll_as_it_is_now_replaces_the_roll_as_it_was(mother):
    first, second = make_child(mother), make_child(mother)
    session = make_session(mother, attended=frozenset({first.id}))

    call_the_roll(session_id=session.id, attended=[second.id], visitors=3, by=mother, at=NOW)

    assert list(Attendance.objects.values_list("child_id", flat=True)) == [second.id]
    session.refresh_from_db()
    assert session.visitors == 3


def test_pressed_twice_at_two_moments_it_is_the_same_session(mother):
    sent = entry("2026-03-09 16:00", "2026-03-09 18:00")

    enter_session(entry=sent, by=mother, at=NOW)
    enter_session(
        entry=entry("2026-03-09 16:00", "2026-03-09 18:00", id=sent.id, made_at=NOW + timedelta(seconds=2)),
        by=mother,
        at=NOW,
    )

    assert ClubSession.objects.count() == 1
