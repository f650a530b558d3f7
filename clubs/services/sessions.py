"""Opening and closing the door, and entering sessions that were not recorded while they ran."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from ccmp.audit.record import record, record_many
from ccmp.many_rows import insert_many
from ccmp.people.entries import ALL_AT_ONCE, Received, lock_villages, not_yet_held
from ccmp.people.models import Posting, User
from ccmp.refusals import NotAllowed
from children.models import Child
from clubs.entries import SessionEntry
from clubs.models import Attendance, Club, ClubSession
from clubs.rules.sessions import (
    BadSession,
    DoorIsOpen,
    DoorIsShut,
    SessionsOverlap,
    check_closing,
    check_keeps_the_club,
    check_may_record,
    check_session,
    to_the_minute,
)


def open_club(*, entry: SessionEntry, by: User, at: datetime) -> ClubSession:
    """Open the door: a session begins that is not closed yet."""
    with transaction.atomic():
        lock_villages([entry.village_code])
        running = ClubSession.objects.filter(village_code=entry.village_code).running()
        if running.exists() and not ClubSession.objects.filter(pk=entry.id).exists():
            raise DoorIsOpen()
        return enter_session(entry=entry, by=by, at=at)


@transaction.atomic
def close_club(*, session_id: UUID, closed_at: datetime, by: User, at: datetime) -> ClubSession:
    """Close the door of a running session. Closed again at the same minute, nothing changes."""
    session = ClubSession.objects.select_for_update(of=("self",)).get(pk=session_id)
    check_may_record(by, session.village_code)
    closed_at = to_the_minute(closed_at)
    if session.closed_at is not None:
        if session.closed_at == closed_at:
            return session
        raise DoorIsShut()
    check_closing(session.opened_at, closed_at, at=at)
    session.closed_at = closed_at
    session.save(update_fields=["closed_at"])
    record(by=by, at=at, did="closed", on=session)
    return session


def enter_session(*, entry: SessionEntry, by: User, at: datetime) -> ClubSession:
    """Enter one session. Sent again, the session that is already held comes back."""
    enter_sessions(entries=[entry], by=by, at=at)
    return ClubSession.objects.get(pk=entry.id)


def enter_sessions(
    *, entries: Sequence[SessionEntry], by: User, at: datetime, received: Received = ALL_AT_ONCE
) -> list[ClubSession]:
    """Enter sessions with who came: all or, when one is refused, none. Returns those that were new."""
    try:
        with transaction.atomic():
            return _enter(entries, by=by, at=at, received=received)
    except IntegrityError as error:
        if "a_club_is_not_open_twice_at_once" in str(error):
            raise SessionsOverlap() from None
        raise


def _enter(entries: Sequence[SessionEntry], *, by: User, at: datetime, received: Received) -> list[ClubSession]:
    lock_villages(entry.village_code for entry in entries)
    fresh = not_yet_held(ClubSession, entries)
    codes = {entry.village_code for entry, _mark in fresh}
    for village_code in codes:
        check_may_record(by, village_code)
    clubs = {club.village_code: club for club in Club.objects.filter(village_code__in=codes)}
    for entry, _mark in fresh:
        check_session(entry, clubs.get(entry.village_code), at=received.get(entry.id, at))
    _check_children_are_of_the_village([entry for entry, _mark in fresh])
    _check_staff_keep_the_club([entry for entry, _mark in fresh])
    sessions = [
        _session(entry, mark, clubs[entry.village_code], by=by, at=received.get(entry.id, at)) for entry, mark in fresh
    ]
    insert_many(sessions)
    insert_many(
        [
            Attendance(session_id=entry.id, child_id=child_id, village_code=entry.village_code)
            for entry, _mark in fresh
            for child_id in sorted(entry.attended)
        ]
    )
    record_many(by=by, at=at, did="entered", on=sessions, received=received)
    return sessions


def _session(entry: SessionEntry, mark: str, club: Club, *, by: User, at: datetime) -> ClubSession:
    return ClubSession(
        id=entry.id,
        village_code=entry.village_code,
        made_at=entry.made_at,
        recorded_at=at,
        recorded_by_id=by.id,
        fingerprint=mark,
        club_id=club.id,
        opened_at=to_the_minute(entry.opened_at),
        closed_at=to_the_minute(entry.closed_at) if entry.closed_at else None,
        staffed_by_id=entry.staffed_by or by.id,
        visitors=entry.visitors,
    )


def _check_children_are_of_the_village(entries: Sequence[SessionEntry]) -> None:
    wanted = {child_id for entry in entries for child_id in entry.attended}
    homes = dict(Child.objects.filter(pk__in=wanted).values_list("pk", "village_code"))
    for entry in entries:
        if any(homes.get(child_id) != entry.village_code for child_id in entry.attended):
            raise NotAllowed(
                _("One of the children is not in this village's register. Count children from elsewhere as visitors."),
                field="attended",
            )


def _check_staff_keep_the_club(entries: Sequence[SessionEntry]) -> None:
    """Whoever is named as having been there held the village's post when the door opened. Two queries at the most."""
    named = [entry for entry in entries if entry.staffed_by]
    if not named:
        return
    people = {entry.staffed_by for entry in named}
    if User.objects.filter(pk__in=people).count() != len(people):
        raise BadSession(
            _("Nobody here has that number. Name the person who was there, or leave it out."), field="staffed_by"
        )
    posts: dict[tuple[UUID | None, str], list[Posting]] = defaultdict(list)
    for post in Posting.objects.in_villages().filter(user__in=people):
        posts[post.user_id, post.place_code].append(post)
    for entry in named:
        check_keeps_the_club(entry, posts[entry.staffed_by, entry.village_code])


@transaction.atomic
def call_the_roll(
    *, session_id: UUID, attended: Collection[UUID], visitors: int, by: User, at: datetime
) -> ClubSession:
    """Note who came to a session: the list as it is now replaces the list as it was."""
    session = ClubSession.objects.select_for_update(of=("self",)).get(pk=session_id)
    check_may_record(by, session.village_code)
    homes = Child.objects.filter(pk__in=attended).values_list("village_code", flat=True)
    if list(homes) != [session.village_code] * len(set(attended)):
        raise NotAllowed(
            _("One of the children is not in this village's register. Count children from elsewhere as visitors.")
        )
    session.attendances.exclude(child__in=attended).delete()
    there = set(session.attendances.values_list("child_id", flat=True))
    Attendance.objects.bulk_create(
        Attendance(session=session, child_id=child_id, village_code=session.village_code)
        for child_id in sorted(set(attended) - there)
    )
    session.visitors = visitors
    session.save(update_fields=["visitors"])
    record(by=by, at=at, did="called the roll", on=session, attended=len(set(attended)), visitors=visitors)
    return session
