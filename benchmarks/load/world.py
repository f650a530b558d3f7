"""A county's worth of people to load the server with, and the count afterwards of what it holds.

    python -m benchmarks.load.world make MOTHERS DESKS FILE     writes who signs in how, and which children are whose
    python -m benchmarks.load.world count FILE                  reads ids, one a line; prints how many visits are held

Forty villages to a county, one mother and CHILDREN to each; every desk sits in one of the counties. All of them are
invented. One password is hashed once for all: what signing in costs is asked of the server, not of this.
"""

import json
import os
import secrets
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ccmp.settings")

import django

django.setup()

from ccmp.walls.asking import WHOLE, let_ask  # noqa: E402

let_ask(lambda _statement: WHOLE)  # the world is made and counted; each request asks as its own user

from django.contrib.auth.hashers import make_password  # noqa: E402

from ccmp.moments import day_of, now  # noqa: E402
from ccmp.people.enums import CheckResult, Role, Schooling, Sex  # noqa: E402
from ccmp.people.models import User  # noqa: E402
from ccmp.people.services.accounts import fill_in_file, record_check  # noqa: E402
from ccmp.people.services.county import add_term, enrol_village  # noqa: E402
from ccmp.people.services.postings import post_person  # noqa: E402
from ccmp.places.enums import Arm, Level  # noqa: E402
from ccmp.places.models import PROGRAMME_CODE, Place  # noqa: E402
from clubs.models import Club  # noqa: E402
from tests.factories.facts import child_entry  # noqa: E402
from visits.models import Visit  # noqa: E402

from children.services.register import register_children  # isort: skip  # noqa: E402

PASSWORD = secrets.token_urlsafe(12)  # of this world alone
VILLAGES, TOWNSHIP, CHILDREN = 40, 10, 4  # villages to a county and to a township, children to a village
WEEKS = timedelta(weeks=8)


def county_code(number: int) -> str:
    return f"52{number // 90 + 1:02}{number % 90 + 1:02}000000"


def village_code(number: int) -> str:
    county, of_county = divmod(number, VILLAGES)
    return f"{county_code(county)[:6]}{of_county // TOWNSHIP + 101:03}{of_county % TOWNSHIP + 201:03}"


def make(mothers: int, desks: int) -> dict[str, Any]:
    at, hashed = now(), make_password(PASSWORD)
    codes = [village_code(number) for number in range(mothers)]
    _make_places(codes)
    counties = sorted({f"{code[:6]}000000" for code in codes})
    return {
        "password": PASSWORD,
        "mothers": [_make_mother(code, hashed, at) for code in codes],
        "desks": [_make_desk(number, counties[number % len(counties)], hashed, at) for number in range(desks)],
    }


def _make_places(codes: list[str]) -> None:
    rows = {PROGRAMME_CODE: Level.PROGRAMME, "520000000000": Level.PROVINCE}
    for code in codes:
        rows |= {f"{code[:4]}00000000": Level.PREFECTURE, f"{code[:6]}000000": Level.COUNTY}
        rows[f"{code[:9]}000"] = Level.TOWNSHIP
    Place.objects.bulk_create(
        [Place(code=code, name=f"地{code[:9]}", level=level) for code, level in sorted(rows.items())],
        ignore_conflicts=True,
    )


def _make_mother(code: str, hashed: str, at: Any) -> dict[str, Any]:
    since = day_of(at - WEEKS)
    enrol_village(code=code, name=f"村{code[6:]}", arm=Arm.CCMP, starts_on=since, by=None, at=at)
    Club.objects.get_or_create(village_code=code, defaults={"opened_on": since})
    mother = User.objects.create(username=f"m{code}", full_name="罗小琴", password=hashed)
    person = {"born_on": date(1988, 5, 1), "sex": Sex.FEMALE, "schooling": Schooling.SENIOR, "is_full_time": True}
    fill_in_file(user=mother, **person, home_code=code, by=None, at=at)
    record_check(user=mother, checked_on=since, authority="县公安局", result=CheckResult.CLEAR, by=None, at=at)
    _post(mother, Role.COMPANION_MOTHER, code, at)
    made_at = at - timedelta(days=30)
    children = [child_entry(code, made_at=made_at, born_on=date(2014, 6, day + 1)) for day in range(CHILDREN)]
    register_children(entries=children, by=mother, at=made_at)
    return {"username": mother.username, "children": [str(child.id) for child in children]}


def _make_desk(number: int, county: str, hashed: str, at: Any) -> dict[str, Any]:
    if number < 90:  # each county's first desk; the term of the county with it
        _make_term(county, at)
    officer = User.objects.create(username=f"desk{number}", full_name="周令仪", password=hashed)
    _post(officer, Role.COUNTY_OFFICER, county, at)
    return {"username": officer.username}


def _make_term(county: str, at: Any) -> None:
    from ccmp.places.models import SchoolTerm  # here alone

    if not SchoolTerm.objects.filter(county_code=county).exists():
        first, last = day_of(at - WEEKS), day_of(at + WEEKS)
        add_term(county_code=county, name="学期", starts_on=first, ends_on=last, by=None, at=at)


def _post(user: User, role: Role, code: str, at: Any) -> None:
    post_person(user=user, role=role, place=Place.objects.get(pk=code), starts_at=at - WEEKS, by=None, at=at)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["make", mothers, desks, file]:
            Path(file).write_text(json.dumps(make(int(mothers), int(desks))), encoding="utf-8")
        case ["count", file]:
            ids = Path(file).read_text(encoding="ascii").split()
            print(Visit.objects.filter(pk__in=ids).count())
