"""Accounts, companion mothers' files, background checks and API tokens."""

import hashlib
import secrets
from datetime import date, datetime, timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ccmp.moments import PROGRAMME_BEGAN, day_of
from ccmp.people.enums import CheckResult, Schooling, Sex, TokenScope
from ccmp.people.models import ApiToken, BackgroundCheck, CompanionFile, User
from ccmp.people.reach import posts_held
from ccmp.people.rules.posting import check_may_keep_person
from ccmp.people.trail import note
from ccmp.places.rules.standards import value
from ccmp.refusals import Refusal


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
    must_change_password: bool = False,
) -> User:
    """Make an account. It can do nothing before it is posted; without a password nobody signs in. Raises BadAccount."""
    if not username.strip() or not full_name.strip():
        raise BadAccount(_("Write a username and the person's name."), field="username")
    if User.objects.filter(username=username.strip()).exists():
        raise BadAccount(
            _("This username is taken. Choose another one, for example the phone number."), field="username"
        )
    if password is not None:
        check_password(password, User(username=username, full_name=full_name, phone=phone))
    return User.objects.create_user(
        username,
        password,
        full_name=full_name.strip(),
        phone=phone.strip(),
        office=office.strip(),
        sex=sex,
        is_demo=is_demo,
        must_change_password=must_change_password,
    )


def check_password(password: str, user: User) -> None:
    """Raises BadAccount with every sentence that says why it is a bad one."""
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
    note(by=by, at=at, did="filled in a staff file", on=user)
    return file


@transaction.atomic
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
    check = BackgroundCheck.objects.create(
        user=user,
        checked_on=checked_on,
        authority=authority.strip(),
        result=result,
        next_due_on=checked_on + holds,
        recorded_by=by,
        recorded_at=at,
    )
    note(by=by, at=at, did="noted a background check", on=user)
    return check


def token_digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def make_token(
    *, user: User, at: datetime, scope: TokenScope = TokenScope.WRITE, device: str = "", is_proved: bool = False
) -> tuple[str, ApiToken]:
    """A new API token, in clear this one time, and its row. It lasts no longer than the posts held now."""
    token = secrets.token_urlsafe(32)
    row = ApiToken.objects.create(
        user=user,
        digest=token_digest(token),
        made_at=at,
        expires_at=at + timedelta(days=value("door.token_days", on=day_of(at))),
        scope=scope,
        device=device,
        posts=posts_held(user),
        is_proved=is_proved,
    )
    return token, row
