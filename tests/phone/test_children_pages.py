"""The register and her own page: what the phone writes is what the server sends, and what she writes down is there at once."""

import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation

from ccmp.identifiers import new_id
from ccmp.moments import day_of, now
from ccmp.people.models import User
from ccmp.phone.services.pack import pack
from children.entries import CarerEntry, HouseholdEntry
from children.enums import CareKind, EthnicGroup, Hukou, IncapacityReason, NoIdReason, Relation, SchoolStage
from children.forms.registration import RegistrationForm
from children.models import Child, Guardianship, Household, Relative
from children.rules.whereabouts import Told, told_of
from children.services.stays import write_whereabouts
from tests.factories import CLOUD_FOOT, make_child, make_flag, make_visit, parent
from tests.phone.same_page import assert_same_page, on_the_phone

pytestmark = pytest.mark.browser
IN_BOTH = pytest.mark.parametrize("language", ["zh-hans", "en"])
FORM_STATE = re.compile(r'<script type="application/json" id="form-state">(.*?)</script>', re.DOTALL)
LONG = "欧阳司马" * 15


def speaks(user: User, language: str) -> None:
    user.language = language
    user.save(update_fields=["language"])


def file_page(child: Child) -> str:
    return reverse("children:file", args=[child.id])


def cared(kind: str = CareKind.FAIR, **facts: Any) -> CarerEntry:
    given: dict[str, Any] = {
        "name": "杨秀英", "relation": Relation.PATERNAL_GRANDMOTHER, "since": date(2025, 3, 1), "phone": "13985200001",
    }  # fmt: skip
    return CarerEntry(id=facts.pop("id", None) or new_id(), kind=kind, **(given | facts))


def families() -> Iterator[dict[str, Any]]:
    """Registrations of all sorts of families: labels of each kind, and every way to be looked after or not."""
    away = {"away_since": date(2026, 2, 1), "away_where": "广东东莞"}
    unable = {"unable_reason": IncapacityReason.SEVERE_DISABILITY, "unable_since": date(2024, 1, 1)}
    fathers: list[dict[str, Any] | None] = [
        None, {}, away, {"away_since": date(2023, 5, 4)}, {"died_on": date(2022, 1, 2)}, unable,
        {"missing_since": date(2021, 1, 2), "phone": "13985200003"}, away | unable,
    ]  # fmt: skip
    mothers: list[dict[str, Any] | None] = [None, {"phone": "13985200002"}, away, {"missing_since": date(2020, 2, 3)}]
    for father in fathers:
        for mother in mothers:
            parents = [parent(Relation.FATHER, "陈志强", **father)] if father is not None else []
            parents += [parent(Relation.STEPMOTHER, "李 <b>芳</b>", **mother)] if mother is not None else []
            yield {"parents": tuple(parents)}


OTHERS: list[dict[str, Any]] = [
    {"carer": None},
    {"carer": cared(CareKind.NONE)},
    {"carer": cared(CareKind.ENTRUSTED_WEAK, born_on=date(1950, 4, 2), is_entrusted=True)},
    {"carer": cared(CareKind.GOOD, is_entrusted=True, paper_signed_on=date(2025, 3, 2))},
    {"carer": cared(CareKind.GOOD, born_on=date(1990, 4, 2), relation=Relation.OTHER_RELATIVE, phone="")},
    {"hukou": Hukou.URBAN, "is_boarding": True, "school_stage": SchoolStage.JUNIOR},
    {"hukou": Hukou.NONE, "no_id_reason": NoIdReason.NO_HUKOU, "born_on": date(2010, 5, 1)},
    {"ethnic_group": EthnicGroup.OTHER, "ethnic_words": "穿青人", "resident_id": "520323201406010027"},
    {"name": LONG, "sex": "1", "born_on": date(2026, 1, 30)},
    {"name": "𠮷䶮·A'b\"<i>", "household": HouseholdEntry(new_id(), "䶮国富 & 子", "", "鱼塘边 <第二家>")},
]


@IN_BOTH
def test_the_file_of_every_sort_of_family_is_the_same(client, in_chromium, mother, language):
    speaks(mother, language)
    children = [make_child(mother, **facts) for facts in [*families(), *OTHERS]]

    for child in children:
        assert_same_page(client, in_chromium, mother, file_page(child))


@IN_BOTH
def test_the_file_of_a_child_with_a_history_is_the_same(client, in_chromium, mother, language):
    speaks(mother, language)
    father = parent(phone="13985200009")
    child = make_child(mother, parents=(father,))
    relative = Relative.objects.get(pk=father.id)
    for told in (
        Told("away", date(2026, 2, 1), "广东东莞"), Told("home", date(2026, 3, 1)), Told("away", date(2026, 4, 1), ""),
    ):  # fmt: skip
        write_whereabouts(relative, told)
    now_cared = child.guardianships.get()
    now_cared.until = day_of(now()) - timedelta(days=1)
    now_cared.save()
    Guardianship.objects.create(
        child=child, carer=relative, kind=CareKind.INCAPABLE_PARENT, since=day_of(now()) - timedelta(days=1)
    )
    make_visit(mother, child, "2026-09-10 15:00", answers={"carer": 2})
    make_visit(mother, child, "2026-10-10 15:00", answers={"carer": 0})
    make_flag(mother, child, "2026-10-11 09:00")

    assert_same_page(client, in_chromium, mother, file_page(child))
    child.gone_on = day_of(now())
    child.save()
    assert_same_page(client, in_chromium, mother, file_page(child))


