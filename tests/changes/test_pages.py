"""The auditor's page of what was changed: who, by what, which record, and of open fields what stood there."""

import pytest
from django.utils import translation

from ccmp.audit.models import AuditEntry
from ccmp.changes.models import MODELS
from ccmp.changes.words import by_what
from ccmp.people.models import Department, User
from ccmp.walls.asking import whole_reach
from ccmp.walls.doing import Doing, done_as
from children.models import Child
from tests.factories import make_auditor
from tests.signing_in import Client

ADDRESS = "/trail/changes/"


@pytest.fixture
def auditor(world):
    return make_auditor("周明")


def asked(user, **filters):
    client = Client()
    client.force_login(user, backend="ccmp.people.backends.PostingBackend")
    return client.get(ADDRESS, filters)


def lines(page):
    return [line for line, _kind, _by_what in page.context["lines"]]


def rename(department, *names, by=None):
    for name in names:
        with done_as(Doing(what="people:departments" if by else "", who=str(by.pk) if by else "")):
            Department.objects.filter(pk=department.pk).update(name=name)


def test_an_open_field_is_told_from_what_to_what_with_who_and_by_what(auditor, officer, education):
    before = education.name
    rename(education, "教体局", "县教体局", by=officer)

    page = asked(auditor, kind="people.Department")

    told = [(line.who, line.what, line.fields[0].was, line.fields[0].became) for line in lines(page) if line.by]
    assert told == [
        (officer, "people:departments", "教体局", "县教体局"),
        (officer, "people:departments", before, "教体局"),
    ]
    text = page.content.decode()
    assert [
        word for word in ("周令仪", "教体局", "部门", str(education.pk), "people:departments") if word not in text
    ] == []


def test_of_a_person_it_is_said_that_a_field_changed_and_never_what_stood_there(auditor, mother, child):
    Child.objects.filter(pk=child.pk).update(name="欧阳雨薇", school_name="桥头小学", version=9)
    User.objects.filter(pk=mother.pk).update(full_name="罗小勤", phone="13800002716")

    page = asked(auditor, row=str(child.pk))
    text = page.content.decode() + asked(auditor, row=str(mother.pk), kind="people.User").content.decode()

    assert "儿童档案" in text
    assert {one.name: (one.was, one.became) for one in lines(page)[0].fields} == {
        "name": (None, None),
        "school_name": (None, None),
        "version": (str(child.version), "9"),
    }
    held = ("陈雨欣", "欧阳雨薇", "桥头小学", "罗小琴", "罗小勤", "13800002716")
    assert [word for word in held if word in text] == []
    assert not AuditEntry.objects.filter(did="saw names").exists()


def test_what_became_of_a_field_is_read_past_changes_that_copy_nothing(auditor, mother):
    User.objects.filter(pk=mother.pk).update(language="en")
    User.objects.filter(pk=mother.pk).update(phone="13800000001")
    User.objects.filter(pk=mother.pk).update(language="zh-hans")

    fields = [line.fields[0] for line in lines(asked(auditor, row=str(mother.pk), kind="people.User"))][:3]

    assert [(one.name, one.was, one.became) for one in fields] == [
        ("language", "en", "zh-hans"),
        ("phone", None, None),
        ("language", "zh-hans", "en"),
    ]


def test_what_was_removed_and_what_was_done_by_hand_is_said(auditor, education):
    Department.objects.filter(pk=education.pk).delete()

    page = asked(auditor, how="hand", kind="people.Department", row=str(education.pk))

    (line,) = lines(page)
    text = page.content.decode()
    assert (line.is_removal, line.is_by_hand, line.who) == (True, True, None)
    assert [word for word in ("已删除", "绕过系统，手工改动", line.role) if word not in text] == []


@pytest.mark.parametrize(
    ("filters", "number"),
    [
        ({}, 2),
        ({"who": "周令仪"}, 1),
        ({"who": "罗小琴"}, 0),
        ({"how": "hand"}, 1),
        ({"how": "program"}, 1),
        ({"kind": "places.Place"}, 0),
        ({"row": "nothing of the kind"}, 0),
        ({"row": "9" * 30}, 0),
        ({"since": "2020-01-01", "until": "2020-01-02"}, 0),
        ({"since": "2020-01-01"}, 2),
        ({"since": "2020-13-41", "before": "x"}, 2),
    ],
)
def test_it_is_narrowed(auditor, officer, mother, education, filters, number):
    with whole_reach("a test"):
        for changes in MODELS.values():
            changes.objects.all().delete()
    rename(education, "教体局", by=officer)
    rename(education, "县教体局")

    page = asked(auditor, **filters)

    found = [line for line in lines(page) if line.kind == "people.Department"]
    assert len(found) == number
    assert ("没有符合条件的改动" in page.content.decode()) == (not lines(page))


def test_it_goes_on_where_the_page_ended(auditor, education):
    rename(education, *(f"教育局{number}" for number in range(130)))
    before, seen = None, []

    for _page in range(3):
        page = asked(auditor, kind="people.Department", how="hand", **({"before": before} if before else {}))
        seen += [line.number for line in lines(page)]
        before = page.context["before"]

    assert (len(seen) >= 130, seen == sorted(seen, reverse=True), len(set(seen)) == len(seen)) == (True, True, True)
    assert before is None


@pytest.mark.parametrize("number", [1, 3])
def test_it_costs_the_same_for_one_line_and_for_three(auditor, education, number, django_assert_max_num_queries):
    rename(education, *(f"教育局{one}" for one in range(number)))
    client = Client()
    client.force_login(auditor, backend="ccmp.people.backends.PostingBackend")

    with django_assert_max_num_queries(14):
        client.get(ADDRESS, {"kind": "people.Department"})


def test_that_it_was_read_stands_in_the_trail_and_the_trail_leads_there(auditor):
    asked(auditor)

    assert (AuditEntry.objects.latest("pk").did, AuditEntry.objects.latest("pk").by) == ("read the changes", auditor)
    client = Client()
    client.force_login(auditor, backend="ccmp.people.backends.PostingBackend")
    assert f'href="{ADDRESS}"' in client.get("/trail/").content.decode()


def test_nobody_else_reads_it(officer, mother):
    assert [asked(one).status_code for one in (officer, mother)] == [403, 403]


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("people:person", "页面：账号或任职"),
        ("nowhere:page", "页面"),
        ("task children.come_of_age", "后台任务"),
        ("command rotate_keys", "服务器命令"),
        ("", "本系统"),
    ],
)
def test_it_is_said_in_words_by_what_it_was_done(what, said):
    with translation.override("zh-hans"):
        assert by_what(what) == said
