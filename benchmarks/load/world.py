"""The whole programme to load the server with, and the count afterwards of what it holds.

    python -m benchmarks.load.world make MOTHERS DESKS FILE     writes who comes with what, and which children are whose
    python -m benchmarks.load.world prime FILE EACH OF          every OF-th phone, from EACH on, takes its village down
    python -m benchmarks.load.world phones                      prints what each phone holds
    python -m benchmarks.load.world count FILE                  reads `visit id` … lines; prints how many of them are held

A village has 500 children (`benchmarks.million`), a mother with a phone and one urgent flag; twenty villages are a county with
its desks. All of them are invented. One password is hashed once for all: what signing in costs is asked of the server.
"""

import base64
import json
import os
import secrets
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ccmp.settings")

import django

django.setup()

from ccmp.walls.asking import WHOLE, let_ask  # noqa: E402

let_ask(lambda _statement: WHOLE)  # the world is made and counted; each request asks as its own user

import pyotp  # noqa: E402
from django.apps import apps  # noqa: E402
from django.contrib.auth.hashers import make_password  # noqa: E402
from django.db import connection  # noqa: E402

from benchmarks import million  # noqa: E402
from benchmarks.invented import uuid_of  # noqa: E402
from ccmp.identifiers import new_id  # noqa: E402
from ccmp.moments import day_of, now  # noqa: E402
from ccmp.people.asking import asks  # noqa: E402
from ccmp.people.enums import CheckResult, Role, Schooling, Sex  # noqa: E402
from ccmp.people.models import BackgroundCheck, CompanionFile, SecondFactor, User  # noqa: E402
from ccmp.people.services.accounts import token_digest  # noqa: E402
from ccmp.people.services.county import add_term  # noqa: E402
from ccmp.people.services.postings import post_person  # noqa: E402
from ccmp.phone.models import Phone, PhoneState  # noqa: E402
from ccmp.phone.services.changes import Asked, take_down  # noqa: E402
from ccmp.places.models import Place  # noqa: E402
from clubs.models import Club  # noqa: E402
from visits.entries import FlagEntry  # noqa: E402
from visits.services.flags import raise_flag  # noqa: E402

PASSWORD = secrets.token_urlsafe(12)  # of this world alone
MOST_ENTRIES = 12  # children of a village whom its mother may visit
WEEKS = timedelta(weeks=8)
HELD = {"visit": "visits.Visit", "flag": "visits.Flag", "club-session": "clubs.ClubSession"}


def village_code(v: int) -> str:
    """The v-th village, as `million.VILLAGE_SQL` spells it."""
    return f"52{v // 200 + 1:02}{v // 20 % 10 + 1:02}{101 + v // 10 % 2:03}{201 + v % 10:03}"


def make(mothers: int, desks: int) -> dict[str, Any]:
    with connection.as_owner():  # indexes are taken away and made again
        million.load(mothers * million.VILLAGE)
    at, hashed = now(), make_password(PASSWORD)
    codes = [village_code(v) for v in range(mothers)]
    counties = sorted({f"{code[:6]}000000" for code in codes})
    for county in counties:
        first, last = day_of(at - WEEKS), day_of(at + WEEKS)
        add_term(county_code=county, name="学期", starts_on=first, ends_on=last, by=None, at=at)
    Club.objects.bulk_create(Club(village_code=code, opened_on=day_of(at - WEEKS)) for code in codes)
    return {
        "password": PASSWORD,
        "mothers": _make_mothers(codes, hashed, at),
        "desks": [_make_desk(number, counties[number % len(counties)], hashed, at) for number in range(desks)],
    }


