"""A child's file on paper: what stands on it, for whom, and that it is kept nowhere."""

import subprocess
from datetime import date

import pytest
from django.urls import reverse

from ccmp.audit.models import AuditEntry
from ccmp.identifiers import new_id
from ccmp.web.pdf import characters_lacking
from children.entries import CarerEntry, HouseholdEntry
from children.enums import CareKind, Ground, Relation
from children.models import Child, Kinship, Relative
from children.rules.contact import ContactEntry
from children.rules.resident_id import check_character
from children.services.contact import note_contact
from children.services.correct import correct_file
from children.services.entitlements import ApplicationEntry, note_received
from children.services.file_paper import paper_of
from children.services.grounds import GroundEntry, note_ground
from children.services.health import HealthEntry, tell_health
from tests.children.test_differences import correction
from tests.factories import NOW, TODAY, make_child, make_county_officer, make_supervisor, parent

NUMBER = "52032320140601002" + check_character("52032320140601002")
OF_GRANDFATHER = "52032319550101001" + check_character("52032319550101001")


def lines(child, reader):
    """Every label of the paper with what stands behind it, part by part."""
    child = Child.objects.select_related("household", "village", "recorded_by").get(pk=child.pk)
    paper = paper_of(child, reader, on=TODAY)
    return {part.title: [[(cell.label, cell.text) for cell in row] for row in part.rows] for part in paper.parts}


def words_of(content: bytes) -> str:
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=content, capture_output=True, check=True)
    return done.stdout.decode()


@pytest.fixture
def girl(mother):
    father = parent(name="陈志强", away_since=date(2026, 1, 5), away_where="广东东莞", phone="13800001234")
    carer = CarerEntry(
        new_id(),
        "陈国富",
        Relation.PATERNAL_GRANDFATHER,
        CareKind.GOOD,
        date(2025, 1, 1),
        phone="13900001111",
        is_entrusted=True,
        paper_signed_on=date(2025, 1, 3),
        village_told_on=date(2025, 1, 5),
        resident_id=OF_GRANDFATHER,
    )
    home = HouseholdEntry(new_id(), "陈国富")
    child = make_child(mother, name="陈雨欣", resident_id=NUMBER, parents=(father,), carer=carer, household=home)
    make_child(
        mother, name="陈雨轩", sex="1", born_on=date(2020, 2, 29), household=home, parents=(father,), carer=carer
    )
    gone = make_child(mother, name="陈雨晴", household=home, parents=(father,), carer=carer)
    Child.objects.filter(pk=gone.pk).update(gone_on=TODAY, gone_why="left")
    note_contact(entry=ContactEntry(child.id, father.id, date(2026, 3, 10), "video"), by=mother, at=NOW)
    said = {
        "hukou_county": "520323",
        "hukou_place": "旺草镇",
        "school_name": "旺草镇中心小学",
        "income": "farming",
        "aid": "村里送米",
    }
    correct_file(entry=correction(child, said), by=mother, at=NOW)
    return child


@pytest.mark.django_db
def test_the_paper_has_the_fields_of_the_form_in_its_order(mother, girl, settings):
    settings.LANGUAGE_CODE = "en"

    told = lines(girl, mother)

    assert list(told) == ["Child", "Father", "Mother", "Grandparents", "Care", "Home and aid", "Labels"]
    assert told["Child"][1] == [("Ethnic group", "Miao"), ("ID number", f"520323**********{NUMBER[-2:]}")]
    assert told["Child"][2] == [("Hukou", "Rural hukou"), ("Where the hukou is", "绥阳县 旺草镇")]
    assert told["Father"] == [
        [("Name", "陈志强"), ("Born on", ""), ("Telephone", "13800001234")],
        [("ID number", ""), ("Where now", "away for work")],
        [("Works at", "广东东莞"), ("Away since", "2026-01-05")],
    ]
    assert told["Mother"][1] == [("ID number", ""), ("Where now", "not in the file")]
    assert [row[0] for row in told["Grandparents"]] == [
        ("father's father", "陈国富"),
        ("father's mother", ""),
        ("mother's father", ""),
        ("mother's mother", ""),
    ]
    assert told["Care"] == [
        [("Who looks after the child", "陈国富"), ("Relation", "father's father"), ("Telephone", "13900001111")],
        [("ID number", f"520323**********{OF_GRANDFATHER[-2:]}"), ("Since", "2025-01-01")],
        [("Lives at", "with the child"), ("How well", "well looked after")],
        [("Entrusted", "yes"), ("Paper signed on", "2025-01-03"), ("School told on", "")],
        [("Village told on", "2025-01-05"), ("Parents last in touch", "father: 2026-03-10, by video call")],
    ]
    assert told["Home and aid"][:3] == [
        [("Head of the household", "陈国富"), ("Income", "farming")],
        [("Brothers and sisters", "陈雨轩 (male, born 2020-02-29)")],
        [("Aid received", "村里送米")],
    ]


