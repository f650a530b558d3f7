"""Villages of the programme, school terms and departments, as the foundation and the counties keep them."""

from datetime import date

import pytest
from django.urls import reverse

from ccmp.people.enums import DepartmentKind
from ccmp.people.models import Department, Posting
from ccmp.people.rules.county import check_may_keep_county, check_may_see_villages
from ccmp.places.models import Enrolment, Place, SchoolTerm
from ccmp.refusals import permits
from clubs.models import Club
from tests.factories import (
    FENGGANG,
    STONE_SHOOT,
    SUIYANG,
    make_administrator,
    make_auditor,
    make_department,
    make_department_officer,
    make_foundation_officer,
    make_mother,
    make_researcher,
    make_supervisor,
)

VILLAGES, ENROL, TERMS = reverse("places:villages"), reverse("places:enrol"), reverse("places:terms")
ADD_TERM, ADD_DEPARTMENT = reverse("places:add-term"), reverse("places:add-department")
NEW_VILLAGE = {"code": "520323101 202", "name": "新寨坪村", "arm": "ccmp", "starts_on": "2026-09-01"}
AUTUMN = {"term-name": "2026年秋季", "term-starts_on": "2026-09-01", "term-ends_on": "2027-01-15"}
OFFICE = {"department-name": "县残疾人联合会", "department-kind": "disabled_federation", "department-phone": "0851-1"}


@pytest.fixture
def desk(client, officer):
    client.force_login(officer)
    return client


@pytest.fixture
def foundation(client, world):
    client.force_login(make_foundation_officer())
    return client


def page(client, where=VILLAGES, **asked):
    return client.get(where, asked).content.decode()


def test_a_county_with_a_nul_in_its_code_is_the_first_one_kept(desk):
    assert desk.get(TERMS, {"county": "\x00"}).status_code == 200


def test_the_foundation_takes_a_village_in_with_its_club_once(foundation):
    answer = foundation.post(ENROL, NEW_VILLAGE)
    again = foundation.post(ENROL, NEW_VILLAGE)

    assert (answer.status_code, again.status_code) == (302, 409)
    assert Place.objects.get(pk="520323101202").name == "新寨坪村"
    assert list(Enrolment.objects.filter(village_code="520323101202").values_list("arm", "starts_on")) == [
        ("ccmp", date(2026, 9, 1))
    ]
    assert Club.objects.get(village_code="520323101202").opened_on == date(2026, 9, 1)


@pytest.mark.parametrize(
    "changes",
    [
        {"code": "520323999202"},
        {"code": "520323101000"},
        {"code": "5203231012"},
        {"code": "五二零三二三一零"},
        {"name": ""},
        {"arm": ""},
        {"starts_on": ""},
    ],
)
def test_a_village_that_cannot_be_taken_in_comes_back_with_what_was_typed(foundation, changes):
    answer = foundation.post(ENROL, NEW_VILLAGE | changes)

    assert answer.status_code == 409
    assert "error-summary" in answer.content.decode()
    assert Enrolment.objects.count() == Club.objects.count() == 4


def test_the_list_says_who_serves_and_where_nobody_does(desk):
    make_mother(STONE_SHOOT, name="龙秀英")

    said, vacant = page(desk), page(desk, tab="vacant")

    assert "龙秀英" in said
    assert "石笋沟村" not in vacant
    assert f"{reverse('people:post')}?place=520323100201" in vacant


def test_a_substitute_is_not_the_villages_own_mother(desk):
    make_mother(STONE_SHOOT, name="龙秀英", is_substitute=True)

    assert "石笋沟村" in page(desk, tab="vacant")


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, {"云脚村", "石笋沟村", "梨园坝村", "青岩口村"}),
        ({"area": "520327"}, {"青岩口村"}),
        ({"arm": "government"}, set()),
        ({"q": "石笋"}, {"石笋沟村"}),
        ({"q": "5203231012"}, {"梨园坝村"}),
    ],
)
def test_the_foundation_sees_every_village_and_narrows_the_list(foundation, asked, found):
    said = page(foundation, **asked)

    assert {name for name in ("云脚村", "石笋沟村", "梨园坝村", "青岩口村") if name in said} == found


