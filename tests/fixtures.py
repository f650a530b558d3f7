"""The people of the little world (see tests.factories), as fixtures."""

import pytest

from ccmp.people.models import Department, User
from children.models import Child
from tests import factories
from tests.signing_in import Client


@pytest.fixture
def client() -> Client:
    """pytest-django's, which signs officials in with their second step."""
    return Client()


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
