"""Coming in: the name and the password, with tries counted; and everything that is open being shut at once."""

from datetime import datetime

from django.contrib.auth import authenticate
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from ccmp.people.enums import TryKind
from ccmp.people.models import ApiToken, OpenSession, User
from ccmp.people.services.sign_ins import note_failed_sign_in
from ccmp.people.services.tries import count_try, forget_tries, take_off_one
from ccmp.refusals import Refusal


class NotLetIn(Refusal):
    """The name or the password is not right; which of them, nobody is told."""

    sentence = _(
        "The username or the password is not right. Check both; the county office can give you a new password."
    )


def let_in(request: HttpRequest | None, *, username: str, password: str, address: str, at: datetime) -> User:
    """Whose name and password these are. Raises NotLetIn, or LockedOut before anything is looked at."""
    count_try(TryKind.ADDRESS, address, at=at)
    count_try(TryKind.ACCOUNT, username, at=at)
    user = authenticate(request, username=username, password=password)
    if not isinstance(user, User) or (user.password_until is not None and user.password_until <= at):
        note_failed_sign_in(username, at=at)
        raise NotLetIn()
    forget_tries(TryKind.ACCOUNT, username)
    take_off_one(TryKind.ADDRESS, address)
    return user


def shut_everything(user: User, *, but: str | None = None) -> None:
    """Every session and every token ends; `but` is the key of a session that stays."""
    OpenSession.objects.of(user).exclude(session_key=but or "").delete()
    ApiToken.objects.of(user).delete()
