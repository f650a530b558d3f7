"""Who asks is told with every statement, and to nobody else: not after it, not after an error, not in another thread."""

import threading
from http import HTTPStatus

import pytest
from django.db import DatabaseError, ProgrammingError, connection, transaction
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from ccmp.people.asking import AskingMiddleware
from ccmp.walls.asking import NOBODY, WHOLE, Asking, ask_no_more, asked_by, asking, let_ask, spelled, whole_reach
from children.models import Child
from tests import factories
from tests.factories import CLOUD_FOOT, STONE_SHOOT
from tests.signing_in import Client
from tests.walls.asked import as_somebody


@pytest.fixture
def children(mother, other_mother):
    """One in each of two villages."""
    return [factories.make_child(mother).id, factories.make_child(other_mother, STONE_SHOOT).id]


def seen():
    return list(Child.objects.order_by("village_code").values_list("id", flat=True))


def told() -> str:
    """What PostgreSQL was told last, as a statement that is not ours hears it."""
    return connection.connection.execute("SELECT current_setting('ccmp.who', true), current_user").fetchone()


def nobody(_statement):
    return NOBODY


def test_each_block_ends_where_it_ends(children, mother, other_mother):
    own, other = sorted(children, key=lambda key: Child.objects.get(pk=key).village_code)
    with as_somebody(mother):
        first = seen()
        with as_somebody(other_mother):
            second = seen()
            with whole_reach("a test"):
                both = seen()
        again = seen()

    assert {tuple(first), tuple(second)} == {(own,), (other,)}
    assert (again, both) == (first, [own, other])


def test_an_error_and_what_is_taken_back_leave_nothing_behind(children, mother):
    with as_somebody(mother):
        with (
            pytest.raises(ProgrammingError),
            transaction.atomic(),
            whole_reach("a test"),
            connection.cursor() as cursor,
        ):
            cursor.execute("SELECT nothing FROM children_child")
        assert len(seen()) == 1
        with transaction.atomic(), whole_reach("a test"):
            assert len(seen()) == 2
            transaction.set_rollback(True)
        assert len(seen()) == 1
    with asked_by(nobody):
        assert seen() == []


@pytest.mark.django_db(transaction=True)
def test_a_connection_keeps_nothing_of_who_asked_before():
    factories.make_places()
    mother = factories.make_mother()
    factories.make_child(mother)
    with as_somebody(mother):
        assert len(seen()) == 1

    assert told() == ("", "ccmp_program")

    with whole_reach("a test"):
        assert len(seen()) == 1
    assert told() == ("", "ccmp_program")
    with pytest.raises(DatabaseError), whole_reach("a test"), connection.cursor() as cursor:
        cursor.execute("SELECT nothing FROM children_child")
    assert told() == ("", "ccmp_program")
    with asked_by(nobody):
        assert seen() == []


@pytest.mark.django_db(transaction=True)
def test_a_thread_asks_for_itself():
    factories.make_places()
    mother, other = factories.make_mother(), factories.make_mother(STONE_SHOOT)
    own, next_door = factories.make_child(mother).id, factories.make_child(other, STONE_SHOOT).id
    found, both = {}, threading.Barrier(2)

    def of(user):
        try:
            with as_somebody(None):
                with asked_by(lambda _statement: WHOLE):
                    block = as_somebody(user)
                with block:
                    both.wait(20)
                    found[user] = [seen() for _again in range(20)]
        finally:
            connection.close()

    def without_anybody():
        try:
            found["nobody"] = seen()
        finally:
            connection.close()

    threads = [threading.Thread(target=of, args=(user,)) for user in (mother, other)]
    threads.append(threading.Thread(target=without_anybody))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == {mother: [[own]] * 20, other: [[next_door]] * 20, "nobody": []}


def test_a_request_asks_as_its_user_and_ends_so_when_it_breaks(children, mother):
    def breaking(request):
        raise ValueError(len(seen()))

    request = RequestFactory().get("/")
    request.user = mother
    with asked_by(nobody):
        with pytest.raises(ValueError, match="1"):
            AskingMiddleware(breaking)(request)
        assert seen() == []


def test_two_people_after_each_other_on_one_connection(children, mother, officer):
    client = Client()
    numbers = []
    for user in (officer, mother, None):
        if user is None:
            client.logout()
        else:
            client.force_login(user, backend="ccmp.people.backends.PostingBackend")
        answer = client.get("/api/v1/children/")
        numbers.append(len(answer.json()["results"]) if answer.status_code == HTTPStatus.OK else 0)

    assert numbers == [2, 1, 0]


def test_it_costs_no_statement_of_its_own(children, mother):
    with (
        as_somebody(mother),
        CaptureQueriesContext(
            connection,
        ) as queries,
    ):
        seen()
        seen()

    assert len(queries) == 3  # her postings, and each list
    assert all("set_config" not in query["sql"] for query in queries)


def test_prefixes_are_told_one_by_one():
    assert spelled([CLOUD_FOOT[:6], "520103"]) == "520103,520323"
    assert spelled(["529"]) == "529"
    assert spelled([""]) == "0,1,2,3,4,5,6,7,8,9"
    assert spelled([]) == ""
    with pytest.raises(ValueError):
        spelled(["52'; --"])


def test_whoever_asks_is_told_whole():
    token = let_ask(lambda _statement: Asking("x", {"clubs": ("52",)}))
    try:
        assert dict(asking().settings) == {
            "ccmp.who": "x",
            "ccmp.children": "",
            "ccmp.grounds": "",
            "ccmp.clubs": "52",
            "ccmp.phones": "",
            "ccmp.entries": "",
        }
    finally:
        ask_no_more(token)
