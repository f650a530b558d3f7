"""The register: listing, searching, opening, registering and changing files, and their labels."""

from datetime import date
from uuid import UUID, uuid4

import pytest

from ccmp.audit.models import AuditEntry
from ccmp.sealed import blind_index
from children.models import Child, Relative
from children.rules.phone_mark import phone_mark
from children.services.grounds import GroundEntry, note_ground
from tests.factories import (
    CLOUD_FOOT,
    FENGGANG_VILLAGE,
    NOW,
    PEAR_GARDEN,
    STONE_SHOOT,
    SUIYANG,
    make_auditor,
    make_child,
    make_foundation_officer,
    make_supervisor,
    parent,
)

ON = "2026-03-12"


def check_character(seventeen):
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return "10X98765432"[sum(int(d) * w for d, w in zip(seventeen, weights, strict=True)) % 11]


NUMBER = "52032320180601202" + check_character("52032320180601202")
FATHERS_NUMBER = "52032319880315411" + check_character("52032319880315411")


def registration(**changes):
    father, carer = str(UUID(int=11)), str(UUID(int=12))
    return {
        "id": str(UUID(int=1)),
        "village_code": CLOUD_FOOT,
        "made_at": "2026-03-10T09:30:00+08:00",
        "household": {"id": str(UUID(int=2)), "head_name": "陈国富", "neighbourhood": "上寨组", "address": "12号"},
        "name": "陈雨欣",
        "sex": "2",
        "born_on": "2018-06-01",
        "ethnic_group": "06",
        "hukou": "rural",
        "school_stage": "primary",
        "resident_id": NUMBER,
        "parents": [
            {
                "id": father,
                "name": "陈志强",
                "relation": "51",
                "phone": "13800002716",
                "away_since": "2025-02-20",
                "away_where": "广东东莞",
                "resident_id": FATHERS_NUMBER,
                "works_at": "东莞宏达电子厂",
            }
        ],
        "carer": {
            "id": carer,
            "name": "陈国富",
            "relation": "61",
            "kind": "fair",
            "since": "2025-02-20",
            "is_entrusted": True,
            "school_told_on": "2025-03-01",
        },
        **changes,
    }


FILE = {
    "id": str(UUID(int=1)),
    "village_code": CLOUD_FOOT,
    "household": {
        "id": str(UUID(int=2)),
        "head_name": "陈国富",
        "neighbourhood": "上寨组",
        "address": "12号",
        "income": [],
        "aid": "",
    },
    "name": "陈雨欣",
    "sex": "2",
    "born_on": "2018-06-01",
    "ethnic_group": "06",
    "ethnic_words": "",
    "resident_id": f"520323**********{NUMBER[-2:]}",
    "no_id_reason": "",
    "hukou": "rural",
    "hukou_county": "",
    "hukou_place": "",
    "lives_here_since": None,
    "school_stage": "primary",
    "school_name": "",
    "is_boarding": False,
    "registered_on": "2026-03-10",
    "gone_on": None,
    "version": 1,
    "health_told_on": None,
    "health": [],
    "number_doubts": [],
    "signed": {
        "filled_in_by": "罗小琴",
        "filled_in_on": "2026-03-10",
        "confirmed_with": "",
        "confirmed_on": None,
        "checked_by": "",
        "checked_on": None,
        "was_sent_back": False,
    },
    "family": [
        {
            "id": str(UUID(int=11)),
            "relation": "51",
            "name": "陈志强",
            "born_on": None,
            "phone": "138 **** 2716",
            "resident_id": f"520323**********{FATHERS_NUMBER[-2:]}",
            "works_at": "东莞宏达电子厂",
            "address": "",
            "died_on": None,
            "missing_since": None,
            "declared_missing_on": None,
            "last_contact": None,
            "stays_away": [{"since": "2025-02-20", "until": None, "where": "广东东莞"}],
            "incapacities": [],
        },
        {
            "id": str(UUID(int=12)),
            "relation": "61",
            "name": "陈国富",
            "born_on": None,
            "phone": "",
            "resident_id": "",
            "works_at": "",
            "address": "",
            "died_on": None,
            "missing_since": None,
            "declared_missing_on": None,
            "last_contact": None,
            "stays_away": [],
            "incapacities": [],
        },
    ],
    "guardianships": [
        {
            "carer": str(UUID(int=12)),
            "kind": "fair",
            "since": "2025-02-20",
            "until": None,
            "is_entrusted": True,
            "paper_signed_on": None,
            "school_told_on": "2025-03-01",
            "village_told_on": None,
            "ended_because": "",
        }
    ],
}


