"""What goes down to a mother's phone of the register."""

import gzip
import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ccmp.demo.chance import Chance
from ccmp.demo.geography import MOSTLY_HAN
from ccmp.demo.names import People
from ccmp.demo.numbers import NumberBook
from ccmp.demo.register import invent_homes
from ccmp.identifiers import new_id
from ccmp.people.models import User
from children.entries import CarerEntry, HouseholdEntry
from children.enums import Relation, Whereabouts
from children.models import Guardianship, Household, Relative
from children.rules.whereabouts import Told
from children.services.phone import docs
from children.services.register import register_children
from children.services.stays import write_whereabouts
from tests.factories import CLOUD_FOOT, NOW, STONE_SHOOT, TODAY, make_child, make_mother, parent

HOME = HouseholdEntry(id=new_id(), head_name="陈国富", neighbourhood="上寨组", address="鱼塘边第二家")


def held(user: User, *, at: Any = NOW) -> dict[str, Any]:
    """The sheets by id, as JSON would carry them."""
    return {doc.id: json.loads(json.dumps(doc.body)) for doc in docs(user, at=at)}


def test_a_child_goes_down_with_what_its_file_shows(mother):
    father = parent(away_since=date(2026, 2, 1), away_where="广东东莞", phone="13985200001")
    grandmother = CarerEntry(
        id=new_id(), name="杨秀英", relation=Relation.PATERNAL_GRANDMOTHER, kind="fair", since=date(2025, 3, 1),
        born_on=date(1958, 4, 2), is_entrusted=True, paper_signed_on=date(2025, 3, 2),
    )  # fmt: skip
    child = make_child(
        mother, name="陈雨欣", household=HOME, parents=(father,), carer=grandmother, resident_id="520323201406010027",
    )  # fmt: skip

    assert held(mother)[f"child:{child.id}"] == {
        "home": str(HOME.id),
        "name": "陈雨欣",
        "sex": "2",
        "born_on": "2014-06-01",
        "ethnic": "05",
        "hukou": "rural",
        "school": "primary",
        "id_number": "520323**********27",
        "registered_on": "2026-03-01",
        "version": 1,
        "kin": [["51", str(father.id)], ["62", str(grandmother.id)]],
        "care": [
            {
                "carer": str(grandmother.id),
                "kind": "fair",
                "since": "2025-03-01",
                "entrusted": True,
                "signed_on": "2025-03-02",
            }
        ],
    } | {"ethnic": child.ethnic_group, "sex": child.sex}
    assert held(mother)[f"home:{HOME.id}"] == {
        "head_name": "陈国富",
        "neighbourhood": "上寨组",
        "address": "鱼塘边第二家",
        "relatives": [
            {
                "id": str(father.id),
                "as": "51",
                "name": "陈志强",
                "phone": "13985200001",
                "stays": [["2026-02-01", "", "广东东莞"]],
            },
            {"id": str(grandmother.id), "as": "62", "name": "杨秀英", "born_on": "1958-04-02"},
        ],
    }


def test_who_filled_in_a_file_goes_down_where_it_was_somebody_else(mother):
    own = make_child(mother)
    another = make_child(make_mother(name="欧阳慧敏", is_substitute=True))

    assert {key: body.get("by") for key, body in held(mother).items() if key.startswith("child:")} == {
        f"child:{own.id}": None,
        f"child:{another.id}": "欧阳慧敏",
    }


def test_no_number_goes_down_in_full(mother):
    make_child(mother, resident_id="520323201406010027")

    assert "520323201406010027" not in json.dumps(list(held(mother).values()))


def test_brothers_and_sisters_share_one_home_and_follow_it(mother):
    father = parent()
    elder = make_child(mother, household=HOME, parents=(father,), born_on=date(2012, 1, 1), carer=None)
    younger = make_child(mother, household=HOME, parents=(father,), born_on=date(2015, 1, 1), carer=None)

    assert [doc.id for doc in docs(mother, at=NOW)] == [
        "counties",
        "syllables",
        f"home:{HOME.id}",
        f"child:{elder.id}",
        f"child:{younger.id}",
    ]
    assert len(held(mother)[f"home:{HOME.id}"]["relatives"]) == 1


