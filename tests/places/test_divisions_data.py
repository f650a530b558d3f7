"""The table that is shipped: it can be brought in, and has the places that the programme works in."""

from datetime import date
from pathlib import Path

import pytest

import ccmp.places
from ccmp.places.enums import Level
from ccmp.places.models import Place
from ccmp.places.services.import_divisions import ImportedDivisions, import_divisions, read_text

DIVISIONS = Path(ccmp.places.__file__).parent / "data" / "divisions.csv"
COUNTIES = {
    "520323": "绥阳县", "520327": "凤冈县", "522728": "罗甸县", "522730": "龙里县", "522323": "普安县", "520581": "黔西市",
    "511303": "高坪区", "511622": "武胜县", "510524": "叙永县",
}  # fmt: skip


@pytest.fixture
def divisions(db: None) -> ImportedDivisions:
    return import_divisions(lines=read_text(DIVISIONS.read_bytes()).splitlines())


def test_the_table_is_taken_whole(divisions: ImportedDivisions) -> None:
    levels = {level: Place.objects.at_level(level).count() for level in Level}

    assert divisions == ImportedDivisions(new=4976, changed=0, same=0)
    assert levels == {
        Level.PROGRAMME: 1,
        Level.PROVINCE: 2,
        Level.PREFECTURE: 35,
        Level.COUNTY: 317,
        Level.TOWNSHIP: 4621,
        Level.VILLAGE: 0,
    }


def test_the_programmes_counties_are_there(divisions: ImportedDivisions) -> None:
    found = Place.objects.filter(pk__in=[f"{code}000000" for code in COUNTIES])

    assert {place.code[:6]: place.name for place in found} == COUNTIES


def test_a_former_county_is_followed_to_what_it_became(divisions: ImportedDivisions) -> None:
    county, chain = Place.objects.get(pk="522423000000"), []
    while county:
        chain.append((county.name, county.valid_from, county.valid_until))
        county = county.replaced_by

    assert chain == [
        ("黔西县", None, date(2011, 10, 22)),
        ("黔西县", date(2011, 10, 22), date(2021, 3, 31)),
        ("黔西市", date(2021, 3, 31), None),
    ]


def test_a_code_stands_until_its_successor_begins(divisions: ImportedDivisions) -> None:
    standing = {
        day: set(Place.objects.filter(name="纳雍县").standing(on=day).values_list("code", flat=True))
        for day in (date(2011, 10, 21), date(2011, 10, 22))
    }

    assert standing == {date(2011, 10, 21): {"522426000000"}, date(2011, 10, 22): {"520525000000"}}