def names(response):
    return [row["name"] for row in response.json()["results"]]


# ---------------------------------------------------------------------------------------------------------- register


def test_a_mother_registers_a_child(mother, as_):
    response = as_(mother).post("children/", registration())

    assert response.status_code == 201, response.json()
    assert response.json() == FILE
    child = Child.objects.get()
    assert (child.recorded_by, child.resident_id, child.pinyin) == (mother, NUMBER, "chen yu xin")
    father = Relative.objects.get(pk=UUID(int=11))
    assert father.resident_id == FATHERS_NUMBER
    assert father.resident_id_index == blind_index(FATHERS_NUMBER)
    assert father.phone_index == phone_mark("138 0000 2716")


@pytest.mark.parametrize(
    ("carer", "says"),
    [
        ({"resident_id": "52032319610101411"}, "ID number of 陈国富: An ID number has 18 characters"),
        ({"paper_signed_on": "2025-03-01", "is_entrusted": False}, "Only entrusted care has a paper and notices."),
        ({"school_told_on": "2099-01-01"}, "The day lies in the future. Note it once it has come."),
    ],
)
def test_what_cannot_be_true_of_who_looks_after_the_child_is_refused(mother, as_, carer, says):
    sent = registration()
    response = as_(mother).post("children/", sent | {"carer": sent["carer"] | carer})

    assert response.status_code == 409
    assert says in response.content.decode()
    assert not Child.objects.exists()


def test_the_same_child_sent_again_is_kept_once(mother, as_):
    as_(mother).post("children/", registration())

    again = as_(mother).post("children/", registration())

    assert (again.status_code, again.json()) == (200, FILE)
    assert Child.objects.count() == 1


def test_the_same_id_with_other_content_is_refused(mother, as_):
    as_(mother).post("children/", registration())

    response = as_(mother).post("children/", registration(name="陈雨馨"))

    assert response.status_code == 409
    assert response.json()["type"] == "urn:ccmp:problem:same-id-other-content"
    assert Child.objects.get().name == "陈雨欣"


def test_what_is_left_out_and_what_is_empty_are_the_same_content(mother, as_):
    as_(mother).post("children/", registration())

    again = as_(mother).post("children/", registration(ethnic_words="", is_boarding=False, no_id_reason=""))

    assert again.status_code == 200


@pytest.mark.parametrize(
    ("changes", "field", "status"),
    [
        ({"born_on": "2030-01-01"}, "born_on", 409),
        ({"born_on": "2001-01-01"}, "born_on", 409),
        ({"resident_id": ""}, "resident_id", 409),
        ({"resident_id": NUMBER[:-1]}, "resident_id", 409),
        ({"no_id_reason": "newborn"}, "no_id_reason", 409),
        ({"name": " "}, "name", 400),
        ({"name": "陈" * 61}, "name", 400),
        ({"sex": "female"}, "sex", 400),
        ({"sex": 2}, "sex", 400),
        ({"relation": "51"}, "relation", 400),
        ({"made_at": "2026-03-10T09:30:00"}, "made_at", 400),
        ({"made_at": 1773106200}, "made_at", 400),
        ({"born_on": "2018-06-01T00:00:00Z"}, "born_on", 400),
        ({"parents": [{"id": str(uuid4()), "name": "陈", "relation": "61"}]}, "parents.0.relation", 400),
        ({"parents": [{"id": str(UUID(int=n)), "name": "陈", "relation": "51"} for n in (5, 6, 7)]}, "parents", 400),
        ({"household": None}, "household", 400),
        ({"is_boarding": "perhaps"}, "is_boarding", 400),
    ],
)
def test_what_cannot_be_true_is_refused_by_its_field(mother, as_, changes, field, status):
    response = as_(mother).post("children/", registration(**changes))

    assert (response.status_code, response.json()["field"]) == (status, field)
    assert not Child.objects.exists()


def test_an_id_number_stands_in_one_file_only(mother, other_mother, as_):
    as_(mother).post("children/", registration())

    response = as_(other_mother).post(
        "children/",
        registration(
            id=str(uuid4()),
            village_code=STONE_SHOOT,
            household={"id": str(uuid4()), "head_name": "李"},
            parents=[],
            carer=None,
        ),
    )

    assert response.status_code == 409
    assert response.json()["type"] == "urn:ccmp:problem:already-registered"


