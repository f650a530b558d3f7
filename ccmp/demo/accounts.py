"""One account for each role, with a password that is drawn anew at each making and told once."""

import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.db import transaction

from ccmp.demo.codes import give_app
from ccmp.demo.geography import HOME_COUNTY, County
from ccmp.demo.profiles import Kind
from ccmp.people.enums import DepartmentKind, Role
from ccmp.people.models import Posting, User

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that are mistaken for each other
BLOCKS, BLOCK = 3, 4
TELLS_CODES = ".venv/bin/python manage.py demo_code NAME"
FOR_TASKS = (DepartmentKind.CIVIL_AFFAIRS, DepartmentKind.EDUCATION)


@dataclass(frozen=True)
class Account:
    """Who can sign in, as what, where."""

    username: str
    password: str
    role: str
    name: str
    place: str
    has_code: bool = False  # a second step: `manage.py demo_code` tells its code


@transaction.atomic
def open_accounts(counties: Sequence[County], kinds: dict[str, Kind], *, at: datetime) -> list[Account]:
    """Give one person of each role a password, and an official the second step; of county and departments two each."""
    chosen = _chosen(counties, kinds)
    return [_open(posting, at) for posting in chosen]


def _chosen(counties: Sequence[County], kinds: dict[str, Kind]) -> list[Posting]:
    home = next((county for county in counties if county.prefix == HOME_COUNTY), counties[0])
    postings = Posting.objects.with_place().select_related("user")
    directors = list(postings.filter(role=Role.CHILD_DIRECTOR).in_order()[:1])
    taken = {posting.place_code for posting in directors}
    codes = sorted((village.code for village in home.villages), key=lambda code: (kinds[code] != Kind.STEADY, code))
    mothers = postings.filter(place_code=next(code for code in codes if code not in taken), is_substitute=False)
    mother = mothers.get(role=Role.COMPANION_MOTHER)
    supervisor = postings.get(role=Role.TOWNSHIP_SUPERVISOR, place_code=mother.place.township_code)
    of_county = postings.filter(place_code=home.code)
    officers = of_county.filter(role=Role.COUNTY_OFFICER).order_by("user__username")
    departments = [of_county.get(role=Role.DEPARTMENT_OFFICER, department__kind=kind) for kind in FOR_TASKS]
    others = [Role.FOUNDATION_OFFICER, Role.RESEARCHER, Role.ADMINISTRATOR, Role.AUDITOR]
    of_programme = [postings.get(role=role) for role in others]
    return [mother, *directors, supervisor, *officers, *departments, *of_programme]


def _open(posting: Posting, at: datetime) -> Account:
    password = "-".join("".join(secrets.choice(LETTERS) for _letter in range(BLOCK)) for _block in range(BLOCKS))
    user: User = posting.user
    user.set_password(password)
    user.save(update_fields=["password"])
    place = str(posting.department or posting.place)
    has_code = give_app(user, at=at)
    return Account(user.username, password, str(Role(posting.role).label), user.full_name, place, has_code)


def write_accounts(accounts: Sequence[Account], path: Path, *, today: date) -> None:
    """One line each, in a file that only its owner reads."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(f"Demo accounts, {today}. Every person and child in this database is invented.\n\n")
        file.writelines(f"{line}\n" for line in lines_of(accounts))


def lines_of(accounts: Sequence[Account]) -> list[str]:
    """A table that lines up as far as names and places in Chinese let it."""
    widest = max(len(account.username) for account in accounts)
    return [
        f"{account.username:{widest}}  {account.password}  {'code' if account.has_code else '    '}  "
        f"{account.role} · {account.name} · {account.place}"
        for account in accounts
    ] + [f"After the password of a line with “code”, an official types what this tells: {TELLS_CODES}"]
