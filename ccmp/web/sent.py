"""What a replayed request carries besides the form: the entry that a phone made of it, and when."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest


@dataclass(frozen=True)
class Sent:
    """An entry of a phone's outbox. `made_at`: when it was written down, never later than it came."""

    id: UUID
    made_at: datetime


class SentRequest(HttpRequest):
    """A form that was filled in on a phone, maybe days ago, and comes to its page now."""

    sent: Sent


def is_from_phone(request: HttpRequest) -> bool:
    """Whether this was filled in on a phone, and has been looked through there."""
    return isinstance(request, SentRequest)


def made_at(request: HttpRequest, at: datetime) -> datetime:
    """The moment of what a page is told: the phone's, for an entry of its outbox; else now."""
    return request.sent.made_at if isinstance(request, SentRequest) else at