@pytest.mark.parametrize("who", ["other_mother", "officer", "other_county_officer"])
def test_nobody_else_registers_in_this_village(request, who, as_):
    response = as_(request.getfixturevalue(who)).post("children/", registration())

    assert response.status_code == 403
    assert response.json()["type"] == "urn:ccmp:problem:not-allowed"
    assert not Child.objects.exists()


def test_brothers_and_sisters_share_home_and_father(mother, as_):
    as_(mother).post("children/", registration())

    response = as_(mother).post(
        "children/", registration(id=str(UUID(int=3)), name="陈雨轩", resident_id="", no_id_reason="newborn")
    )

    assert response.status_code == 201
    assert response.json()["household"] == FILE["household"]
    assert response.json()["family"] == FILE["family"]


# -------------------------------------------------------------------------------------------------------------- list


def test_the_register_in_the_order_of_names(mother, as_):
    as_(mother).post("children/", registration())
    of_the_file = ("family", "guardianships", "health_told_on", "health", "number_doubts", "signed")
    line = {key: value for key, value in FILE.items() if key not in of_the_file}

    assert as_(mother).get("children/", on=ON).json() == {"next": None, "results": [line]}


def test_the_register_of_another_day(mother, as_):
    make_child(mother, name="陈雨欣")

    assert names(as_(mother).get("children/", on="2026-02-28")) == []
    assert names(as_(mother).get("children/", on="2032-05-31")) == ["陈雨欣"]
    assert names(as_(mother).get("children/", on="2032-06-01")) == []


def test_each_sees_her_own_reach(mother, other_mother, officer, other_county_officer, as_):
    make_child(mother, name="陈雨欣")
    make_child(other_mother, STONE_SHOOT, name="罗小军")

    assert names(as_(mother).get("children/", on=ON)) == ["陈雨欣"]
    assert names(as_(other_mother).get("children/", on=ON)) == ["罗小军"]
    assert names(as_(officer).get("children/", on=ON)) == ["陈雨欣", "罗小军"]
    assert names(as_(make_supervisor()).get("children/", on=ON)) == ["陈雨欣", "罗小军"]
    assert names(as_(make_supervisor("520323101000")).get("children/", on=ON)) == []
    assert names(as_(other_county_officer).get("children/", on=ON)) == []


def test_a_subtree_of_the_reach(mother, other_mother, officer, as_):
    make_child(mother, name="陈雨欣")
    make_child(other_mother, STONE_SHOOT, name="罗小军")

    assert names(as_(officer).get("children/", on=ON, under=STONE_SHOOT)) == ["罗小军"]
    assert names(as_(officer).get("children/", on=ON, under=SUIYANG)) == ["陈雨欣", "罗小军"]
    assert names(as_(officer).get("children/", on=ON, under=PEAR_GARDEN)) == []
    assert names(as_(mother).get("children/", on=ON, under=STONE_SHOOT)) == []
    assert names(as_(mother).get("children/", on=ON, under=FENGGANG_VILLAGE)) == []


def test_foundation_department_and_auditor_see_no_child(mother, education_officer, as_):
    make_child(mother)

    for user in (make_foundation_officer(), education_officer, make_auditor()):
        assert names(as_(user).get("children/", on=ON)) == []


def test_a_list_costs_the_same_for_one_child_and_for_three(mother, as_, queries_of):
    make_child(mother)
    caller = as_(mother)
    for_one = queries_of(lambda: caller.get("children/", on=ON))
    make_child(mother)
    make_child(mother)

    assert queries_of(lambda: caller.get("children/", on=ON)) == for_one == 5


# -------------------------------------------------------------------------------------------------------------- file


def test_a_file_is_opened_and_that_is_recorded(mother, officer, as_):
    as_(mother).post("children/", registration())

    response = as_(officer).get(f"children/{UUID(int=1)}/")

    assert (response.status_code, response.json()) == (200, FILE)
    entry = AuditEntry.objects.latest("id")
    assert (entry.by, entry.did, entry.on_id, entry.village_code) == (officer, "read", str(UUID(int=1)), CLOUD_FOOT)


@pytest.mark.parametrize("who", ["other_mother", "other_county_officer", "education_officer"])
@pytest.mark.parametrize("path", ["", "labels/"])
def test_someone_elses_child_is_no_child_at_all(request, child, who, path, as_):
    response = as_(request.getfixturevalue(who)).get(f"children/{child.id}/{path}")

    assert response.status_code == 404
    assert response.json() == {
        "type": "urn:ccmp:problem:not-found",
        "title": "Not found",
        "status": 404,
        "detail": "There is nothing here that you can see. Check the address.",
    }
    assert not AuditEntry.objects.filter(did="read").exists()


