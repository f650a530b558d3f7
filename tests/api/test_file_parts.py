"""Every field of the national form can be said through the API: home, grown-ups, care, health, consent; numbers are masked."""

from datetime import date
from uuid import UUID, uuid4

import pytest

from ccmp.audit.models import AuditEntry
from children.entries import HouseholdEntry
from children.models import Child, ChildGround, Consent, Difference, Guardianship, ParentContact, Relative
from children.rules.resident_id import check_character
from tests.factories import TODAY, make_child, make_supervisor, parent

ON = "2026-03-12"
NUMBER = "52032319580101002" + check_character("52032319580101002")
CHILDS_NUMBER = "52032320150601002" + check_character("52032320150601002")


@pytest.fixture
def child(mother):
    return make_child(mother, parents=(parent("51", away_since=date(2026, 1, 5), away_where="广东东莞"),))


def of_file(response, relation):
    return next(one for one in response.json()["family"] if one["relation"] == relation)


def father(child) -> Relative:
    return child.kinships.get(relation="51").relative


def test_the_home_and_the_child_are_said_anew_with_the_version_that_was_read(mother, child, as_):
    said = {
        "sex": "1", "born_on": "2014-07-01", "head_name": "陈大山", "neighbourhood": "下寨组", "address": "桥头",
        "income": ["farming", "migrant_work"], "aid": "村里送米",
    }  # fmt: skip

    told = as_(mother).patch(f"children/{child.id}/", {"version": 1, **said})
    late = as_(mother).patch(f"children/{child.id}/", {"version": 1, "aid": "镇上送油"})

    assert told.status_code == 200, told.json()
    assert (told.json()["sex"], told.json()["born_on"]) == ("1", "2014-07-01")
    assert told.json()["household"] == {
        "id": str(child.household_id), "head_name": "陈大山", "neighbourhood": "下寨组", "address": "桥头",
        "income": ["migrant_work", "farming"], "aid": "村里送米",
    }  # fmt: skip
    assert (late.status_code, late.json()["values"]) == (409, {"aid": {"sent": "镇上送油", "held": "村里送米"}})


def test_of_the_home_too_one_of_two_reads_both_values_through_whichever_child(mother, as_):
    home = HouseholdEntry(uuid4(), "陈国富", "上寨组")
    child, sister = make_child(mother, household=home), make_child(mother, name="陈雨馨", household=home)
    as_(mother).patch(f"children/{child.id}/", {"version": 1, "income": ["farming"], "aid": "村里送米"})

    late = [
        as_(mother).patch(f"children/{one.id}/", {"version": 1, "income": ["other"], "aid": "镇上送油"})
        for one in (child, sister)
    ]

    both = {"aid": {"sent": "镇上送油", "held": "村里送米"}, "income": {"sent": ["other"], "held": ["farming"]}}
    assert [(one.status_code, one.json()["version"], one.json()["values"]) for one in late] == [(409, 2, both)] * 2
    child.household.refresh_from_db()
    assert (child.household.income, child.household.aid) == (["farming"], "村里送米")


def test_different_fields_merge_when_it_is_said_how_they_were_read_and_the_same_field_asks(mother, child, as_):
    as_(mother).patch(f"children/{child.id}/", {"version": 1, "aid": "村里送米", "resident_id": CHILDS_NUMBER})
    unread = {"version": 1, "address": "桥头", "seen": {"aid": ""}}
    same = {"version": 1, "address": "桥头", "aid": "镇上送油", "seen": {"address": "", "aid": ""}}
    other = {"version": 1, "address": "桥头", "income": ["farming"], "seen": {"address": "", "income": []}}

    told = [as_(mother).patch(f"children/{child.id}/", one) for one in (unread, same)]

    assert [(one.status_code, [*one.json()["values"]]) for one in told] == [(409, ["address"]), (409, ["aid"])]
    merged = as_(mother).patch(f"children/{child.id}/", other).json()
    assert {name: merged["household"][name] for name in ("address", "income", "aid")} == {
        "address": "桥头", "income": ["farming"], "aid": "村里送米",
    }  # fmt: skip
    assert merged["version"] == 3


