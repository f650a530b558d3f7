"""What a session and an activity must satisfy before they are written."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from ccmp.moments import day_of
from ccmp.people.models import Posting, User
from ccmp.people.reach import may
from ccmp.refusals import NotAllowed, Refusal
from clubs.entries import ActivityEntry, ClosureEntry, SessionEntry
from clubs.models import Club


class BadSession(Refusal):
    """A session that cannot be true."""


class SessionsOverlap(Refusal):
    """A club is not open twice at once."""

    field = "opened_at"
    sentence = _(
        "The club was already open at that time. Look at the day's sessions, and change the times so that they do not overlap."
    )


class DoorIsOpen(Refusal):
    sentence = _("The door is already open. Close it first, or carry on with the session that is running.")


class DoorIsShut(Refusal):
    sentence = _("The door is already shut. To add a time that was missed, enter a session.")


class NoClubHere(Refusal):
    sentence = _("This village has no Children's Club in the programme on that day. Check the village and the date.")


def to_the_minute(moment: datetime) -> datetime:
    """Times are kept as a clock on the wall shows them."""
    return moment.replace(second=0, microsecond=0)


def check_may_record(by: User, village_code: str) -> None:
    if not may(by, "clubs.add_clubsession", at_place=village_code):
        raise NotAllowed(
            _("You can record the club of your own village only. Choose a village that you are posted to.")
        )


def check_may_ask_for_closure(by: User, village_code: str) -> None:
    if not may(by, "clubs.add_clubclosure", at_place=village_code):
        raise NotAllowed(_("You can ask for closures of clubs within your own reach only."))


def check_may_decide_on_closure(by: User, village_code: str) -> None:
    if not may(by, "clubs.approve_clubclosure", at_place=village_code):
        raise NotAllowed(_("Only the county decides on closures of its clubs."))


def check_session(entry: SessionEntry, club: Club | None, *, at: datetime) -> None:
    """Raises the refusal that names the first field which cannot be true at this moment."""
    if entry.opened_at > at:
        raise BadSession(_("The session begins in the future. Enter it once it has taken place."), field="opened_at")
    if (
        club is None
        or day_of(entry.opened_at) < club.opened_on
        or (club.ended_on is not None and day_of(entry.opened_at) >= club.ended_on)
    ):
        raise NoClubHere(field="opened_at")
    if entry.closed_at is not None:
        check_closing(entry.opened_at, entry.closed_at, at=at)


def check_closing(opened_at: datetime, closed_at: datetime, *, at: datetime) -> None:
    if closed_at > at:
        raise BadSession(_("The session ends in the future. Enter it once it is over."), field="closed_at")
    if to_the_minute(closed_at) <= to_the_minute(opened_at):
        raise BadSession(
            _("The door must close at least a minute after it opened. Please check both times."), field="closed_at"
        )
    if day_of(opened_at) != day_of(closed_at):
        raise BadSession(
            _(
                "A session cannot go past midnight. Close it on the same day, and enter the next day's time as another session."
            ),
            field="closed_at",
        )


def check_keeps_the_club(entry: SessionEntry, posts: Iterable[Posting]) -> None:
    """`posts`: those that whoever is named as having been there has, or had, in the village."""
    if not any(post.starts_at <= entry.opened_at and not _ended(post, entry.opened_at) for post in posts):
        raise BadSession(
            _("Whoever is named was not posted to this village at that time. Name who was there, or leave it out."),
            field="staffed_by",
        )


def _ended(post: Posting, moment: datetime) -> bool:
    return post.ends_at is not None and post.ends_at <= moment


def check_activity(entry: ActivityEntry, *, at: datetime) -> None:
    if entry.held_at > at:
        raise BadSession(_("The activity lies in the future. Enter it once it has taken place."), field="held_at")
    if entry.children + entry.adults < 1:
        raise BadSession(_("Write how many took part: at least one child or grown-up."), field="children")


def check_closure(entry: ClosureEntry) -> None:
    if entry.ends_on < entry.starts_on:
        raise BadSession(_("The last day lies before the first. Please check both days."), field="ends_on")
    if not entry.reason.strip():
        raise BadSession(_("Write why the club has to stay shut."), field="reason")
