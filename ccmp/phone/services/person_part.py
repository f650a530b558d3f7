"""Somebody's phones, told on her page at the desk (settings.PARTS_OF_A_PERSON)."""

from datetime import datetime

from ccmp.people.models import User
from ccmp.people.services.portrait import PersonPart
from ccmp.phone.models import Phone
from ccmp.phone.services.ledger import lines_of

SHOWN = 4


def phones_of(person: User, user: User, *, at: datetime) -> PersonPart | None:
    """Her phones in use within the reader's reach, the one last heard of first. One query."""
    phones = Phone.objects.visible_to(user).of(person).in_use().last_heard_first()[:SHOWN]
    lines = lines_of(phones, at=at)
    return PersonPart("phones/person_part.html", {"lines": lines}) if lines else None
