"""The people of the little world (see tests.factories), as fixtures."""

from collections.abc import Iterator

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from ccmp.people.models import Department, User
from children.models import Child
from tests import factories
from tests.signing_in import Client


@pytest.fixture
def client() -> Client:
    """pytest-django's, which signs officials in with their second step."""
    return Client()


LAST_TO_LEAVE = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A process that a test killed may be connected still when the test database goes: on a busy machine it takes a while."""
    yield
    with django_db_blocker.unblock(), connection.as_owner(), connection.cursor() as cursor:
        cursor.execute(LAST_TO_LEAVE)


@pytest.fixture
def world(db: None) -> None:
    factories.make_places()


@pytest.fixture
def mother(world: None) -> User:
    """The companion mother of 云脚村."""
    return factories.make_mother(name="罗小琴")


@pytest.fixture
def other_mother(world: None) -> User:
    """The companion mother of 石笋沟村, next door."""
    return factories.make_mother(factories.STONE_SHOOT, name="欧阳慧敏")


@pytest.fixture
def officer(world: None) -> User:
    """An officer of 绥阳县."""
    return factories.make_county_officer(name="周令仪")


@pytest.fixture
def other_county_officer(world: None) -> User:
    return factories.make_county_officer(factories.FENGGANG, name="令狐克勤")


@pytest.fixture
def education(world: None) -> Department:
    return factories.make_department()


@pytest.fixture
def education_officer(education: Department) -> User:
    return factories.make_department_officer(education, name="石小龙")


@pytest.fixture
def child(mother: User) -> Child:
    """A rural girl of eleven in 云脚村."""
    return factories.make_child(mother, name="陈雨欣")
