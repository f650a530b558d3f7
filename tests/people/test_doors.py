"""The program's own list of doors: what has no line is there for nobody, and a line says who may knock."""

import pytest
from django.urls import URLPattern, reverse
from rest_framework.permissions import AllowAny

from ccmp.people.doors import MayKnock, doors, refusal_at
from tests import factories
from tests.access.table import ROLES, TABLE
from tests.access.walking import patterns
from tests.people.new_door_urls import SHOWN, WithoutItsGuard
from tests.signing_in import Client
from tools import doors as tool

NEW = ("/new/", "/new/public/", "/new/api/", "/new/api/open/")


@pytest.mark.parametrize("who", [*ROLES])
def test_an_address_without_a_line_is_there_for_nobody(world, settings, who):
    settings.ROOT_URLCONF = "tests.people.new_door_urls"
    makers = {
        "M": factories.make_mother,
        "D": lambda: factories.make_director(is_substitute=True),
        "S": factories.make_supervisor,
        "C": factories.make_county_officer,
        "P": lambda: factories.make_department_officer(factories.make_department()),
        "F": factories.make_foundation_officer,
        "R": factories.make_researcher,
        "A": factories.make_administrator,
        "U": factories.make_auditor,
    }
    client = Client()
    if who != "-":
        client.force_login(makers[who](), backend="ccmp.people.backends.PostingBackend")

    answers = [client.get(address) for address in NEW]

    assert [answer.status_code in (401, 404) for answer in answers] == [True] * len(NEW)
    assert [answer.status_code for answer in answers if who != "-"] == [404] * (len(NEW) if who != "-" else 0)
    assert not any(SHOWN in answer.content.decode() for answer in answers)


def test_the_list_is_what_the_table_says():
    assert tool.DOORS.read_text("utf-8") == tool.ABOVE + "\n".join(tool.lines()) + "\n"
    assert tool.SIZE.read_text("utf-8") == tool.size()


def test_every_address_has_its_line_and_every_line_its_address():
    assert set(doors()) == {name for name, _pattern in patterns() if "?" not in name}


def test_an_address_that_is_about_a_place_has_rows_for_each_place():
    places: dict[tuple[str, str], set[str]] = {}
    for name, method, place in TABLE:
        places.setdefault((name, method), set()).add(place)

    assert {frozenset(one) for one in places.values()} == {frozenset({"any"}), frozenset({"own", "sibling", "other"})}


def _endpoints() -> dict[str, type]:
    found: list[tuple[str, URLPattern]] = list(patterns())
    return {name: pattern.callback.cls for name, pattern in found if hasattr(pattern.callback, "cls")}


def test_every_endpoint_asks_the_list_but_the_one_that_is_public():
    without = {name for name, endpoint in _endpoints().items() if MayKnock not in endpoint.permission_classes}

    assert without == {"api:token"}
    assert WithoutItsGuard.permission_classes == (AllowAny,)


def test_who_may_not_knock_is_sent_away_before_the_view_and_its_database_are_asked(world, django_assert_num_queries):
    client = Client()
    client.force_login(factories.make_auditor(), backend="ccmp.people.backends.PostingBackend")

    with django_assert_num_queries(5):  # session, person, posts; the trail of the refusal; the page that says so
        answer = client.get(reverse("children:register"))

    assert answer.status_code == 403


def test_no_door_is_shut_by_what_is_said_of_a_row():
    """The walk finds nothing where each finds what is her own: a county's own file of a register was there for nobody."""
    shut = {cell for methods in doors().values() for row in methods.values() for cell in row.values()}

    assert shut == {"in", "key", "403", "405"}


def test_when_the_post_ends_its_doors_are_shut(world):
    mother = factories.make_mother()
    client = Client()
    client.force_login(mother, backend="ccmp.people.backends.PostingBackend")
    before = client.get(reverse("visits:today")).status_code
    mother.postings.update(ends_at=factories.moment("2026-03-02 00:00"))

    shut = client.get(reverse("children:register")).status_code

    assert (before, shut) == (200, 302)


ROW = {"auditor": "404", "researcher": "403", "county_officer": "in", "administrator": "405", "-": "key"}


@pytest.mark.parametrize(
    ("roles", "status"),
    [
        ({"county_officer"}, None),
        ({"auditor", "county_officer"}, None),
        ({"researcher"}, 403),
        ({"administrator"}, 405),
        ({"auditor", "researcher"}, 404),
        (set(), 404),
    ],
)
def test_one_post_that_may_is_enough_and_none_is_not(roles, status):
    assert refusal_at(ROW, roles) == status


def test_where_everybody_may_knock_nobody_needs_a_post():
    assert refusal_at({"auditor": "in", "county_officer": "in", "-": "key"}, set()) is None