def test_a_county_sees_its_own_villages_and_takes_none_in(desk):
    said = page(desk)
    answer = desk.post(ENROL, NEW_VILLAGE)

    assert "青岩口村" not in said
    assert ENROL not in said
    assert answer.status_code == 409
    assert Enrolment.objects.count() == 4


def test_a_county_adds_and_removes_a_term_of_its_own(desk):
    answer = desk.post(ADD_TERM, AUTUMN)
    overlaps = desk.post(ADD_TERM, AUTUMN | {"term-name": "又一个", "term-starts_on": "2026-12-01"})
    backwards = desk.post(ADD_TERM, AUTUMN | {"term-ends_on": "2026-08-01"})
    term = SchoolTerm.objects.get(name="2026年秋季")
    removed = desk.post(reverse("places:remove-term", args=[term.pk]))
    again = desk.post(reverse("places:remove-term", args=[term.pk]))

    assert (term.county_code, answer.url) == (SUIYANG, f"{TERMS}?county={SUIYANG}")
    assert [one.status_code for one in (overlaps, backwards, removed, again)] == [409, 409, 302, 404]
    assert SchoolTerm.objects.filter(county_code=SUIYANG).count() == 2


def test_another_countys_terms_and_departments_are_not_there(desk):
    theirs = SchoolTerm.objects.filter(county_code=FENGGANG).first()
    office = make_department("凤冈县卫健局", DepartmentKind.HEALTH, county=FENGGANG)

    assert desk.get(TERMS, {"county": FENGGANG}).status_code == 404
    assert desk.post(f"{ADD_TERM}?county={FENGGANG}", AUTUMN).status_code == 404
    assert desk.post(f"{ADD_DEPARTMENT}?county={FENGGANG}", OFFICE).status_code == 404
    assert desk.post(reverse("places:remove-term", args=[theirs.pk])).status_code == 404
    assert desk.post(reverse("places:close-department", args=[office.pk])).status_code == 404
    assert "凤冈县卫健局" not in page(desk, TERMS)
    assert SchoolTerm.objects.filter(county_code=FENGGANG).count() == 2


def test_a_department_is_added_once_and_closed(desk):
    answer = desk.post(ADD_DEPARTMENT, OFFICE)
    again = desk.post(ADD_DEPARTMENT, OFFICE)
    department = Department.objects.get(name="县残疾人联合会")
    for _click in range(2):
        desk.post(reverse("places:close-department", args=[department.pk]))

    department.refresh_from_db()
    assert (answer.status_code, again.status_code) == (302, 409)
    assert (department.county_code, department.phone, department.is_closed) == (SUIYANG, "0851-1", True)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_pages_cost_the_same_for_one_row_and_for_three(desk, rows, django_assert_num_queries):
    Enrolment.objects.exclude(village_code__in=["520323100201", "520323100202", "520323101201"][:rows]).delete()
    for number in range(rows):
        make_department(f"县第{number}局")
    page(desk)

    with django_assert_num_queries(LISTING):
        page(desk)
    with django_assert_num_queries(CALENDAR):
        page(desk, TERMS)


LISTING, CALENDAR = 20, 15


def test_who_sees_villages_and_who_keeps_a_county(officer, mother, education):
    people = {
        "mother": mother,
        "supervisor": make_supervisor(),
        "county": officer,
        "department": make_department_officer(education),
        "foundation": make_foundation_officer(),
        "researcher": make_researcher(),
        "administrator": make_administrator(),
        "auditor": make_auditor(),
    }

    assert {name for name, user in people.items() if permits(check_may_see_villages, user)} == {"county", "foundation"}
    assert {name for name, user in people.items() if permits(check_may_keep_county, user)} == {"county"}
    assert Posting.objects.count() == len(people)
