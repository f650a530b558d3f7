"""The places under a code are one range of the index, and the same ones that begin with it."""

import pytest

from ccmp.places.enums import Level
from ccmp.places.models import Place

CODES = ("520000000000", "520300000000", "520399999999", "520400000000", "530000000000", "990000000000", "999999999999")


@pytest.fixture
def places(db):
    Place.objects.all().delete()
    Place.objects.bulk_create(Place(code=code, name=code, level=Level.VILLAGE) for code in CODES)
    return Place.objects.all()


@pytest.mark.parametrize(
    "beginning",
    ["5", "52", "5203", "520399999999", "53", "9", "99", "999999999999", "0", "5203999999990", "", "%", "5_", "５"],
)
def test_what_begins_so_is_found_and_nothing_else(places, beginning):
    found = places.filter(code__startswith=beginning).values_list("code", flat=True)

    assert sorted(found) == [code for code in CODES if code.startswith(beginning)]


def test_it_is_asked_for_as_a_range(places):
    asked = str(places.filter(code__startswith="5203").query)

    assert "LIKE" not in asked
    assert "< 5204" in asked
