from datetime import date, datetime
from itertools import count

from ccmp.people.enums import CheckResult, DepartmentKind, Role, Schooling, Sex
from ccmp.people.models import Department, User
from ccmp.people.services.accounts import fill_in_file, record_check
from ccmp.people.services.county import add_department
from ccmp.people.services.postings import post_person
from ccmp.places.models import PROGRAMME_CODE, Place
from tests.factories.places import CLOUD_FOOT, NOW, SUIYANG, moment

POSTED_AT = moment("2025-09-01 00:00")
_number = count(1)


def make_person(name: str = "") -> User:
    """Somebody with an account and no post. The password is unusable: tests sign in by force."""
    number = next(_number)
    return User.objects.create_user(f"person{number}", None, full_name=name or f"罗小琴{number}")


def _posted(
    role: Role,
    code: str,
    name: str = "",
    department: Department | None = None,
    starts_at: datetime = POSTED_AT,
    **more: object,
) -> User:
    user = make_person(name)
    place = Place.objects.get(pk=code)
    if role in (Role.COMPANION_MOTHER, Role.CHILD_DIRECTOR):
        fill_in_file(
            user=user,
            born_on=date(1988, 5, 1),
            sex=Sex.FEMALE,
            schooling=Schooling.SENIOR,
            is_full_time=True,
            home_code=code,
            by=None,
            at=NOW,
        )
        record_check(
            user=user, checked_on=date(2025, 8, 1), authority="绥阳县公安局", result=CheckResult.CLEAR, by=None, at=NOW
        )
    post_person(
        user=user,
        role=role,
        place=place,
        department=department,
        starts_at=starts_at,
        by=None,
        at=NOW,
        **more,  # type: ignore[arg-type]
    )
    return user


def make_mother(code: str = CLOUD_FOOT, name: str = "", **more: object) -> User:
    return _posted(Role.COMPANION_MOTHER, code, name, **more)  # type: ignore[arg-type]


def make_director(code: str = CLOUD_FOOT, name: str = "", **more: object) -> User:
    return _posted(Role.CHILD_DIRECTOR, code, name, **more)  # type: ignore[arg-type]


def make_supervisor(code: str = "520323100000", name: str = "") -> User:
    return _posted(Role.TOWNSHIP_SUPERVISOR, code, name)


def make_county_officer(code: str = SUIYANG, name: str = "") -> User:
    return _posted(Role.COUNTY_OFFICER, code, name)


def make_department(
    name: str = "县教育局", kind: DepartmentKind = DepartmentKind.EDUCATION, county: str = SUIYANG
) -> Department:
    return add_department(county_code=county, kind=kind, name=name, by=None, at=NOW)


def make_department_officer(department: Department, name: str = "") -> User:
    return _posted(Role.DEPARTMENT_OFFICER, department.county_code, name, department=department)


def make_foundation_officer(name: str = "") -> User:
    return _posted(Role.FOUNDATION_OFFICER, PROGRAMME_CODE, name)


def make_researcher(name: str = "") -> User:
    return _posted(Role.RESEARCHER, PROGRAMME_CODE, name)


def make_administrator(name: str = "") -> User:
    return _posted(Role.ADMINISTRATOR, PROGRAMME_CODE, name)


def make_auditor(name: str = "") -> User:
    return _posted(Role.AUDITOR, PROGRAMME_CODE, name)
