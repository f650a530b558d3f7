"""Accounts, companion mothers' files, background checks and API tokens."""

import hashlib
import secrets
from datetime import date, datetime, timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ccmp.moments import PROGRAMME_BEGAN, day_of
from ccmp.people.enums import CheckResult, Schooling, Sex
from ccmp.people.models import ApiToken, BackgroundCheck, CompanionFile, User
from ccmp.people.rules.posting import check_may_keep_person
from ccmp.places.rules.standards import value
from ccmp.refusals import Refusal

TOKEN_LIFE = timedelta(days=30)


class BadAccount(Refusal):
    """An account that cannot be made as it is."""


@transaction.atomic
def create_user(
    *,
    username: str,
    full_name: str,
    password: str | None,
    phone: str = "",
    office: str = "",
    sex: Sex = Sex.UNKNOWN,
    is_demo: bool = False,
) -> User:
    """Make an account. It can do nothing before it is posted; without a password nobody signs in. Raises BadAccount."""
    if not username.strip() or not full_name.strip():
        raise BadAccount(_("Write a username and the person's name."), field="username")
    if User.objects.filter(username=username.strip()).exists():
        raise BadAccount(
            _("This username is taken. Choose another one, for example the phone number."), field="username"
        )
    if password is not None:
        _check_password(password, User(username=username, full_name=full_name))
    return User.objects.create_user(
        username,
        password,
        full_name=full_name.strip(),
        phone=phone.strip(),
        office=office.strip(),
        sex=sex,
        is_demo=is_demo,
    )


@transaction.atomic
def set_new_password(*, user: User, password: str, by: User, at: datetime) -> User:
    """Give somebody who forgot her password a new one; whoever is signed in with the old one is signed out."""
    check_may_keep_person(by, user)
    _check_password(password, user)
    user.set_password(password)
    user.save(update_fields=["password"])
    end_tokens(user=user)
    return user


def end_tokens(*, user: User) -> None:
    """A new password shuts every door that the old one opened: the API's too."""
    ApiToken.objects.filter(user=user).delete()


def _check_password(password: str, user: User) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise BadAccount(" ".join(error.messages), field="password") from None


@transaction.atomic
def fill_in_file(
    *,
    user: User,
    born_on: date,
    sex: Sex,
    schooling: Schooling,
    is_full_time: bool,
    home_code: str,
    by: User | None,
    at: datetime,
) -> CompanionFile:
    """Fill in, or correct, what the criteria are checked on. `by` is empty for the command line alone."""
    if by is not None:
        check_may_keep_person(by, user)
    if born_on >= day_of(at):
        raise BadAccount(_("The birth date lies in the future. Please check the year."), field="born_on")
    file, _is_new = CompanionFile.objects.update_or_create(
        user=user,
        defaults={
            "born_on": born_on,
            "sex": sex,
            "schooling": schooling,
            "is_full_time": is_full_time,
            "home_code": home_code,
            "filled_in_by": by,
            "filled_in_at": at,
        },
    )
    return file


def record_check(
    *, user: User, checked_on: date, authority: str, result: CheckResult, by: User | None, at: datetime
) -> BackgroundCheck:
    """Note a background check; the next one is due a year later (art. 62). `by` is empty for the command line alone."""
    if by is not None:
        check_may_keep_person(by, user)
    if checked_on > day_of(at):
        raise BadAccount(_("The day of the check lies in the future."), field="checked_on")
    if not authority.strip():
        raise BadAccount(_("Write which authority made the check."), field="authority")
    holds = timedelta(days=value("people.background_check_days", on=max(checked_on, PROGRAMME_BEGAN)))
    return BackgroundCheck.objects.create(
        user=user,
        checked_on=checked_on,
        authority=authority.strip(),
        result=result,
        next_due_on=checked_on + holds,
        recorded_by=by,
        recorded_at=at,
    )


def token_digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def make_token(*, user: User, at: datetime) -> tuple[str, ApiToken]:
    """A new API token, in clear this one time, and its row."""
    token = secrets.token_urlsafe(32)
    row = ApiToken.objects.create(user=user, digest=token_digest(token), made_at=at, expires_at=at + TOKEN_LIFE)
    return token, row