def test_a_file_costs_a_bounded_number_of_queries(mother, as_, queries_of):
    few = make_child(mother, parents=(parent("51"),))
    many = make_child(mother, parents=(parent("51", away_since=None), parent("52", name="王秀英")))
    caller = as_(mother)

    for_few = queries_of(lambda: caller.get(f"children/{few.id}/"))

    assert queries_of(lambda: caller.get(f"children/{many.id}/")) == for_few == 15


# ------------------------------------------------------------------------------------------------------------ change


def test_a_hukou_that_became_another_one_is_told_with_its_day(mother, child, as_):
    said = {
        "hukou": "urban",
        "hukou_county": "520323",
        "school_name": "旺草镇中心小学",
        "hukou_changed_on": "2026-02-01",
    }

    answer = as_(mother).patch(f"children/{child.id}/", {"version": 1} | said).json()

    assert (answer["hukou"], answer["hukou_county"], answer["school_name"]) == ("urban", "520323", "旺草镇中心小学")
    assert [(one.hukou, f"{one.until}") for one in child.past_hukou.all()] == [("rural", "2026-02-01")]


def test_a_file_is_changed_at_the_version_that_was_read(mother, child, as_):
    response = as_(mother).patch(f"children/{child.id}/", {"version": 1, "name": "陈雨馨", "is_boarding": True})

    answer = response.json()
    assert (response.status_code, answer["name"], answer["is_boarding"], answer["version"]) == (200, "陈雨馨", True, 2)
    child.refresh_from_db()
    assert (child.pinyin, child.initials) == ("chen yu xin", "cyx")
    entry = AuditEntry.objects.filter(did="changed").get()
    assert (entry.by, entry.detail) == (mother, {"fields": ["is_boarding", "name"]})


def test_a_file_that_moved_on_answers_with_both_values(mother, child, as_):
    as_(mother).patch(f"children/{child.id}/", {"version": 1, "school_stage": "junior", "hukou": "urban"})

    response = as_(mother).patch(
        f"children/{child.id}/", {"version": 1, "school_stage": "dropped_out", "hukou": "urban", "is_boarding": True}
    )

    assert response.status_code == 409
    assert response.json() == {
        "type": "urn:ccmp:problem:file-has-moved-on",
        "title": "Not possible as it is",
        "status": 409,
        "detail": "Somebody changed this file after you opened it. Compare both values, and send the one that holds.",
        "field": "school_stage",
        "version": 2,
        "values": {
            "school_stage": {"sent": "dropped_out", "held": "junior"},
            "is_boarding": {"sent": True, "held": False},
        },
    }
    child.refresh_from_db()
    assert (child.school_stage, child.is_boarding, child.version) == ("junior", False, 2)


def test_the_same_change_sent_again_changes_nothing(mother, child, as_):
    change = {"version": 1, "school_stage": "junior"}
    as_(mother).patch(f"children/{child.id}/", change)

    again = as_(mother).patch(f"children/{child.id}/", change)

    assert (again.status_code, again.json()["version"]) == (200, 2)
    assert AuditEntry.objects.filter(did="changed").count() == 1


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "version"),
        ({"version": 0}, "version"),
        ({"version": 1, "name": ""}, "name"),
        ({"version": 1, "hukou": "moon"}, "hukou"),
        ({"version": 1, "registered_on": "2015-01-01"}, "registered_on"),
        ({"version": 1, "born_on": "2015-13-01"}, "born_on"),
        ({"version": 1, "income": ["moon"]}, "income.0"),
        ({"version": 1, "resident_id": ""}, "resident_id"),
    ],
)
def test_a_change_that_cannot_be_is_refused_by_its_field(mother, child, as_, body, field):
    response = as_(mother).patch(f"children/{child.id}/", body)

    assert (response.status_code, response.json()["field"]) == (400, field)


@pytest.mark.parametrize(("who", "status"), [("officer", 403), ("other_mother", 404), ("education_officer", 404)])
def test_nobody_else_changes_the_file(request, child, who, status, as_):
    response = as_(request.getfixturevalue(who)).patch(f"children/{child.id}/", {"version": 1, "name": "别人"})

    assert response.status_code == status
    child.refresh_from_db()
    assert child.name == "陈雨欣"