def test_two_who_tell_of_one_time_do_not_write_over_each_other(mother, child, as_):
    address = f"children/{child.id}/relatives/{father(child).id}/whereabouts/"
    read = {"whereabouts": "away", "since": "2026-01-05", "where": "广东东莞"}
    one = {"id": str(uuid4()), "whereabouts": "away", "since": "2026-02-23", "where": "浙江义乌", "seen": read}
    other = one | {"id": str(uuid4()), "where": "广东佛山"}
    unread = {name: value for name, value in other.items() if name != "seen"} | {"id": str(uuid4()), "where": "福建"}

    told = [as_(mother).post(address, body) for body in (one, other, unread)]

    assert [of_file(answer, "51")["stays_away"][-1]["where"] for answer in told] == ["浙江义乌"] * 3
    kept = Difference.objects.open().order_by("recorded_at", "id")
    assert [(row.held, row.brought) for row in kept] == [
        ("away 2026-02-23 浙江义乌", "away 2026-02-23 广东佛山"),
        ("away 2026-02-23 浙江义乌", "away 2026-02-23 福建"),
    ]
    corrected = {"id": str(uuid4()), "whereabouts": "away", "since": "2026-02-23", "where": "浙江金华"}
    as_(mother).post(address, corrected | {"seen": {name: one[name] for name in read}})
    assert father(child).stays_away.get(until=None).where == "浙江金华"


def test_a_registration_tells_what_the_home_lives_on_and_where_a_carer_lives(mother, as_):
    sent = {
        "id": str(uuid4()), "village_code": "520323100201", "made_at": "2026-03-10T09:30:00+08:00", "name": "陈雨欣",
        "household": {"id": str(uuid4()), "head_name": "陈国富", "income": ["other", "farming"], "aid": "村里送米"},
        "sex": "2", "born_on": "2018-06-01", "ethnic_group": "06", "hukou": "rural", "school_stage": "primary",
        "no_id_reason": "other_papers",
        "parents": [
            {
                "id": str(uuid4()), "name": "陈志强", "relation": "51", "unable_reason": "serving_sentence",
                "unable_since": "2026-01-01", "unable_until": "2029-01-01",
            }
        ],
        "carer": {
            "id": str(uuid4()), "name": "陈国富", "relation": "61", "kind": "fair", "since": "2025-02-20",
            "resident_id": NUMBER, "address": "旺草镇老街",
        },
    }  # fmt: skip

    told = as_(mother).post("children/", sent)
    wrong = as_(mother).post(
        "children/",
        sent
        | {"id": str(uuid4()), "parents": [sent["parents"][0] | {"id": str(uuid4()), "unable_until": "2026-01-01"}]},
    )

    assert told.status_code == 201, told.json()
    assert (told.json()["household"]["income"], told.json()["household"]["aid"]) == (["farming", "other"], "村里送米")
    assert of_file(told, "61")["address"] == "旺草镇老街"
    assert of_file(told, "51")["incapacities"] == [
        {"reason": "serving_sentence", "since": "2026-01-01", "until": "2029-01-01"}
    ]
    assert (wrong.status_code, wrong.json()["field"]) == (409, "parents")


def test_four_grandparents_are_named_each_with_her_number_which_comes_back_masked(mother, child, as_):
    for relation in ("62", "63", "64"):
        body = {
            "id": str(uuid4()),
            "relative": str(uuid4()),
            "relation": relation,
            "name": "龙秀英",
            "born_on": "1958-01-01",
        }
        told = as_(mother).post(
            f"children/{child.id}/relatives/",
            body | {"resident_id": NUMBER, "works_at": "在家", "phone": "13800001111"},
        )

    assert told.status_code == 200, told.json()
    assert {one["relation"] for one in told.json()["family"]} == {"51", "61", "62", "63", "64"}
    told_of = of_file(told, "64")
    assert (told_of["resident_id"], told_of["phone"]) == (f"520323**********{NUMBER[-2:]}", "138 **** 1111")
    assert Relative.objects.get(pk=told_of["id"]).resident_id == NUMBER
    assert NUMBER not in told.content.decode()


