"""Who came in, who went, and who knocked in vain."""

from datetime import datetime

from ccmp.people.models import User
from ccmp.people.trail import note


def note_sign_in(user: User, *, at: datetime) -> None:
    note(by=user, at=at, did="signed in", on=user)


def note_sign_out(user: User, *, at: datetime) -> None:
    note(by=user, at=at, did="signed out", on=user)


def note_failed_sign_in(username: str, *, at: datetime) -> None:
    """Of the account that was tried, if there is one. What was typed is not kept: people type passwords there."""
    tried = User.objects.filter(username=username.replace("\x00", "").strip()).first()
    note(by=None, at=at, did="could not sign in", on=tried)
