"""Where somebody is signed in, and ending it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from ccmp.moments import day_of
from ccmp.people.models import ApiToken, DoorTry, OpenSession, User
from ccmp.people.reach import posts_held
from ccmp.people.rules.door import times_of
from ccmp.people.trail import note

TRIES_KEPT = timedelta(days=2)


@dataclass(frozen=True)
class Line:
    """A browser or a program in which she is signed in. `number` names it; nothing opens with it."""

    number: UUID
    device: str
    began_at: datetime
    seen_at: datetime | None
    is_this: bool = False
    scope: str = ""
    expires_at: datetime | None = None


def browsers_of(user: User, *, key: str | None, at: datetime) -> list[Line]:
    """Her sessions that have not run out, the one of this page first."""
    times = times_of(posts_held(user), on=day_of(at))
    rows = (
        OpenSession.objects.of(user).open_at(at).filter(began_at__gt=at - times.absolute, seen_at__gt=at - times.idle)
    )
    lines = [
        Line(row.number, row.device, row.began_at, row.seen_at, row.session_key == key)
        for row in rows.newest_first()
        if row.number and row.began_at
    ]
    return sorted(lines, key=lambda line: not line.is_this)


def tokens_of(user: User, *, at: datetime) -> list[Line]:
    rows = ApiToken.objects.of(user).valid(at=at).newest_first()
    return [
        Line(row.id, row.device, row.made_at, None, scope=row.get_scope_display(), expires_at=row.expires_at)
        for row in rows
    ]


@transaction.atomic
def end_one(*, number: UUID, by: User, at: datetime) -> bool:
    """End one of her own sessions or tokens; whether there was one."""
    sessions, _by_kind = OpenSession.objects.of(by).filter(number=number).delete()
    tokens, _by_kind = ApiToken.objects.of(by).filter(pk=number).delete()
    if sessions or tokens:
        note(by=by, at=at, did="ended a session", on=by)
    return bool(sessions or tokens)


@transaction.atomic
def end_others(*, by: User, key: str | None, at: datetime) -> None:
    """End every other session, and every token."""
    OpenSession.objects.of(by).exclude(session_key=key or "").delete()
    ApiToken.objects.of(by).delete()
    note(by=by, at=at, did="ended all other sessions", on=by)


def tidy(*, at: datetime) -> None:
    """Put away what counts no more: sessions and tokens that ran out, tries of long ago."""
    OpenSession.objects.filter(expire_date__lt=at).delete()
    ApiToken.objects.filter(expires_at__lt=at).delete()
    DoorTry.objects.older_than(at - TRIES_KEPT).delete()
