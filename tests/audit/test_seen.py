"""No page and no endpoint shows a child's name without a line of the trail that names the child."""

from http import HTTPStatus

import pytest
from django.test import Client

from ccmp.audit.middleware import place_of
from ccmp.audit.models import REFUSED, SAW, AuditEntry
from tests.access.table import TABLE
from tests.access.test_table import ANY, asked
from tests.access.walking import Walker
from tests.access.world import NAMES, make_world
from tests.factories import CLOUD_FOOT, FENGGANG_VILLAGE, STONE_SHOOT, make_child

# What was typed or brought and is nobody's name yet: the line names the entry or the file instead.
NOT_A_CHILD_YET = {"phones:entry": "phone.outboxentry", "children:import-file": "children.registerfile"}


class Watching(Walker):
    """Keeps the lines of one request, before they are taken back with it."""

    def _send(self, name, address, method, facts):
        before = AuditEntry.objects.latest("pk").pk
        answer = super()._send(name, address, method, facts)
        self.lines = list(AuditEntry.objects.filter(pk__gt=before))
        return answer

    def tells(self, name, child):
        return any(
            child.pk in line.children or line.on_kind == NOT_A_CHILD_YET.get(name.partition("?")[0])
            for line in self.lines
        )


def test_whoever_is_shown_a_name_stands_in_the_trail_with_it(db):
    world, silent, shown = make_world(), set(), set()

    for role in ("M", "C", "P"):
        walker = Watching(world.people[role])
        for (name, method, place), pattern in asked().items():
            answers = TABLE[name, method, place][role].startswith("2") and place in (ANY, "own")
            if not answers or (method != "GET" and not name.startswith("api:")):
                continue
            text = walker.ask(name, pattern, method, world.facts["own"]).text
            for of, facts in world.facts.items():
                if NAMES[of] in text.replace(f"{NAMES[of]}二", ""):
                    shown.add(name)
                    if not walker.tells(name, facts.child):
                        silent.add((role, method, name, of))

    assert silent == set()
    assert len(shown) > 50


def as_(user):
    client = Client()
    client.force_login(user, backend="ccmp.people.backends.PostingBackend")
    return client


def lines(**which):
    return list(AuditEntry.objects.filter(**which).order_by("pk"))


def test_a_list_is_one_line_with_all_who_stood_on_it(mother, child):
    second = make_child(mother, name="罗小军")

    as_(mother).get("/children/")

    (line,) = lines(did=SAW)
    assert (line.by, line.on_kind, line.on_id, line.village_code) == (mother, "page", "children:list", CLOUD_FOOT)
    assert (set(line.children), line.detail) == ({child.pk, second.pk}, {"children": 2})


def test_who_stands_on_another_page_of_a_list_was_not_seen(mother, child, other_mother, officer):
    others = make_child(other_mother, STONE_SHOOT, name="罗小军")

    as_(officer).post("/children/", {"q": "罗小军"})

    assert {seen for line in lines(did=SAW) for seen in line.children} == {others.pk}
    assert "罗小军" not in str([(line.detail, line.on_id) for line in lines()])


def test_a_file_is_one_line_and_not_two(mother, child):
    before = len(lines())

    as_(mother).get(child.get_absolute_url())

    (line,) = lines()[before:]
    assert (line.did, line.children) == ("read", [child.pk])


def test_where_the_trail_cannot_be_written_nothing_is_shown(mother, child, settings):
    settings.AUDIT_KEYS = "none"
    client = as_(mother)
    client.raise_request_exception = False

    answer = client.get("/children/")

    assert answer.status_code == HTTPStatus.INTERNAL_SERVER_ERROR
    assert child.name not in answer.content.decode()


def test_a_hidden_child_and_a_refusal_are_noted_with_the_page_and_not_with_words(
    other_mother, child, education_officer
):
    as_(other_mother).get(child.get_absolute_url())
    as_(other_mother).get("/children/to-check/?q=陈雨欣")
    as_(other_mother).get("/陈雨欣/")

    assert [(line.by, line.on_id, line.detail, line.children) for line in lines(did=REFUSED)] == [
        (other_mother, "children:file", {"child_id": str(child.pk), "status": 404}, []),
        (other_mother, "children:to-check", {"status": 403}, []),
        (other_mother, "nothing", {"status": 404}, []),
    ]


@pytest.mark.parametrize(
    ("villages", "place"),
    [
        ([CLOUD_FOOT], CLOUD_FOOT),
        ([CLOUD_FOOT, STONE_SHOOT], CLOUD_FOOT[:9] + "000"),
        ([CLOUD_FOOT, FENGGANG_VILLAGE], CLOUD_FOOT[:4] + "00000000"),
        ([CLOUD_FOOT, "110101001001"], ""),
        ([], ""),
    ],
)
def test_a_list_is_of_the_smallest_place_that_holds_it(villages, place):
    assert place_of(villages) == place
