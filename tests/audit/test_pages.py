"""The auditor's page, and the county's page of who has looked at a child."""

import subprocess
from datetime import timedelta

import pytest
from django.utils import translation

from ccmp.audit.models import AuditEntry
from ccmp.audit.record import record
from ccmp.audit.sealing import seal_trail
from ccmp.audit.words import ABOUT, DID, what_about, what_was_done
from ccmp.moments import now
from tests.factories import make_auditor, make_flag
from tests.signing_in import Client


def as_(user):
    client = Client()
    client.force_login(user, backend="ccmp.people.backends.PostingBackend")
    return client


@pytest.fixture
def auditor(world):
    return make_auditor("周明")


def rows_of(page):
    return page.content.decode().split("<tbody>")[1].split("</tbody>")[0].split("<tr>")[1:]


def words_of(pdf):
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return done.stdout.decode()


def test_the_auditor_reads_who_did_what_and_no_case_data(auditor, mother, child):
    as_(mother).get(child.get_absolute_url())
    seal_trail(at=now())

    page = as_(auditor).get("/trail/")

    text = page.content.decode()
    assert ("罗小琴" in rows_of(page)[0], "打开" in rows_of(page)[0], "孩子的档案" in rows_of(page)[0]) == (True,) * 3
    assert "童伴妈妈" in rows_of(page)[0]
    assert "最近的锚点在第" in text
    assert (child.name in text, str(child.pk) in text) == (False, False)


def test_that_the_trail_was_read_stands_in_it(auditor):
    as_(auditor).get("/trail/")

    assert AuditEntry.objects.latest("pk").did == "read the trail"
    assert AuditEntry.objects.latest("pk").by == auditor


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        ({"who": "罗小琴", "what": "opened"}, 1),
        ({"who": "欧阳", "what": "opened"}, 0),
        ({"what": "refused"}, 1),
        ({"what": "opened", "area": "520323"}, 1),
        ({"what": "opened", "area": "520327"}, 0),
        ({"what": "opened", "since": "2020-01-01", "until": "2020-01-02"}, 0),
        ({"what": "opened", "since": "2020-01-01"}, 1),
    ],
)
def test_the_trail_is_narrowed(auditor, mother, other_mother, child, asked, number):
    as_(mother).get(child.get_absolute_url())
    as_(other_mother).get(child.get_absolute_url())

    page = as_(auditor).get("/trail/", asked)

    assert len(page.context["lines"]) == number


def test_the_trail_goes_on_where_the_page_ended(auditor, mother):
    for _one in range(130):
        record(by=mother, at=now(), did="read", on=mother)
    client, before, seen = as_(auditor), None, []

    for _page in range(3):
        page = client.get("/trail/", {"who": "罗小琴", "what": "opened"} | ({"before": before} if before else {}))
        seen.append(len(page.context["lines"]))
        before = page.context["before"]

    assert (seen, before) == ([60, 60, 10], None)


@pytest.mark.parametrize("number", [1, 3])
def test_the_trail_costs_the_same_for_one_line_and_for_three(auditor, mother, number, django_assert_max_num_queries):
    for _one in range(number):
        record(by=mother, at=now(), did="read", on=mother)
    client = as_(auditor)

    with django_assert_max_num_queries(14):
        client.get("/trail/", {"what": "opened"})


def test_the_county_sees_who_looked_at_a_child_and_for_what(officer, mother, child):
    as_(mother).get("/children/")
    as_(mother).get(child.get_absolute_url())

    page = as_(officer).get(f"/children/{child.pk}/looks/")

    rows = rows_of(page)
    assert ["周令仪" in row for row in rows] == [True] + [False] * (len(rows) - 1)
    assert ("罗小琴" in rows[1], "打开" in rows[1]) == (True, True)
    assert "在页面上看到姓名" in rows[2]
    assert f"/children/{child.pk}/looks/" in as_(officer).get(child.get_absolute_url()).content.decode()
    assert "/looks/" not in as_(mother).get(child.get_absolute_url()).content.decode()


def test_the_guardians_paper_names_offices_and_tells_nothing_of_a_report(officer, mother, child):
    flag = make_flag(mother, child)
    for client, address in (
        (as_(mother), child.get_absolute_url()),
        (as_(mother), f"/flags/{flag.pk}/"),
        (as_(officer), f"/flags/?flag={flag.pk}"),
    ):
        assert client.get(address).status_code == 200

    paper = as_(officer).get(f"/children/{child.pk}/looks/paper/")

    text = words_of(paper.content)
    assert ("童伴妈妈" in text, "孩子的档案" in text, child.name in text) == (True, True, True)
    assert ("罗小琴" in text, "线索" in text, "上报" in text, "拒绝" in text) == (False, False, False, False)
    assert "线索" in as_(officer).get(f"/children/{child.pk}/looks/").content.decode()


def test_a_refusal_is_nobodys_look(officer, other_mother, child):
    as_(other_mother).get(child.get_absolute_url())

    page = as_(officer).get(f"/children/{child.pk}/looks/")

    assert "欧阳慧敏" not in page.content.decode()


def test_the_paper_goes_back_a_year(officer, mother, child):
    record(by=mother, at=now() - timedelta(days=400), did="printed", on=child)

    paper = words_of(as_(officer).get(f"/children/{child.pk}/looks/paper/").content)

    assert f"{now() - timedelta(days=400):%Y-%m}" not in paper


def test_what_was_done_is_said_in_words_for_every_line_of_a_walked_world(db):
    from tests.access.world import make_world  # a world takes a while to make, and one test needs it

    make_world()
    written = list(AuditEntry.objects.all())

    with translation.override("zh-hans"):
        assert {one.did for one in written if one.did not in DID} == set()
        assert {one.on_kind for one in written if not what_about(one)} == set()
        assert all(what_was_done(one) for one in written)
        assert [str(word) for word in (*DID.values(), *ABOUT.values()) if str(word).isascii()] == []