@pytest.mark.django_db
def test_a_carer_who_lives_elsewhere_stands_there_with_the_address_and_a_parent_with_what_keeps_her(mother, settings):
    settings.LANGUAGE_CODE = "en"
    mum = parent("52", name="杨秀兰", unable_reason="serious_illness", unable_since=date(2025, 1, 1))
    child = make_child(mother, parents=(mum,))
    Relative.objects.filter(cares_for__child=child).update(address="旺草镇老街 12 号")

    told = lines(child, mother)

    assert told["Care"][2][0] == ("Lives at", "旺草镇老街 12 号")
    assert told["Mother"][1][1] == ("Where now", "at home; serious illness")
    assert told["Home and aid"][1] == [("Brothers and sisters", "")]


@pytest.mark.django_db
def test_health_stands_on_the_paper_for_who_may_see_it_and_what_is_confidential_for_nobody(mother, girl):
    county = make_county_officer()
    tell_health(
        entry=HealthEntry(girl.id, TODAY, disability="limb", level=2, certificate="52-01", illness="先天性心脏病"),
        by=mother,
        at=NOW,
    )
    note_ground(entry=GroundEntry(girl.id, Ground.INFECTED, TODAY), by=county, at=NOW)
    note_received(entry=ApplicationEntry(girl.id, "hiv_allowance", TODAY), by=county, at=NOW)
    note_received(entry=ApplicationEntry(girl.id, "school_meals", TODAY), by=mother, at=NOW)

    told, kept_back = str(lines(girl, county)), str(lines(girl, make_supervisor()))

    assert "52-01" in told
    assert "先天性心脏病" in told
    assert "52-01" not in kept_back
    assert "先天性心脏病" not in kept_back
    for paper in (told, kept_back):
        assert "HIV" not in paper
        assert "艾滋" not in paper


@pytest.mark.django_db
def test_the_pdf_is_made_anew_and_kept_nowhere_and_that_it_was_printed_is_recorded(client, mother, girl):
    client.force_login(mother)

    answer = client.get(reverse("children:paper", args=[girl.id]))

    told = words_of(answer.content)
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("application/pdf", "no-store")
    assert "陈" not in answer["Content-Disposition"]
    assert "陈雨欣" in told
    assert "旺草镇中心小学" in told
    assert "13800001234" in told
    assert NUMBER not in told
    assert "第1页共1页" in "".join(told.split())
    assert AuditEntry.objects.filter(did="printed", on_id=str(girl.id)).count() == 1


@pytest.mark.django_db
def test_a_full_file_of_long_and_rare_names_and_four_grandparents_stands_on_one_page(client, mother):
    """Three brothers and sisters, every field filled in; 𠮷 is in neither of our faces."""
    long, rare = "买买提·阿不都热合曼·阿卜杜拉", "令狐䶮㛃𠮷"
    home = HouseholdEntry(
        id=new_id(), head_name=long, neighbourhood="上寨组", address="从村口桥头往上走第三条岔路尽头那家的后面",
        income=("migrant_work", "farming", "state_aid"), aid="村里每月送米二十斤、油五斤；镇上逢年过节慰问",
    )  # fmt: skip
    father = parent(
        name=long,
        away_since=date(2026, 1, 5),
        away_where="新疆维吾尔自治区巴音郭楞蒙古自治州库尔勒市",
        phone="13800001234",
        works_at="库尔勒经济技术开发区建筑劳务有限责任公司",
    )
    mum = parent("52", name=rare, away_since=date(2026, 1, 5), away_where="浙江台州", works_at="台州鞋厂")
    carer = CarerEntry(
        new_id(), long, "61", CareKind.ENTRUSTED_WEAK, date(2026, 1, 5), phone="13900001111", is_entrusted=True,
        paper_signed_on=date(2026, 1, 6), resident_id=OF_GRANDFATHER,
    )  # fmt: skip
    child = make_child(mother, name=long, household=home, parents=(father, mum), carer=carer, resident_id=NUMBER)
    for name in (rare, "陈䶮"):
        make_child(mother, name=name, household=home, parents=(father, mum), carer=carer)
    for relation in ("62", "63", "64"):
        relative = Relative.objects.create(
            household_id=home.id,
            village_code=child.village_code,
            name=long,
            phone="13800002222",
            born_on=date(1955, 3, 1),
        )
        Kinship.objects.create(child=child, relative=relative, relation=relation)
    client.force_login(mother)

    content = client.get(reverse("children:paper", args=[child.id])).content
    told = "".join(words_of(content).split())

    assert "第1页共1页" in told
    assert told.count("13800002222") == 3
    assert "请手写补上：𠮷(U+20BB7)" in told
    assert "陈䶮（女" in told


def test_of_rare_characters_only_those_that_no_face_has_are_named():
    assert characters_lacking("令狐䶮㛃𠮷·A（1）\n") == ["𠮷"]
