"""What a session knows of the door: since when it is open, under which posts, and when a second step was made.

A session belongs to the posts that were held when it began. When one of them ends, by somebody's hand or by its own date,
the session ends with it, and so does each token.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib.sessions.backends.base import SessionBase

from ccmp.identifiers import new_id
from ccmp.moments import day_of
from ccmp.people.rules.door import needs_second_step, proof_lasts, times_of
from ccmp.people.session_store import DOOR

SEEN_EVERY = timedelta(minutes=1)
IDLE, TOO_LONG, POST_ENDED = "idle", "too long", "post ended"


@dataclass(frozen=True)
class Opened:
    """A session's own account of itself."""

    number: UUID
    began: datetime
    seen: datetime
    posts: list[str]
    proved: datetime | None

    def is_proved_lately(self, *, at: datetime) -> bool:
        return self.proved is not None and at - self.proved < proof_lasts(on=day_of(at))


def begin(session: SessionBase, *, posts: list[str], device: str, at: datetime) -> Opened:
    """A session is open from now on. No second step has been made in it."""
    told = {"number": str(new_id()), "began": at.isoformat(), "device": device, "posts": posts}
    session[DOOR] = told
    session.seen_at = at  # type: ignore[attr-defined]
    return _read(told, at)


def opened(session: SessionBase) -> Opened | None:
    """What a session knows; nothing when nobody began it."""
    told, seen = session.get(DOOR), getattr(session, "seen_at", None)
    return _read(told, seen) if told else None


def prove(session: SessionBase, *, at: datetime) -> None:
    """The second step has been made. The session gets a new key: whoever knew the old one stays outside."""
    session[DOOR] = session[DOOR] | {"proved": at.isoformat()}
    session.cycle_key()


def take_up(session: SessionBase, posts: list[str]) -> None:
    """A new post came to those that the session knows."""
    if set(posts) != set(session[DOOR]["posts"]):
        session[DOOR] = session[DOOR] | {"posts": posts}


def why_over(session: Opened, posts: list[str], *, at: datetime) -> str:
    """Why this session counts no more; empty while it does."""
    times = times_of(session.posts, on=day_of(at))
    if has_ended(session.posts, posts):
        return POST_ENDED
    if at - session.began >= times.absolute:
        return TOO_LONG
    return IDLE if at - session.seen >= times.idle else ""


def has_ended(then: list[str], now_held: list[str]) -> bool:
    """Whether a post that was held then is held no more."""
    return bool(set(then) - set(now_held))


def lacks_second_step(session: Opened, posts: list[str]) -> bool:
    return session.proved is None and needs_second_step(posts)


def _read(told: dict[str, Any], seen: datetime | None) -> Opened:
    began = datetime.fromisoformat(told["began"])
    proved = datetime.fromisoformat(told["proved"]) if told.get("proved") else None
    return Opened(UUID(told["number"]), began, seen or began, list(told["posts"]), proved)
