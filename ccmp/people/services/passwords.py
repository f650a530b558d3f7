"""A new password: chosen by its owner, given in person by the superior, or by a link in a letter."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from ccmp.moments import day_of
from ccmp.people.enums import TryKind
from ccmp.people.models import SecondFactor, User
from ccmp.people.rules.door import check_may_open_door
from ccmp.people.services.accounts import check_password
from ccmp.people.services.door import shut_everything
from ccmp.people.services.second_step import LETTERS, has_second_factor
from ccmp.people.services.tries import forget_tries, is_locked
from ccmp.people.trail import note
from ccmp.places.rules.standards import value
from ccmp.refusals import permits

BLOCK, BLOCKS = 4, 3


def drawn_password() -> str:
    """Three blocks of letters that are read out and typed on a phone without a mistake; 59 bits."""
    return "-".join("".join(secrets.choice(LETTERS) for _letter in range(BLOCK)) for _block in range(BLOCKS))


@dataclass(frozen=True)
class Door:
    """What a superior may do at somebody's door, and how it stands there."""

    may_open: bool
    is_locked: bool
    has_second_step: bool
    is_given: bool  # the password is one that somebody gave her, and she has not changed it yet


def door_of(person: User, *, by: User, at: datetime) -> Door:
    if not permits(check_may_open_door, by, person):
        return Door(may_open=False, is_locked=False, has_second_step=False, is_given=False)
    return Door(
        may_open=True,
        is_locked=is_locked(person, at=at),
        has_second_step=has_second_factor(person),
        is_given=person.must_change_password,
    )


@transaction.atomic
def give_password(*, user: User, by: User, at: datetime) -> str:
    """A password for somebody who forgot hers, shown this one time: it opens once, for a day, to choose another."""
    check_may_open_door(by, user)
    password = drawn_password()
    user.set_password(password)
    user.must_change_password = True
    user.password_until = at + timedelta(hours=value("door.given_password_hours", on=day_of(at)))
    user.save(update_fields=["password", "must_change_password", "password_until"])
    shut_everything(user)
    forget_tries(TryKind.ACCOUNT, user.username)
    note(by=by, at=at, did="gave a password", on=user)
    return password


@transaction.atomic
def choose_password(*, user: User, password: str, at: datetime, but: str | None = None) -> User:
    """Her own new one. Whatever the old one opened is shut, but the session (`but`) in which she chose it."""
    check_password(password, user)
    user.set_password(password)
    user.must_change_password, user.password_until = False, None
    user.save(update_fields=["password", "must_change_password", "password_until"])
    shut_everything(user, but=but)
    note(by=user, at=at, did="changed the password", on=user)
    return user


@transaction.atomic
def take_second_step_away(*, user: User, by: User, at: datetime) -> None:
    """Her phone is lost: at her next sign-in she sets the app up anew. Everything that is open is shut."""
    check_may_open_door(by, user)
    SecondFactor.objects.filter(pk=user.pk).delete()
    forget_tries(TryKind.SECOND_STEP, user.pk)
    shut_everything(user)
    note(by=by, at=at, did="took a second step away", on=user)


@transaction.atomic
def open_locked_account(*, user: User, by: User, at: datetime) -> None:
    """After too many tries: she may try again now."""
    check_may_open_door(by, user)
    forget_tries(TryKind.ACCOUNT, user.username)
    forget_tries(TryKind.SECOND_STEP, user.pk)
    note(by=by, at=at, did="opened a locked account", on=user)


@transaction.atomic
def keep_mail_address(*, user: User, email: str, at: datetime) -> None:
    """Her own, or none. Links that were sent to an earlier one count no more: Django signs them with the address."""
    user.email = email
    user.save(update_fields=["email"])
    note(by=user, at=at, did="changed the mail address", on=user)
