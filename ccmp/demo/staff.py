"""The people who serve in an invented county: officers, departments, supervisors, mothers and who stood in for them."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from ccmp.demo.chance import Chance
from ccmp.demo.geography import County, Village
from ccmp.demo.helping import DEPARTMENTS
from ccmp.demo.names import People, adult_name, surname_of
from ccmp.demo.numbers import mobile
from ccmp.demo.profiles import Profile
from ccmp.moments import CHINA, start_of
from ccmp.people.enums import CheckResult, DepartmentKind, Role, Schooling, Sex
from ccmp.people.models import Department, User
from ccmp.people.services.accounts import create_user, fill_in_file, record_check
from ccmp.people.services.county import add_department
from ccmp.people.services.postings import post_person
from ccmp.places.models import PROGRAMME_CODE, Place

BEFORE = timedelta(days=20)  # staff is in post before the first village opens
OFFICES = {
    Role.FOUNDATION_OFFICER: ("foundation", "项目管理部"),
    Role.RESEARCHER: ("researcher", "研究评估组"),
    Role.ADMINISTRATOR: ("administrator", "信息技术部"),
    Role.AUDITOR: ("auditor", "审计部"),
}


@dataclass(frozen=True)
class CountyStaff:
    """The county's two officers and each department with the officer who answers for it."""

    first: User
    second: User
    departments: dict[DepartmentKind, tuple[Department, User]]


def person(
    chance: Chance, people: People, username: str, *, born: int, sex: Sex = Sex.UNKNOWN, office: str = ""
) -> User:
    """An invented person with an account that nobody can sign in to yet."""
    if sex == Sex.UNKNOWN:
        sex = chance.one_of([Sex.MALE, Sex.FEMALE])
    group = chance.weighted(people.groups)
    name = adult_name(chance, sex, surname_of(chance, group, people), born=born, group=group)
    return create_user(
        username=username, full_name=name, password=None, phone=mobile(chance), office=office, sex=sex, is_demo=True
    )


def post(user: User, role: Role, place_code: str, *, starts_on: date, **facts: Any) -> None:
    at = start_of(starts_on)
    place = Place.objects.get(pk=place_code)
    post_person(user=user, role=role, place=place, starts_at=at, by=None, at=at, **facts)


def hire_for_the_programme(chance: Chance, people: People, *, first: date) -> None:
    """One person for each role that reaches the whole programme."""
    for role, (username, office) in OFFICES.items():
        user = person(chance, people, username, born=1984, office=office)
        post(user, role, PROGRAMME_CODE, starts_on=first - BEFORE)


def hire_for_the_county(chance: Chance, county: County, *, first: date) -> CountyStaff:
    """Two officers, every department with an officer, a supervisor for each township that has villages."""
    starts_on = first - BEFORE
    officers = [
        person(chance, county.people, f"county{number}-{county.prefix}", born=1980, office="儿童福利和未成年人保护股")
        for number in (1, 2)
    ]
    for officer in officers:
        post(officer, Role.COUNTY_OFFICER, county.code, starts_on=starts_on)
    name = Place.objects.get(pk=county.code).name
    departments = {
        kind: _department(chance, county, kind, f"{name}{words}", starts_on) for kind, words in DEPARTMENTS.items()
    }
    for township in sorted({village.township_code for village in county.villages}):
        supervisor = person(chance, county.people, f"supervisor-{township[:9]}", born=1986, office="社会事务办")
        post(supervisor, Role.TOWNSHIP_SUPERVISOR, township, starts_on=starts_on)
    return CountyStaff(officers[0], officers[1], departments)


def _department(
    chance: Chance, county: County, kind: DepartmentKind, name: str, starts_on: date
) -> tuple[Department, User]:
    department = add_department(county_code=county.code, kind=kind, name=name, by=None, at=start_of(starts_on))
    officer = person(chance, county.people, f"{kind.value}-{county.prefix}", born=1983, office=name)
    post(officer, Role.DEPARTMENT_OFFICER, county.code, starts_on=starts_on, department=department)
    return department, officer


def hire_for_the_village(chance: Chance, county: County, village: Village, profile: Profile, role: Role) -> User:
    """The village's companion mother (or child director), with her file and her background check."""
    starts_on = profile.opens_on - timedelta(days=6)
    user = _villager(chance, county, village, f"m{village.code}", starts_on)
    post(user, role, village.code, starts_on=starts_on)
    return user


def hire_substitute(chance: Chance, county: County, village: Village, profile: Profile) -> User:
    """Who stood in, by name, while the mother was away."""
    user = _villager(chance, county, village, f"s{village.code}", profile.opens_on)
    first, last = profile.trouble_from - timedelta(days=1), profile.trouble_until + timedelta(days=1)
    ends_at = datetime.combine(last, time(23), tzinfo=CHINA)
    post(user, Role.COMPANION_MOTHER, village.code, starts_on=first, is_substitute=True, ends_at=ends_at)
    return user


def _villager(chance: Chance, county: County, village: Village, username: str, on: date) -> User:
    at = start_of(on)
    born_on = date(on.year - chance.between(24, 48), chance.between(1, 12), chance.between(1, 28))
    user = person(chance, county.people, username, born=born_on.year, sex=Sex.FEMALE)
    schooling = chance.weighted({Schooling.SENIOR: 70, Schooling.COLLEGE: 26, Schooling.UNIVERSITY: 4})
    fill_in_file(
        user=user,
        born_on=born_on,
        sex=Sex.FEMALE,
        schooling=schooling,
        is_full_time=True,
        home_code=village.code,
        by=None,
        at=at,
    )
    checked_on = on - timedelta(days=chance.between(5, 60))
    record_check(
        user=user,
        checked_on=checked_on,
        authority="县公安局",
        result=CheckResult.CLEAR,
        by=None,
        at=start_of(checked_on),
    )
    return user