@IN_BOTH
def test_the_list_is_the_same_whatever_is_looked_for(client, in_chromium, mother, language):
    speaks(mother, language)
    for name in ("陈雨欣", "陈雨欣", "罗小军", "𠮷䶮", "A·b", LONG):
        make_child(mother, name=name)
    gone = make_child(mother, name="陈走了")
    gone.gone_on = date(2026, 5, 1)
    gone.save()
    address = reverse("children:list")

    for asked in ("", "?q=", "?q=陈", "?q=chenyu", "?q=cy", "?q=C Y", "?q=yan", "?q=nobody", "?q=%20%20", f"?q={'x' * 61}", "?page=2",
                  "?q=\"><b>", "?page=0", "?page=x"):  # fmt: skip
        assert_same_page(client, in_chromium, mother, address + asked)


def test_the_list_has_its_pages(client, in_chromium, mother):
    for number in range(52):
        make_child(mother, name=f"陈{chr(0x4E00 + number * 37)}")

    for asked in ("", "?page=2", "?page=3", "?q=chen&page=2"):
        assert_same_page(client, in_chromium, mother, reverse("children:list") + asked)


def test_an_empty_register_is_the_same(client, in_chromium, mother):
    for page in ("children:list", "children:register"):
        assert_same_page(client, in_chromium, mother, reverse(page))


@IN_BOTH
def test_the_choice_of_a_home_is_the_same(client, in_chromium, mother, language):
    speaks(mother, language)
    home = HouseholdEntry(new_id(), "陈国富", "上寨组")
    for number, born_on in enumerate([date(2016, 1, 1), date(2012, 1, 1), date(2014, 1, 1)]):
        make_child(mother, name=f"陈雨{number}", household=home, born_on=born_on, carer=None)
    left = make_child(mother, name="陈走了", household=home, born_on=date(2013, 1, 1), carer=None)
    left.gone_on = date(2026, 3, 2)
    left.save()
    make_child(mother, name="罗小军", household=HouseholdEntry(new_id(), "罗 <i>", ""))
    for number in range(30):
        make_child(mother, household=HouseholdEntry(new_id(), f"第{number}家", "下寨组"), carer=None)

    for asked in ("", "?q=陈走了", "?q=上 寨", "?q=<i>", "?q=nobody", f"?q={'长' * 70}", "?page=2", "?page=9"):
        assert_same_page(client, in_chromium, mother, reverse("children:register") + asked)


@IN_BOTH
def test_the_form_for_a_new_home_is_the_same(client, in_chromium, mother, language):
    speaks(mother, language)

    assert_same_page(client, in_chromium, mother, f"{reverse('children:register')}?household=new")


def state_of(html: str) -> dict[str, Any]:
    found = FORM_STATE.search(html)
    assert found
    return json.loads(found[1])


@IN_BOTH
def test_the_form_of_a_known_home_offers_the_same_grown_ups(in_chromium, mother, language):
    speaks(mother, language)
    home = HouseholdEntry(new_id(), "陈国富", "上寨组")
    father = parent(Relation.FATHER, "陈志强")
    make_child(mother, household=home, parents=(father, parent(Relation.MOTHER, "李芳", died_on=date(2020, 1, 1))))
    make_child(mother, household=home, parents=(father, parent(Relation.STEPMOTHER, "王梅")))
    address = f"{reverse('children:register')}?household={home.id}"

    written = on_the_phone(in_chromium, mother, address, at=now())

    with translation.override(language):
        form = RegistrationForm(village_code=CLOUD_FOOT, household=Household.objects.get())
        offered = {
            who: [[value, str(label)] for value, label in form.fields[who].choices]
            for who in ("father", "mother", "carer")
        }
    state = state_of(written["html"])
    assert state["choices"] == offered
    assert {who: state["values"][who] for who in ("father", "mother")} == {
        who: form.fields[who].initial for who in ("father", "mother")
    }
    assert len({state["values"][name] for name in ("id", "father_id", "mother_id", "carer_id")}) == 4


@IN_BOTH
def test_the_page_of_where_a_parent_is_is_the_same(client, in_chromium, mother, language):
    speaks(mother, language)
    for facts in ({}, {"away_since": date(2026, 2, 1), "away_where": "广东东莞"}, {"died_on": date(2022, 1, 2)}):
        father = parent(**facts)
        child = make_child(mother, parents=(father,))
        address = reverse("children:whereabouts", args=[child.id, father.id])

        assert_same_page(client, in_chromium, mother, address)
        seen = state_of(on_the_phone(in_chromium, mother, address, at=now())["html"])["values"]["seen"]
        assert seen == told_of(Relative.objects.get(pk=father.id)).text


@IN_BOTH
def test_her_own_page_is_the_same(client, in_chromium, mother, language):
    speaks(mother, language)

    assert_same_page(client, in_chromium, mother, reverse("people:account"))


def test_a_child_that_the_phone_does_not_hold_is_asked_of_the_server(in_chromium, mother, other_mother):
    theirs = make_child(other_mother, "520323100202")

    assert on_the_phone(in_chromium, mother, file_page(theirs), at=now()) is None


def test_the_pack_is_the_same_each_time_it_is_made():
    assert pack.__wrapped__("en").version == pack.__wrapped__("en").version
