"""Taking people on: an account with the file and check that a posting asks for, or a posting with its account."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ccmp.people.enums import CheckResult, Role, Schooling, Sex
from ccmp.people.kept import people_kept_by
from ccmp.people.models import Department, Posting, User
from ccmp.people.reach import may
from ccmp.people.rules.posting import check_may_post, is_programme_wide
from ccmp.people.services.accounts import BadAccount, create_user, fill_in_file, record_check
from ccmp.people.services.postings import post_person
from ccmp.people.trail import note
from ccmp.places.models import Place
from ccmp.refusals import NotAllowed


@dataclass(frozen=True)
class Account:
    """Who is new: a name, how she signs in, where she is reached."""

    username: str
    full_name: str
    password: str
    phone: str = ""
    office: str = ""


@dataclass(frozen=True)
class File:
    """What the criteria of One Person are checked on; `home_code` is the village or township in which she lives."""

    born_on: date
    sex: Sex
    schooling: Schooling
    is_full_time: bool
    home_code: str


@dataclass(frozen=True)
class Check:
    """A background check: on which day, by which authority, with which result."""

    checked_on: date
    authority: str
    result: CheckResult


@transaction.atomic
def take_on(*, account: Account, file: File | None, check: Check | None, by: User, at: datetime) -> User:
    """Make an account, with the file and check of a future mother. A county takes on only who lives there."""
    if not is_programme_wide(by) and file is None:
        raise BadAccount(
            _("Choose where she lives, and fill in the file: a county takes on its own people."), field="home"
        )
    if file and not may(by, "people.post_staff", at_place=file.home_code):
        raise NotAllowed(_("She lives outside your county. Ask the county in which she lives, or the foundation."))
    person = create_user(**vars(account), sex=file.sex if file else Sex.UNKNOWN, must_change_password=True)
    note(by=by, at=at, did="made an account", on=person)
    if file:
        fill_in_file(user=person, **vars(file), by=by, at=at)
    if check:
        record_check(user=person, **vars(check), by=by, at=at)
    return person


@transaction.atomic
def post_by_account(
    *,
    account: Account,
    role: Role,
    place: Place,
    starts_at: datetime,
    by: User,
    at: datetime,
    department: Department | None = None,
    is_substitute: bool = False,
) -> Posting:
    """Post whoever has this account; nobody within reach has it: make it first. Refused as a whole or done as a whole."""
    check_may_post(by, role, place)
    person = people_kept_by(by).filter(username=account.username.strip()).first()
    if person is None and not account.full_name.strip():
        raise BadAccount(
            _("Nobody within your reach has this account. For somebody new write the name and a first password too."),
            field="full_name",
        )
    if person is None:
        person = create_user(**vars(account), must_change_password=True)
        note(by=by, at=at, did="made an account", on=person)
    return post_person(
        user=person,
        role=role,
        place=place,
        department=department,
        is_substitute=is_substitute,
        starts_at=starts_at,
        by=by,
        at=at,
    )