def test_of_a_relatives_stays_go_down_the_last_and_whatever_holds_from_today_on(mother):
    father = parent()
    make_child(mother, household=HOME, parents=(father,), carer=None)
    relative = Relative.objects.get(pk=father.id)
    for told in (
        Told(Whereabouts.AWAY, date(2025, 2, 1), "广东东莞"),
        Told(Whereabouts.HOME, date(2025, 12, 1)),
        Told(Whereabouts.AWAY, date(2026, 2, 20), "浙江义乌"),
        Told(Whereabouts.HOME, date(2026, 3, 1)),
    ):
        write_whereabouts(relative, told)

    assert held(mother)[f"home:{HOME.id}"]["relatives"][0]["stays"] == [["2026-02-20", "2026-03-01", "浙江义乌"]]


def test_who_looked_after_a_child_before_does_not_go_down(mother, child):
    now = child.guardianships.get()
    Guardianship.objects.create(
        child=child, carer=now.carer, kind="good", since=date(2024, 1, 1), until=date(2025, 1, 1)
    )

    assert [one["since"] for one in held(mother)[f"child:{child.id}"]["care"]] == ["2025-01-01"]


def test_a_grown_up_of_another_home_is_named_with_that_home(mother):
    elsewhere = parent(Relation.MOTHER, "杨秀英")
    make_child(mother, household=HOME, parents=(elsewhere,), carer=None)
    second = make_child(mother, parents=(elsewhere,), carer=None)

    assert held(mother)[f"child:{second.id}"]["kin"] == [["52", str(elsewhere.id), str(HOME.id)]]


def test_a_child_who_left_is_held_half_a_year_and_its_name_with_its_home_always(mother):
    child = make_child(mother, name="陈小满", household=HOME)
    child.gone_on, child.gone_why = TODAY, "left"
    child.save()

    assert f"child:{child.id}" in held(mother, at=NOW + timedelta(days=180))
    assert f"child:{child.id}" not in held(mother, at=NOW + timedelta(days=190))
    assert held(mother, at=NOW + timedelta(days=190))[f"home:{HOME.id}"]["others"] == [["陈小满", "2014-06-01"]]


def test_how_names_are_spoken_goes_down_once_for_all_of_them(mother):
    for name in ("陈晨", "龚䶮", "𠮷田 A·a"):
        make_child(mother, name=name, household=HOME)

    assert held(mother)["syllables"] == {
        "": " ·", "a": "Aa", "chen": "晨陈", "fu": "富", "gong": "龚", "guo": "国", "shang": "上", "tian": "田",
        "yan": "䶮", "zhai": "寨", "zu": "组", "𠮷": "𠮷",
    }  # fmt: skip


def test_nothing_of_another_village_goes_down(mother, other_mother):
    make_child(other_mother, STONE_SHOOT)

    assert held(mother) == {"counties": {"520323": "绥阳县", "520327": "凤冈县"}, "syllables": {}}


def test_the_sheets_take_as_many_queries_for_three_children_as_for_one(mother):
    assert mother.post  # known once for the whole contact
    counts = []
    for more in (1, 2):
        for _one in range(more):
            make_child(mother, parents=(parent(away_since=date(2026, 2, 1)),))
        with CaptureQueriesContext(connection) as queries:
            list(docs(mother, at=NOW))
        counts.append(len(queries))

    assert counts == [18, 18]  # one for each kind of row in a file


@pytest.fixture
def whole_village(mother) -> User:
    """540 invented children of 云脚村, in their homes."""
    numbers = NumberBook("520323", shelf=0)
    homes = invent_homes(
        Chance(7), People(MOSTLY_HAN), numbers,
        village_code=CLOUD_FOOT, opens_on=date(2025, 9, 1), today=TODAY, children=540,
    )  # fmt: skip
    entries = [replace(child, village_code=CLOUD_FOOT) for home in homes for child in home.children]
    register_children(entries=entries, by=mother, at=NOW, received={one.id: one.made_at for one in entries})
    return mother


def test_a_village_of_540_children_goes_down_in_88_kilobytes(whole_village):
    rows = [[doc.id, doc.body] for doc in docs(whole_village, at=NOW)]  # as they are sent
    sent = gzip.compress(json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode(), 6)

    assert sum(doc_id.startswith("child:") for doc_id, _body in rows) == 540
    assert sum(doc_id.startswith("home:") for doc_id, _body in rows) == Household.objects.count()
    assert len(sent) <= 88_000