def test_a_number_that_cannot_be_one_is_refused_and_nobody_is_named(mother, child, as_):
    body = {
        "id": str(uuid4()),
        "relative": str(uuid4()),
        "relation": "63",
        "name": "龙大山",
        "resident_id": NUMBER[:-1],
    }

    told = as_(mother).post(f"children/{child.id}/relatives/", body)

    assert (told.status_code, told.json()["field"]) == (409, "resident_id")
    assert child.kinships.count() == 2


def test_what_is_left_out_of_a_grown_up_stays_and_the_same_sent_again_changes_nothing(mother, child, as_):
    address = f"children/{child.id}/relatives/{father(child).id}/"
    body = {"id": str(UUID(int=7)), "works_at": "长安电子厂", "resident_id": NUMBER, "unable_reason": "serious_illness",
            "unable_since": "2026-02-01"}  # fmt: skip

    as_(mother).post(address, body)
    told = as_(mother).post(address, body)

    one = of_file(told, "51")
    assert (one["works_at"], one["name"]) == ("长安电子厂", father(child).name)
    assert one["incapacities"] == [{"reason": "serious_illness", "since": "2026-02-01", "until": None}]


def test_who_read_another_telephone_meanwhile_writes_over_nothing_and_both_are_kept(mother, child, as_):
    address = f"children/{child.id}/relatives/{father(child).id}/"
    Relative.objects.filter(pk=father(child).id).update(phone="13800002222")

    same = {"id": str(uuid4()), "phone": "13800003333", "seen": {"phone": "138 **** 2222"}}
    assert as_(mother).post(address, same).status_code == 200
    assert father(child).phone == "13800003333"

    as_(mother).post(address, {"id": str(uuid4()), "phone": "13800004444", "seen": {"phone": "138 **** 2222"}})
    assert father(child).phone == "13800003333"
    assert Difference.objects.get().field == "kin_phone"


def test_a_father_comes_home_and_calls_before_and_the_file_tells_both(mother, child, as_):
    address = f"children/{child.id}/relatives/{father(child).id}"

    as_(mother).post(
        f"{address}/contacts/", {"id": str(uuid4()), "on": "2026-03-08", "how": "video", "with_carer": True}
    )
    told = as_(mother).post(
        f"{address}/whereabouts/", {"id": str(uuid4()), "whereabouts": "home", "since": "2026-03-10"}
    )

    one = of_file(told, "51")
    assert one["last_contact"] == {"on": "2026-03-08", "how": "video", "with_child": True, "with_carer": True}
    assert one["stays_away"] == [{"since": "2026-01-05", "until": "2026-03-10", "where": "广东东莞"}]
    assert ParentContact.objects.count() == 1


def test_care_goes_over_to_somebody_new_and_the_one_before_ends_with_the_reason(mother, child, as_):
    body = {
        "id": str(uuid4()), "kind": "good", "since": "2026-03-01", "carer": str(uuid4()), "name": "陈大娘", "relation": "82",
        "phone": "13800001111", "is_entrusted": True, "paper_signed_on": "2026-03-01", "school_told_on": "2026-03-02",
        "village_told_on": "2026-03-03", "because": "爷爷住院",
    }  # fmt: skip

    told = as_(mother).post(f"children/{child.id}/care/", body)

    assert told.status_code == 200, told.json()
    before, now = told.json()["guardianships"]
    assert (before["until"], before["ended_because"]) == ("2026-03-01", "爷爷住院")
    assert (now["carer"], now["kind"], now["village_told_on"]) == (body["carer"], "good", "2026-03-03")


def test_who_has_a_bar_is_not_entrusted_and_why_is_not_told(mother, child, as_):
    carer = Guardianship.objects.get(child=child).carer_id
    bar = {"id": str(uuid4()), "kind": "gambling", "on": "2026-03-01", "words": "邻居说的"}
    assert as_(mother).post(f"children/{child.id}/relatives/{carer}/bars/", bar).status_code == 200

    body = {"id": str(uuid4()), "kind": "good", "since": "2026-03-05", "carer": str(carer), "is_entrusted": True}
    told = as_(mother).post(f"children/{child.id}/care/", body)

    assert (told.status_code, told.json()["field"]) == (409, "carer")
    assert "gambl" not in told.content.decode()


