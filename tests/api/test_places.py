"""Places in reach, and a county's school terms."""

import pytest

from ccmp.places.models import SchoolTerm
from tests.factories import (
    CLOUD_FOOT,
    FENGGANG,
    FENGGANG_VILLAGE,
    PEAR_GARDEN,
    STONE_SHOOT,
    SUIYANG,
    make_foundation_officer,
    make_person,
    make_supervisor,
)

AUTUMN = {"county": SUIYANG, "name": "2026 autumn", "starts_on": "2026-08-31", "ends_on": "2027-01-22"}


def codes(response):
    return [row["code"] for row in response.json()["results"]]


def test_a_mother_reaches_her_village(mother, as_):
    assert as_(mother).get("places/").json() == {
        "next": None,
        "results": [{"code": CLOUD_FOOT, "name": "云脚村", "level": "village"}],
    }


def test_a_supervisor_reaches_her_township(world, as_):
    assert codes(as_(make_supervisor()).get("places/")) == ["520323100000", CLOUD_FOOT, STONE_SHOOT]


def test_a_county_reaches_what_lies_under_it(officer, as_):
    villages = [CLOUD_FOOT, STONE_SHOOT, PEAR_GARDEN]

    assert codes(as_(officer).get("places/", level="village")) == villages
    assert codes(as_(officer).get("places/", under="520323100000")) == ["520323100000", CLOUD_FOOT, STONE_SHOOT]


@pytest.mark.parametrize("under", [FENGGANG, FENGGANG_VILLAGE, "110101001001"])
def test_out_of_reach_is_nothing(officer, as_, under):
    assert codes(as_(officer).get("places/", under=under)) == []


def test_a_place_above_ones_own_shows_ones_own(officer, as_):
    assert codes(as_(officer).get("places/", under="520000000000", level="county")) == [SUIYANG]


def test_the_programme_reaches_everywhere(world, as_):
    assert len(codes(as_(make_foundation_officer()).get("places/"))) == 12


def test_without_a_post_there_is_no_place(world, as_):
    assert codes(as_(make_person()).get("places/")) == []


def test_a_mother_reads_the_terms_of_her_county(mother, as_):
    assert as_(mother).get("terms/").json() == {
        "next": None,
        "results": [
            {
                "id": SchoolTerm.objects.get(county_code=SUIYANG, name="2026年春季").id,
                "county": SUIYANG,
                "name": "2026年春季",
                "starts_on": "2026-03-02",
                "ends_on": "2026-07-10",
            },
            {
                "id": SchoolTerm.objects.get(county_code=SUIYANG, name="2025年秋季").id,
                "county": SUIYANG,
                "name": "2025年秋季",
                "starts_on": "2025-09-01",
                "ends_on": "2026-01-23",
            },
        ],
    }


def test_a_county_adds_a_term_once(officer, as_):
    first = as_(officer).post("terms/", AUTUMN)
    again = as_(officer).post("terms/", AUTUMN)

    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json() == AUTUMN | {"id": first.json()["id"]}
    assert SchoolTerm.objects.filter(county_code=SUIYANG).count() == 3


def test_terms_that_overlap_are_refused(officer, as_):
    response = as_(officer).post("terms/", AUTUMN | {"starts_on": "2026-07-10"})

    assert response.status_code == 409
    assert response.json() == {
        "type": "urn:ccmp:problem:bad-term",
        "title": "Not possible as it is",
        "status": 409,
        "detail": "Another term of this county runs on some of these days. Change the days so that they do not overlap.",
        "field": "starts_on",
    }


def test_a_term_that_ends_before_it_begins_is_refused(officer, as_):
    response = as_(officer).post("terms/", AUTUMN | {"ends_on": "2026-08-30"})

    assert (response.status_code, response.json()["field"]) == (409, "ends_on")


@pytest.mark.parametrize("who", ["mother", "other_county_officer"])
def test_a_county_keeps_its_own_calendar_only(request, who, as_):
    response = as_(request.getfixturevalue(who)).post("terms/", AUTUMN)

    assert response.status_code == 403
    assert response.json()["type"] == "urn:ccmp:problem:not-allowed"
    assert not SchoolTerm.objects.filter(name="2026 autumn").exists()


def test_a_county_takes_a_term_out_again(officer, as_):
    term = as_(officer).post("terms/", AUTUMN).json()

    response = as_(officer).delete(f"terms/{term['id']}/")

    assert (response.status_code, response.content) == (204, b"")
    assert as_(officer).delete(f"terms/{term['id']}/").status_code == 404


def test_a_mother_takes_no_term_out(mother, as_):
    term = SchoolTerm.objects.filter(county_code=SUIYANG).first()

    assert as_(mother).delete(f"terms/{term.id}/").status_code == 403
    assert SchoolTerm.objects.filter(pk=term.id).exists()


def test_another_countys_term_is_not_there(officer, as_):
    term = SchoolTerm.objects.filter(county_code=FENGGANG).first()

    assert as_(officer).delete(f"terms/{term.id}/").status_code == 404


def test_a_term_number_beyond_all_numbers_is_not_there(officer, as_):
    assert as_(officer).delete(f"terms/{10**30}/").status_code == 404
