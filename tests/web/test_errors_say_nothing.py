"""What breaks says nothing of anybody: errors are provoked at addresses with data, and every page and every line is read."""

import logging
import logging.config
import re
from collections.abc import Iterator
from io import StringIO
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.urls import reverse
from django.utils.module_loading import import_string

from ccmp.web.access_log import LinesWithoutWords
from ccmp.web.log_lines import NOT_OURS, shown_path
from children.models import Child
from tests import factories
from tests.access.forms import changed_home
from tests.signing_in import Client
from tests.walls.asked import as_the_owner

NAME, NUMBER, PHONE = "石不该看见", "520323201406010027", "13885222207"
SECRETS = (NAME, NUMBER, PHONE, "%E7%9F%B3%E4%B8%8D")
__all__ = ["as_the_owner"]

REFUSES_ALL = """
CREATE FUNCTION refuse_all() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION 'no: %, %', NEW.name, NEW.village_code; END $$
LANGUAGE plpgsql;
CREATE TRIGGER refuse_all BEFORE UPDATE ON children_child FOR EACH ROW EXECUTE FUNCTION refuse_all();
"""


@pytest.fixture
def lines() -> Iterator[StringIO]:
    """The log as production writes it."""
    written = StringIO()
    [told] = settings.LOGGING["handlers"].values()
    form = settings.LOGGING["formatters"][told["formatter"]]
    handler = logging.StreamHandler(written)
    handler.setFormatter(import_string(form["()"])(form["fmt"]))
    for name in told["filters"]:
        handler.addFilter(import_string(settings.LOGGING["filters"][name]["()"])())
    logging.getLogger().addHandler(handler)
    yield written
    logging.getLogger().removeHandler(handler)


@pytest.fixture
def client_of() -> Any:
    def signed_in(user: Any) -> Client:
        client = Client(raise_request_exception=False)
        client.force_login(user, backend="ccmp.people.backends.PostingBackend")
        return client

    return signed_in


@pytest.fixture
def known(mother: Any) -> Child:
    return factories.make_child(mother, name=NAME, resident_id=NUMBER)


def said_in(answer: Any) -> list[str]:
    heads = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
    return [one for one in SECRETS if one in answer.content.decode() + heads]


def test_a_row_that_cannot_be_read_breaks_the_page_and_says_nothing(lines, client_of, mother, officer, known):
    Child.objects.filter(pk=known.pk).update(school_stage="", name=NAME)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE children_child SET resident_id = '1:AAAA' WHERE id = %s", [known.pk])

    answers = [
        client_of(user).get(address, {"q": NAME})
        for user in (mother, officer)
        for address in (
            reverse("children:file", args=[known.pk]),
            reverse("children:paper", args=[known.pk]),
            reverse("api:child", args=[known.pk]),
        )
    ]

    assert {answer.status_code for answer in answers} == {500}
    assert [said_in(answer) for answer in answers] == [[]] * len(answers)
    assert [one for one in SECRETS if one in lines.getvalue()] == []
    assert "Traceback" in lines.getvalue()


@pytest.mark.usefixtures("as_the_owner")  # who adds a trigger owns the table
def test_a_database_that_tells_the_row_in_its_refusal_tells_it_to_nobody(lines, client_of, mother, known):
    facts: Any = SimpleNamespace(child=known, village_code=known.village_code)
    typed = changed_home(facts) | {"address": NAME}
    with connection.cursor() as cursor:
        cursor.execute(REFUSES_ALL)

    page = client_of(mother).post(reverse("children:change", args=[known.pk, "home"]), typed)
    change = {"version": known.version, "school_name": NAME}
    answer = client_of(mother).patch(reverse("api:child", args=[known.pk]), change, content_type="application/json")

    assert (page.status_code, answer.status_code) == (500, 500)
    assert (said_in(page), said_in(answer)) == ([], [])
    assert [one for one in SECRETS if one in lines.getvalue()] == []
    assert "psycopg.errors.RaiseException" in lines.getvalue()


@pytest.mark.parametrize(
    "address",
    [f"/children/{NAME}/", f"/children/{NUMBER}/", f"/children/?q={NAME}&page={NUMBER}", f"/api/v1/children/{PHONE}/"],
)
def test_an_address_into_which_somebody_typed_a_name_is_in_no_line(lines, client_of, mother, known, address):
    for client in (client_of(mother), Client()):
        client.get(address)
        client.post(address, {"csrfmiddlewaretoken": NAME})

    assert [one for one in SECRETS if one in lines.getvalue()] == []


def test_what_is_not_understood_is_repeated_in_no_line_and_on_no_page(lines, client_of, mother, known):
    sent = f'{{"name": "{NAME}", "resident_id": {NUMBER}'
    answers = [
        client_of(mother).post(reverse("api:children"), sent, content_type="application/json"),
        client_of(mother).get(reverse("children:list"), headers={"host": f"{PHONE}.example.org"}),
        client_of(mother).post(reverse("children:list"), {f"{NAME}{number}": NUMBER for number in range(1001)}),
        Client(enforce_csrf_checks=True).post(reverse("people:sign-in"), {"username": NAME, "password": NUMBER}),
    ]

    assert [answer.status_code for answer in answers] == [400, 400, 400, 403]
    assert [said_in(answer) for answer in answers] == [[]] * 4
    assert [one for one in SECRETS if one in lines.getvalue()] == []


@pytest.mark.parametrize("name", ["children:file", "children:history", "visits:flag"])
def test_addresses_and_titles_name_nobody(client_of, mother, known, name):
    flag = factories.make_flag(mother, known)
    address = reverse(name, args=[flag.pk if name == "visits:flag" else known.pk])

    page = client_of(mother).get(address).content.decode()

    hrefs = re.findall(r'(?:href|action)="([^"]*)"', page)
    assert NAME in page
    assert [one for one in hrefs for secret in (NAME, NUMBER, "%E7%9F%B3") if secret in one] == []


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/children/01890a5d-ac96-774b-bcce-b302099a8057/", True),
        ("/api/v1/clubs/520323100201/open-hours/", True),
        ("/static/js/forms.4f2a.js", True),
        (f"/children/{NAME}/", False),
        (f"/children/{NUMBER}/", False),
        (f"/x/{PHONE}", False),
        ("/children/%E7%9F%B3/", False),
    ],
)
def test_the_line_of_a_request_has_the_paths_that_are_ours(path, shown):
    line = LinesWithoutWords.__new__(LinesWithoutWords)
    environ = {"PATH_INFO": path, "REQUEST_METHOD": "GET", "RAW_URI": path, "SERVER_PROTOCOL": "HTTP/1.1"}
    took = SimpleNamespace(seconds=0, microseconds=0)
    answer = SimpleNamespace(status="200 OK", sent=1, headers=[])

    assert line.atoms(answer, SimpleNamespace(headers=[]), environ, took)["U"] == (path if shown else NOT_OURS)
    assert shown_path(path) == (path if shown else NOT_OURS)