def test_health_is_told_to_who_may_know_it_and_kept_from_the_supervisor(mother, child, as_):
    body = {"id": str(uuid4()), "on": ON, "disability": "limb", "level": 2, "certificate": "52-01", "illness": "先心病"}

    told = as_(mother).post(f"children/{child.id}/health/", body)
    kept_back = as_(make_supervisor()).get(f"children/{child.id}/")

    assert told.json()["health"] == [
        {"kind": "disability", "since": ON, "disability": "limb", "level": 2, "certificate": "52-01", "illness": ""},
        {"kind": "illness", "since": ON, "disability": "", "level": 0, "certificate": "", "illness": "先心病"},
    ]
    assert told.json()["health_told_on"] == ON
    assert kept_back.json()["health"] is None
    assert "52-01" not in kept_back.content.decode()
    assert ChildGround.objects.count() == 2


@pytest.mark.parametrize("body", [{"disability": "limb"}, {"level": 2}, {"disability": "limb", "level": 5}])
def test_a_disability_has_a_kind_and_a_level(mother, child, as_, body):
    told = as_(mother).post(f"children/{child.id}/health/", {"id": str(uuid4()), "on": ON, **body})

    assert (told.status_code, told.json()["field"]) == (400, "level")
    assert not ChildGround.objects.exists()


def test_a_number_that_differs_from_the_rest_is_taken_with_its_doubts_until_somebody_says_that_it_is_right(
    mother, child, as_
):
    of_a_boy = "52032320140601001" + check_character("52032320140601001")

    told = as_(mother).patch(f"children/{child.id}/", {"version": 1, "resident_id": of_a_boy})
    assert [one["of"] for one in told.json()["number_doubts"]] == ["sex"]

    other = make_child(mother, name="陈小雨")
    number = "52032320140601013" + check_character("52032320140601013")
    said = as_(mother).patch(f"children/{other.id}/", {"version": 1, "resident_id": number, "number_as_said": True})
    assert said.json()["number_doubts"] == []
    assert Child.objects.get(pk=other.pk).resident_id_as_said is True


def test_consent_is_given_purpose_by_purpose_and_taken_back(mother, child, as_):
    grandfather = child.kinships.get(relation="61").relative
    body = {
        "id": str(uuid4()), "made_at": "2026-03-12T10:00:00+08:00", "purpose": "pictures", "text_version": 1,
        "given_by": str(grandfather.id), "on": ON, "evidence": "screen", "signature": "M1 1L2 2",
    }  # fmt: skip

    given = as_(mother).post(f"children/{child.id}/consents/", body)
    back = as_(mother).post(
        f"children/{child.id}/consents/withdrawals/", {"purpose": "pictures", "on": ON, "withdrawn_by": "陈志强"}
    )

    assert given.status_code == 200, given.json()
    assert {one["purpose"]: one["state"] for one in given.json()} == {
        "care": "not_asked", "referral": "not_asked", "evaluation": "not_asked", "pictures": "holds",
    }  # fmt: skip
    last = next(one for one in back.json() if one["purpose"] == "pictures")
    assert (last["state"], last["last"]["given_by"], last["last"]["withdrawn_by"]) == (
        "taken_back",
        grandfather.name,
        "陈志强",
    )
    assert "M1 1" not in given.content.decode()
    as_(mother).get(f"children/{child.id}/consents/")
    assert AuditEntry.objects.filter(did="read", on_id=str(child.id), detail__part="consent").exists()
    assert Consent.objects.get().withdrawn_on == TODAY


def test_a_stranger_to_the_file_agrees_to_nothing(mother, child, as_):
    other = make_child(mother, name="别家孩子")
    body = {
        "id": str(uuid4()), "made_at": "2026-03-12T10:00:00+08:00", "purpose": "care", "text_version": 1,
        "given_by": str(other.kinships.first().relative_id), "on": ON, "evidence": "paper",
    }  # fmt: skip

    assert as_(mother).post(f"children/{child.id}/consents/", body).status_code == 404
    assert not Consent.objects.exists()