def _make_mothers(codes: list[str], hashed: str, at: Any) -> list[dict[str, Any]]:
    people = [User(username=f"m{code}", full_name="罗小琴", password=hashed) for code in codes]
    User.objects.bulk_create(people)
    person = {"born_on": date(1988, 5, 1), "sex": Sex.FEMALE, "schooling": Schooling.SENIOR, "is_full_time": True}
    CompanionFile.objects.bulk_create(
        CompanionFile(user=user, home_code=code, filled_in_at=at, **person)
        for user, code in zip(people, codes, strict=True)
    )
    since = day_of(at - WEEKS)
    check = {
        "checked_on": since,
        "next_due_on": since + timedelta(days=365),
        "authority": "县公安局",
        "recorded_at": at,
    }
    BackgroundCheck.objects.bulk_create(
        BackgroundCheck(user=user, result=CheckResult.CLEAR, **check) for user in people
    )
    return [_post_mother(v, user, code, at) for v, (user, code) in enumerate(zip(people, codes, strict=True))]


def _post_mother(v: int, user: User, code: str, at: Any) -> dict[str, Any]:
    """Her post (the first village has one already, who leaves), her phone, a flag that she raised yesterday."""
    if v > 0:
        _post(user, Role.COMPANION_MOTHER, code, at)
    else:
        user = User.objects.get(username="bench-mother")
        User.objects.filter(pk=user.pk).update(password=make_password(PASSWORD))
        user.refresh_from_db()
    children = [uuid_of("c", v * million.VILLAGE + 1 + n * 7) for n in range(MOST_ENTRIES)]
    seen = FlagEntry(
        new_id(), code, at - timedelta(days=1), "hazard", "孩子说晚上一个人在家。", child=UUID(children[-1])
    )
    raise_flag(entry=seen, by=user, at=at)
    token = secrets.token_urlsafe(32)
    phone = Phone.objects.create(
        user=user, village_code=code, label="Chrome · Android", made_at=at, digest=token_digest(token),
        password_mark=user.get_session_auth_hash(), data_key=base64.b64encode(secrets.token_bytes(32)).decode(),
        last_contact_at=at,
    )  # fmt: skip
    return {
        "username": user.username, "village": code, "children": children, "phone": str(phone.pk), "token": token,
    }  # fmt: skip


def _make_desk(number: int, county: str, hashed: str, at: Any) -> dict[str, Any]:
    officer = User.objects.create(username=f"desk{number}", full_name="周令仪", password=hashed)
    _post(officer, Role.COUNTY_OFFICER, county, at)
    secret = pyotp.random_base32()
    SecondFactor.objects.create(user=officer, secret=secret, made_at=at, last_step=0)
    first = next(v for v in range(10**4) if village_code(v).startswith(county[:6]))
    children = [uuid_of("c", first * million.VILLAGE + 3 + n) for n in range(MOST_ENTRIES)]
    return {"username": officer.username, "secret": secret, "children": children}


def _post(user: User, role: Role, code: str, at: Any) -> None:
    post_person(user=user, role=role, place=Place.objects.get(pk=code), starts_at=at - WEEKS, by=None, at=at)


def prime(file: Path, each: int, of: int) -> None:
    """The phones hold their villages already, as on any day of the month but the first."""
    for mother in json.loads(file.read_text(encoding="utf-8"))["mothers"][each::of]:
        phone = Phone.objects.select_related("user").get(pk=mother["phone"])
        with asks(phone.user):
            take_down(phone=phone, asked=Asked(), at=now())


def held_by_phones() -> dict[str, tuple[str, str]]:
    """By phone, the cursor and the hash of what it holds."""
    return {str(pk): (cursor, mark) for pk, cursor, mark in PhoneState.objects.values_list("phone", "cursor", "hash")}


def count(file: Path) -> int:
    """How many of the entries are held by their own ids."""
    ids: dict[str, list[str]] = {kind: [] for kind in HELD}
    for line in file.read_text(encoding="ascii").split("\n"):
        if line:
            kind, one = line.split(" ")
            ids[kind].append(one)
    return sum(apps.get_model(HELD[kind])._default_manager.filter(pk__in=ones).count() for kind, ones in ids.items())


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["make", mothers, desks, file]:
            Path(file).write_text(json.dumps(make(int(mothers), int(desks))), encoding="utf-8")
        case ["prime", file, each, of]:
            prime(Path(file), int(each), int(of))
        case ["phones"]:
            print(json.dumps(held_by_phones()))
        case ["count", file]:
            print(count(Path(file)))
