"""The club itself: founding it, its activities, its closures, the hours that it tells."""

from collections.abc import Sequence
from datetime import date, datetime, time
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ccmp.audit.record import record, record_many
from ccmp.people.entries import ALL_AT_ONCE, Received, lock_villages, not_yet_held
from ccmp.people.models import User
from ccmp.refusals import Refusal
from clubs.entries import ActivityEntry, ClosureEntry
from clubs.models import Activity, Club, ClubClosure, OpeningTime
from clubs.rules.sessions import (
    NoClubHere,
    check_activity,
    check_closure,
    check_may_ask_for_closure,
    check_may_decide_on_closure,
    check_may_record,
    to_the_minute,
)

LONGEST_REASON = 200


class ClosureIsDecided(Refusal):
    sentence = _("This closure was already decided. Open the page again to see how.")


@transaction.atomic
def found_club(*, village_code: str, opened_on: date, by: User, at: datetime) -> Club:
    """A village's club begins on a day. Asked for again, the club that stands comes back."""
    lock_villages([village_code])
    club, is_new = Club.objects.get_or_create(village_code=village_code, defaults={"opened_on": opened_on})
    if is_new:
        record(by=by, at=at, did="founded", on=club)
    return club


def _club_of(village_code: str) -> Club:
    club = Club.objects.filter(village_code=village_code).first()
    if club is None:
        raise NoClubHere()
    return club


def record_activity(*, entry: ActivityEntry, by: User, at: datetime) -> Activity:
    record_activities(entries=[entry], by=by, at=at)
    return Activity.objects.get(pk=entry.id)


@transaction.atomic
def record_activities(
    *, entries: Sequence[ActivityEntry], by: User, at: datetime, received: Received = ALL_AT_ONCE
) -> list[Activity]:
    """Record themed activities: all or none. Returns those that were new."""
    lock_villages(entry.village_code for entry in entries)
    fresh = not_yet_held(Activity, entries)
    clubs = {code: _club_of(code) for code in {entry.village_code for entry, _mark in fresh}}
    for village_code in clubs:
        check_may_record(by, village_code)
    for entry, _mark in fresh:
        check_activity(entry, at=received.get(entry.id, at))
    activities = [
        _activity(entry, mark, clubs[entry.village_code], by=by, at=received.get(entry.id, at)) for entry, mark in fresh
    ]
    Activity.objects.bulk_create(activities)
    record_many(by=by, at=at, did="recorded", on=activities, received=received)
    return activities


def _activity(entry: ActivityEntry, mark: str, club: Club, *, by: User, at: datetime) -> Activity:
    return Activity(
        id=entry.id,
        village_code=entry.village_code,
        made_at=entry.made_at,
        recorded_at=at,
        recorded_by=by,
        fingerprint=mark,
        club=club,
        theme=entry.theme,
        title=entry.title.strip(),
        held_at=to_the_minute(entry.held_at),
        minutes=entry.minutes,
        children=entry.children,
        adults=entry.adults,
    )


@transaction.atomic
def ask_for_closure(*, entry: ClosureEntry, by: User, at: datetime) -> ClubClosure:
    """Ask the county that the club may stay shut. It exempts no day until it is approved."""
    lock_villages([entry.village_code])
    check_may_ask_for_closure(by, entry.village_code)
    check_closure(entry)
    club = _club_of(entry.village_code)
    for fresh, mark in not_yet_held(ClubClosure, [entry]):
        closure = ClubClosure.objects.create(
            id=fresh.id,
            village_code=fresh.village_code,
            made_at=fresh.made_at,
            recorded_at=at,
            recorded_by=by,
            fingerprint=mark,
            club=club,
            starts_on=fresh.starts_on,
            ends_on=fresh.ends_on,
            reason=fresh.reason.strip(),
        )
        record(by=by, at=at, did="asked for", on=closure)
    return ClubClosure.objects.get(pk=entry.id)


@transaction.atomic
def approve_closure(*, closure_id: UUID, by: User, at: datetime) -> ClubClosure:
    """The county approves: the days become exempt. Approved again, nothing changes."""
    closure = ClubClosure.objects.select_for_update(of=("self",)).get(pk=closure_id)
    check_may_decide_on_closure(by, closure.village_code)
    if closure.declined_at:
        raise ClosureIsDecided()
    if closure.approved_at is None:
        closure.approved_at, closure.approved_by = at, by
        closure.save(update_fields=["approved_at", "approved_by"])
        record(by=by, at=at, did="approved", on=closure)
    return closure


@transaction.atomic
def decline_closure(*, closure_id: UUID, reason: str, by: User, at: datetime) -> ClubClosure:
    """The county declines, with a reason that the mother reads."""
    closure = ClubClosure.objects.select_for_update(of=("self",)).get(pk=closure_id)
    check_may_decide_on_closure(by, closure.village_code)
    if closure.approved_at or closure.declined_at:
        raise ClosureIsDecided()
    words = reason.replace("\x00", "").strip()
    if not words or len(words) > LONGEST_REASON:
        raise Refusal(
            _("Write in up to 200 characters why the closure is declined; the companion mother reads it."),
            field="reason",
        )
    closure.declined_at, closure.declined_by, closure.decline_reason = at, by, words
    closure.save(update_fields=["declined_at", "declined_by", "decline_reason"])
    record(by=by, at=at, did="declined", on=closure)
    return closure


@transaction.atomic
def tell_opening_times(
    *, village_code: str, times: Sequence[tuple[int, time, time]], by: User, at: datetime
) -> list[OpeningTime]:
    """Say when the club is open in an ordinary week: (weekday from Monday 0, opens, closes). Replaces what was said."""
    lock_villages([village_code])
    check_may_record(by, village_code)
    club = _club_of(village_code)
    for _weekday, opens_at, closes_at in times:
        if closes_at <= opens_at:
            raise Refusal(_("The club must close after it opens. Please check the times."), field="opens_at")
    club.opening_times.all().delete()
    told = OpeningTime.objects.bulk_create(
        OpeningTime(club=club, village_code=village_code, weekday=weekday, opens_at=opens_at, closes_at=closes_at)
        for weekday, opens_at, closes_at in sorted(set(times))
    )
    record(by=by, at=at, did="told the hours", on=club)
    return told
