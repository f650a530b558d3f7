"""The county's desk of flags, used as officers use it."""

import pytest
from django.urls import reverse

from ccmp.audit.models import AuditEntry
from ccmp.refusals import permits
from tests.factories import (
    CLOUD_FOOT,
    make_administrator,
    make_auditor,
    make_child,
    make_county_officer,
    make_department_officer,
    make_director,
    make_flag,
    make_foundation_officer,
    make_mother,
    make_researcher,
    make_supervisor,
)
from visits.models import Flag
from visits.rules.visits import check_may_triage

LIST = reverse("visits:flags")


@pytest.fixture
def flag(mother, child):
    return make_flag(mother, child)


@pytest.fixture
def grave(mother, child):
    return make_flag(
        mother, child, kind="domestic_violence", seen="手臂有新旧伤痕，新伤三处。", situation="在外婆家，有人陪。"
    )


@pytest.fixture
def desk(client, officer):
    client.force_login(officer)
    return client


def page(client, **asked):
    return client.get(LIST, asked).content.decode()


def url(name, flag):
    return reverse(f"visits:{name}", args=[flag.id])


def test_the_most_urgent_flag_stands_on_top(desk, mother, child):
    other = make_child(mother, name="龙家宝")
    make_flag(mother, other, "2026-03-11 08:00", kind="hazard")
    make_flag(mother, child, "2026-03-11 09:00", kind="domestic_violence")

    said = page(desk)

    assert said.index("陈雨欣") < said.index("龙家宝")


def test_a_flag_opens_beside_the_list_with_what_is_known_and_not_with_who_reported(desk, mother, grave, child):
    earlier = make_flag(mother, child, "2026-02-20 09:00", kind="hazard")

    said = page(desk, flag=grave.id)

    for known in ("手臂有新旧伤痕", "在外婆家，有人陪。", "陈国富", "洋川街道", "身份保密", f"flag={earlier.id}"):
        assert known in said
    assert mother.full_name not in said


def test_opening_a_flag_is_noted_and_looking_at_the_list_is_not(desk, flag, officer):
    page(desk)
    page(desk, flag=flag.id)

    read = AuditEntry.objects.filter(did="read").values_list("by", "on_kind", "on_id")
    assert list(read) == [(officer.pk, "visits.flag", str(flag.id))]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"township": "520323101"}, {"龙家宝"}),
        ({"severity": "mandatory"}, {"陈雨欣"}),
        ({"kind": "hazard"}, {"龙家宝"}),
        ({"q": "龙家"}, {"龙家宝"}),
        ({"q": "云脚"}, {"陈雨欣"}),
        ({"tab": "in-work"}, set()),
        ({"tab": "all"}, {"陈雨欣", "龙家宝"}),
        ({"severity": "no such severity"}, {"陈雨欣", "龙家宝"}),
    ],
)
def test_the_filter_lives_in_the_address(desk, grave, asked, found):
    far = make_mother("520323101201")
    make_flag(far, make_child(far, "520323101201", name="龙家宝"), kind="hazard")

    said = page(desk, **asked)

    assert {name for name in ("陈雨欣", "龙家宝") if name in said} == found


def test_the_county_takes_a_flag_up_with_a_word_and_settles_it_with_an_answer(desk, flag):
    desk.post(url("acknowledge", flag), {"answer": "今天下午去看。"})
    empty = desk.post(url("close", flag), {"settled": " "})
    answer = desk.post(url("close", flag), {"settled": "已复学。"})

    flag.refresh_from_db()
    assert (empty.status_code, answer.status_code, flag.state, flag.answer) == (409, 302, "closed", "已复学。")


def test_a_second_click_changes_nothing_and_says_so(desk, flag):
    desk.post(url("acknowledge", flag), {"answer": "今天下午去看。"})

    again = desk.post(url("acknowledge", flag), {"answer": "第二下。"})

    flag.refresh_from_db()
    assert (again.status_code, flag.answer, flag.moves.count()) == (409, "今天下午去看。", 1)


def test_a_flag_is_dismissed_with_a_reason_that_is_kept_when_it_is_refused(desk, flag):
    empty = desk.post(url("dismiss", flag), {"reason": ""})
    desk.post(url("dismiss", flag), {"reason": "查实是请假。"})

    flag.refresh_from_db()
    assert (empty.status_code, flag.state, flag.answer) == (409, "dismissed", "查实是请假。")


def test_a_mandatory_report_is_dismissed_by_two_officers(desk, client, grave, officer):
    desk.post(url("dismiss", grave), {"reason": "电话核实，情况不实。"})
    waits = page(desk, flag=grave.id)
    by_the_same = desk.post(url("dismiss", grave), {"reason": "还是不实。"})
    client.force_login(make_county_officer(name="吴国伟"))
    asks = page(client, flag=grave.id)
    client.post(url("dismiss", grave), {"reason": "同意，已再核实。"})

    grave.refresh_from_db()
    assert "要县里另一位经办人确认" in waits
    assert url("dismiss", grave) not in waits
    assert (by_the_same.status_code, grave.state) == (409, "dismissed")
    assert "电话核实，情况不实。" in asks
    assert officer.full_name in asks


def test_a_supervisor_reads_and_decides_nothing(client, flag):
    client.force_login(make_supervisor())

    said = page(client, flag=flag.id)
    answer = client.post(url("acknowledge", flag), {"answer": ""})

    flag.refresh_from_db()
    assert "开学两周没有到校" in said
    assert url("acknowledge", flag) not in said
    assert (answer.status_code, flag.state) == (409, "raised")


def test_another_countys_flag_is_not_there(client, flag, other_county_officer):
    client.force_login(other_county_officer)

    assert "陈雨欣" not in page(client, tab="all")
    assert client.get(LIST, {"flag": flag.id}).status_code == 404
    assert [client.post(url(move, flag)).status_code for move in ("acknowledge", "close", "dismiss")] == [404] * 3


def test_a_flag_without_a_known_child_says_so_and_cannot_be_referred(desk, mother):
    flag = make_flag(mother, kind="vagrancy")

    said = page(desk, flag=flag.id)

    assert "男孩，约十一岁，姓名不详" in said
    assert reverse("referrals:open", args=[flag.id]) not in said


@pytest.mark.parametrize("rows", [1, 3])
def test_the_desk_costs_the_same_for_one_flag_and_for_three(
    desk, mother, rows, django_assert_num_queries, django_assert_max_num_queries
):
    flags = [make_flag(mother, make_child(mother, name=f"孩子{number}")) for number in range(rows)]
    page(desk, flag=flags[0].id)

    with django_assert_num_queries(LISTING):
        page(desk)
    with django_assert_max_num_queries(LISTING + OPENED):  # the opening is a line of the trail that names this child
        page(desk, flag=flags[0].id)


LISTING, OPENED = 17, 10


def test_only_the_villages_own_county_triages(officer, mother, other_county_officer, education):
    may = {
        role: permits(check_may_triage, user, CLOUD_FOOT)
        for role, user in {
            "mother": mother,
            "director": make_director("520323101201"),
            "supervisor": make_supervisor(),
            "county": officer,
            "another county": other_county_officer,
            "department": make_department_officer(education),
            "foundation": make_foundation_officer(),
            "researcher": make_researcher(),
            "administrator": make_administrator(),
            "auditor": make_auditor(),
        }.items()
    }

    assert {role for role, allowed in may.items() if allowed} == {"county"}
    assert Flag.objects.count() == 0
