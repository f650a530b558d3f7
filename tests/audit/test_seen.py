"""No page and no endpoint shows a child's name without a line of the trail that names the child."""

from http import HTTPStatus

import pytest

from ccmp.audit.middleware import place_of
from ccmp.audit.models import REFUSED, SAW, AuditEntry
from ccmp.identifiers import new_id
from ccmp.moments import now
from ccmp.people.services.accounts import make_token
from ccmp.people.services.passwords import give_password
from ccmp.people.services.postings import end_posting
from ccmp.phone.services.changes import Asked, take_down
from ccmp.phone.services.phones import set_up_phone
from tests.access.table import TABLE
from tests.access.test_table import ANY, asked
from tests.access.walking import Walker
from tests.access.world import NAMES, make_world
from tests.factories import CLOUD_FOOT, FENGGANG_VILLAGE, NOW, STONE_SHOOT, make_child
from tests.signing_in import Client

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

    as_(officer).post("/children/", {"q": "罗小军"}, follow=True)

    assert {seen for line in lines(did=SAW) for seen in line.children} == {others.pk}
    assert "罗小军" not in str([(line.detail, line.on_id) for line in lines()])


def test_a_program_that_reads_a_list_with_its_token_stands_in_the_trail(mother, child):
    token, _row = make_token(user=mother, at=now())

    Client().get("/api/v1/children/", headers={"Authorization": f"Bearer {token}"})

    assert [(line.by, line.on_id, line.children) for line in lines(did=SAW)] == [(mother, "api:children", [child.pk])]


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


# ------------------------------------------------------------------------------------------------- coming and going, keeping


def test_whoever_comes_and_goes_stands_in_the_trail(mother):
    mother.set_password("yun-jiao-cun-2026")
    mother.save()
    client, sent = Client(), {"username": mother.username, "password": "yun-jiao-cun-2026"}
    before = AuditEntry.objects.latest("pk").pk

    client.post("/sign-in/", sent | {"password": "wrong"})
    client.post("/sign-in/", {"username": "nobody here 520323", "password": "wrong"})
    client.post("/sign-in/", sent)
    client.post("/sign-out/")

    assert [(line.did, line.by, line.on_id, line.detail) for line in lines(pk__gt=before)] == [
        ("could not sign in", None, str(mother.pk), {}),
        ("could not sign in", None, "", {}),
        ("signed in", mother, str(mother.pk), {}),
        ("signed out", mother, str(mother.pk), {}),
    ]


def test_a_program_that_may_not_come_in_stands_in_the_trail(mother):
    Client().post("/api/v1/token/", {"username": mother.username, "password": "wrong"}, "application/json")

    assert [line.on_id for line in lines(did="could not sign in")] == [str(mother.pk)]


def test_what_is_done_to_accounts_and_posts_stands_in_the_trail(officer, mother):
    end_posting(posting_id=mother.postings.get().pk, ends_at=NOW, by=officer, at=NOW)
    give_password(user=mother, by=officer, at=NOW)

    assert [(line.did, line.on_kind, line.village_code) for line in lines(by=officer)] == [
        ("ended a posting", "people.posting", CLOUD_FOOT),
        ("gave a password", "people.user", ""),
    ]


def test_a_phone_that_is_brought_up_to_date_names_the_children_whose_sheets_go_down(mother, child):
    phone = set_up_phone(phone_id=new_id(), label="", by=mother, at=NOW).phone

    take_down(phone=phone, asked=Asked(), at=NOW)
    take_down(phone=phone, asked=Asked(), at=NOW)

    assert [line.children for line in lines(did="took down")] == [[child.pk], [child.pk]]


def test_a_register_that_is_taken_out_names_its_children(officer, child):
    as_(officer).post("/children/export/")

    assert [line.children for line in lines(by=officer, did="exported")] == [[child.pk]]
    assert lines(by=officer, did=SAW) == []
