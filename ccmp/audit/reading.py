"""The trail as it is read: lines with who it was, in which post, where."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ccmp.audit.models import REFUSED, AuditAnchor, AuditEntry, AuditSeal
from ccmp.audit.sealing import LATE
from ccmp.audit.words import what_about, what_was_done
from ccmp.people.models import Posting, User
from ccmp.places.models import Place

OPENED = ("read", "saw names")
TAKEN_OUT = ("printed", "downloaded", "exported", "took down")
COMING = ("signed in", "signed out", "could not sign in")
KEEPING = (
    "made an account", "gave a new password", "changed the password", "filled in a staff file", "posted",
    "noted a background check", "ended a posting", "added a department", "closed a department", "added a term",
    "removed a term", "enrolled a village", "revoked", "set up", "set up again", "read the trail",
    "read the changes", "put a month away",
)  # fmt: skip
GROUPS = {"opened": OPENED, "taken": TAKEN_OUT, "coming": COMING, "keeping": KEEPING, "refused": (REFUSED,)}


@dataclass(frozen=True)
class Line:
    """A line of the trail in words. It holds no case data: how many children stood there, not who."""

    at: datetime
    by: User | None
    post: Posting | None
    did: str
    about: str
    place: str
    children: int
    is_refusal: bool

    @property
    def role(self) -> str:
        return str(self.post.get_role_display()) if self.post else ""

    @property
    def serves_at(self) -> str:
        return str(self.post.department or self.post.place) if self.post else ""


@dataclass(frozen=True)
class ChainState:
    """How far the trail is sealed and anchored."""

    sealed: int
    waiting: int
    anchored: int
    anchored_at: datetime | None


def lines_of(entries: Sequence[AuditEntry]) -> list[Line]:
    """Two queries, however many there are. `entries` come with their users."""
    posts = _posts_of({entry.by_id for entry in entries if entry.by_id})
    places = Place.objects.in_bulk({entry.village_code for entry in entries if entry.village_code})
    return [
        Line(
            at=entry.at,
            by=entry.by,
            post=_held(posts.get(entry.by_id, []), entry.at) if entry.by_id else None,
            did=what_was_done(entry),
            about=what_about(entry),
            place=places[entry.village_code].name if entry.village_code in places else "",
            children=len(entry.children),
            is_refusal=entry.did == REFUSED,
        )
        for entry in entries
    ]


def _posts_of(users: Iterable[UUID]) -> dict[UUID, list[Posting]]:
    posts: dict[UUID, list[Posting]] = {}
    for post in Posting.objects.filter(user__in=users).with_place().order_by("-starts_at", "-id"):
        posts.setdefault(post.user_id, []).append(post)
    return posts


def _held(posts: list[Posting], at: datetime) -> Posting | None:
    """The post that she served under at that moment: the newest, should there be several."""
    return next((post for post in posts if post.holds(at=at)), None)


def chain_state() -> ChainState:
    """Three queries."""
    seal, anchor = AuditSeal.objects.newest(), AuditAnchor.objects.newest()
    unsealed = AuditEntry.objects.unsealed()
    if seal:
        unsealed = unsealed.filter(pk__gt=seal.entry_id - LATE)
    return ChainState(
        sealed=seal.sequence if seal else 0,
        waiting=unsealed.count(),
        anchored=anchor.sequence if anchor else 0,
        anchored_at=anchor.at if anchor else None,
    )
