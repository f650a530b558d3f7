"""Finding a child through the API: what is looked for is posted, and stands in no address."""

import pytest
from django.utils import translation

from children.rules.resident_id import check_character
from tests.factories import STONE_SHOOT, make_child

ON = "2026-03-12"
SEVENTEEN = "52032320140601002"
NUMBER = SEVENTEEN + check_character(SEVENTEEN)


@pytest.mark.parametrize("said", ["雨欣", "陈 雨", "chenyu", "CYX", "cy", NUMBER, NUMBER[-4:], "13800002716"])
def test_a_child_is_found_by_name_number_and_telephone(mother, other_mother, as_, said):
    make_child(mother, name="陈雨欣", resident_id=NUMBER)
    make_child(other_mother, STONE_SHOOT, name="罗小军")

    answer = as_(mother).post("children/find/", {"q": said, "on": ON})

    assert answer.status_code == 200
    assert [one["name"] for one in answer.json()] == ["陈雨欣"]
    hers = as_(other_mother).post("children/find/", {"q": said, "on": ON, "under": "520323000000"}).json()
    assert not any(one["name"] == "陈雨欣" for one in hers)


@pytest.mark.parametrize("said", ["陈雨欣", "cyx", NUMBER, NUMBER[-4:], "138 0000 2716"])
def test_what_is_looked_for_in_an_address_is_refused(mother, as_, said):
    make_child(mother, name="陈雨欣", resident_id=NUMBER)
    mother.language = "en"
    mother.save(update_fields=["language"])

    with translation.override("en"):
        answer = as_(mother).get("children/", on=ON, q=said)

    assert answer.status_code == 400
    assert "children/find/" in answer.content.decode()
    assert said not in answer.content.decode()