# ------------------------------------------------------------------------------------------------------------ labels

NOBODY = {"known": False, "dead": False, "missing": False, "away": None, "incapacity": None}


def test_each_label_is_told_with_the_facts_that_decided_it(mother, as_):
    father = parent("51", away_since=date(2025, 2, 20), away_where="广东东莞")
    other = parent("52", name="王秀英", unable_reason="serious_illness", unable_since=date(2026, 1, 5))
    child = make_child(mother, parents=(father, other))

    answer = as_(mother).get(f"children/{child.id}/labels/", on=ON).json()

    parents = {
        "father": {
            "known": True,
            "dead": False,
            "missing": False,
            "away": {"since": "2025-02-20", "until": None, "where": "广东东莞"},
            "incapacity": None,
        },
        "mother": {
            "known": True,
            "dead": False,
            "missing": False,
            "away": None,
            "incapacity": {"reason": "serious_illness", "since": "2026-01-05", "until": None},
        },
    }
    assert (answer["child"], answer["on"]) == (str(child.id), ON)
    assert [{name: one[name] for name in ("label", "holds", "facts")} for one in answer["labels"][:3]] == [
        {
            "label": "left_behind",
            "holds": True,
            "facts": {"hukou": "rural", "born_on": "2014-06-01", "under_sixteen": True, **parents},
        },
        {"label": "left_by_both", "holds": False, "facts": parents},
        {"label": "left_by_one", "holds": True, "facts": parents},
    ]
    assert answer["labels"][0]["why"] == [
        "Father: away for work since 2025-02-20 (广东东莞).",
        "Mother: serious illness since 2026-01-05.",
        "Hukou: Rural hukou.",
        "Born on 2014-06-01, so under 16.",
    ]


def test_labels_of_a_day_before_are_those_of_that_day(mother, as_):
    child = make_child(
        mother, parents=(parent("51", away_since=date(2026, 2, 20)), parent("52", away_since=date(2026, 2, 20)))
    )

    def held(on):
        answer = as_(mother).get(f"children/{child.id}/labels/", on=on).json()
        return {label["label"]: label["holds"] for label in answer["labels"][:3]}

    assert held("2026-02-19") == {"left_behind": False, "left_by_both": False, "left_by_one": False}
    assert held("2026-02-20") == {"left_behind": True, "left_by_both": True, "left_by_one": False}


def test_of_parents_who_are_not_named_nothing_is_concluded_and_what_is_missing_is_said(mother, child, as_):
    labels = as_(mother).get(f"children/{child.id}/labels/", on=ON).json()["labels"]

    told = {one["label"]: one for one in labels}
    assert [label["holds"] for label in labels[:3]] == [False, False, False]
    assert told["left_by_both"]["facts"] == {"father": NOBODY, "mother": NOBODY}
    assert (told["orphan"]["holds"], told["orphan"]["missing"]) == (
        None,
        ["The file does not name the father.", "The file does not name the mother."],
    )


def test_labels_of_her_health_are_for_who_may_see_it_and_tell_nobody_else_whether_they_hold(
    mother, child, as_, request
):
    ill, well = child, make_child(mother, name="罗小军")
    for kind in ("disability", "illness", "improper_care"):
        entry = GroundEntry(child=ill.id, kind=kind, on=date(2026, 1, 5), disability="hearing", level=2)
        note_ground(entry=entry, by=mother, at=NOW)
    supervisor = make_supervisor()
    sealed = ("in_difficulty", "disability", "illness", "guardianship_improper")

    def told(who, whose):
        labels = as_(who).get(f"children/{whose.id}/labels/", on=ON).json()["labels"]
        return {one["label"]: one for one in labels if one["label"] in sealed}

    assert {name: one["holds"] for name, one in told(mother, ill).items()} == dict.fromkeys(sealed, True)
    assert told(supervisor, ill) == told(supervisor, well)
    assert told(supervisor, ill) == {
        name: {"label": name, "holds": None, "facts": {}, "why": [], "missing": [], "kept_back": True}
        for name in sealed
    }


def test_an_infection_makes_no_label_for_anybody(mother, officer, child, as_):
    def told():
        return as_(officer).get(f"children/{child.id}/labels/", on=ON).json()

    before = told()
    note_ground(entry=GroundEntry(child=child.id, kind="infected", on=date(2026, 1, 5)), by=officer, at=NOW)

    assert told() == before
