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
from ccmp.phone.services.docs import sheets_for
from ccmp.phone.services.pack import pack
from children.entries import CarerEntry, HouseholdEntry
from children.enums import CareKind, EthnicGroup, Hukou, IncapacityReason, NoIdReason, Relation, SchoolStage
from children.forms.registration import RegistrationForm
from children.models import Child, Guardianship, Household, Kinship, Relative
from children.rules.whereabouts import Told, told_of
from children.services.stays import write_whereabouts
from tests.factories import CLOUD_FOOT, make_child, make_flag, make_visit, parent
from tests.phone.same_page import assert_same_page, look_for, on_the_phone, plain

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
    for number, father in enumerate(fathers):
        for mother in (mothers[number % 4], mothers[(number + 2) % 4]):
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
    every = 1 if language == "zh-hans" else 5
    children = [make_child(mother, **facts) for facts in [*list(families())[::every], *OTHERS]]

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
    child.gone_on, child.gone_why = day_of(now()), "left"
    child.save()
    assert_same_page(client, in_chromium, mother, file_page(child))


@IN_BOTH
def test_the_list_is_the_same_whatever_is_looked_for(client, in_chromium, mother, language):
    speaks(mother, language)
    for name in ("陈雨欣", "陈雨欣", "罗小军", "𠮷䶮", "A·b", LONG):
        make_child(mother, name=name)
    gone = make_child(mother, name="陈走了")
    gone.gone_on, gone.gone_why = date(2026, 5, 1), "left"
    gone.save()
    address = reverse("children:list")

    for asked in ("", "?page=2", "?page=0", "?page=x", "?search=unheard-of"):
        assert_same_page(client, in_chromium, mother, address + asked)
    looked_for = (
        "陈",
        "nobody",
        "x" * 61,
        "chenyu",
        "cy",
        "C Y",
        "yan",
        "  ",
        '"><b>',
        "13800002716",
        "138 0000 2716",
        "9999",
    )
    for words in looked_for if language == "zh-hans" else looked_for[:3]:  # who is found is the same in each language
        assert_same_page(client, in_chromium, mother, look_for(client, mother, address, words))


def test_the_list_has_its_pages(client, in_chromium, mother):
    for number in range(52):
        make_child(mother, name=f"陈{chr(0x4E00 + number * 37)}")

    found = look_for(client, mother, reverse("children:list"), "chen")
    for address in (*(reverse("children:list") + page for page in ("", "?page=2", "?page=3")), f"{found}&page=2"):
        assert_same_page(client, in_chromium, mother, address)


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
    left.gone_on, left.gone_why = date(2026, 3, 2), "left"
    left.save()
    make_child(mother, name="罗小军", household=HouseholdEntry(new_id(), "罗 <i>", ""))
    for number in range(30):
        make_child(mother, household=HouseholdEntry(new_id(), f"第{number}家", "下寨组"), carer=None)

    for asked in ("", "?page=2", "?page=9"):
        assert_same_page(client, in_chromium, mother, reverse("children:register") + asked)
    for words in (
        "陈走了",
        "上 寨",
        "<i>",
        "nobody",
        "长" * 70,
        "chen guofu",
        "cgf",
        "xiazhai",
        "luo xj",
        "Chén",
        "gfc",
    ):
        assert_same_page(client, in_chromium, mother, look_for(client, mother, reverse("children:register"), words))


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


def entry_of(kind: str, address: str, fields: dict[str, Any], **more: Any) -> dict[str, Any]:
    """An entry of the outbox, as the worker keeps it."""
    path, _, query = address.partition("?")
    posted = {name: [str(value)] for name, value in fields.items()}
    return {
        "kind": kind,
        "path": path,
        "query": query,
        "fields": posted,
        "made_at": now().isoformat(),
        "state": "sent",
        **more,
    }


def registration(**given: Any) -> dict[str, Any]:
    ids = {name: new_id() for name in ("id", "household_id", "father_id", "mother_id", "carer_id")}
    return ids | {
        "head_name": "陈国富 ", "neighbourhood": "上寨组", "address": "鱼塘边", "name": " 陈雨欣", "sex": "2",
        "born_on": "2014-06-01", "ethnic_group": "05", "hukou": "rural", "resident_id": "520323 20140601 0027",
        "school_stage": "primary", "father": "none", "mother": "none", "carer": "none", "carer_since": "2025-03-01",
    } | given  # fmt: skip


NEW_FATHER = {
    "father": "new", "father_name": "陈志强", "father_whereabouts": "away", "father_since": "2026-02-01",
    "father_where": "广东东莞", "father_phone": "13985200001",
}  # fmt: skip
NEW_MOTHER = {
    "mother": "new", "mother_name": "李芳", "mother_is_step": "on", "mother_whereabouts": "missing",
    "mother_since": "2020-02-03", "mother_unable_reason": "other", "mother_unable_since": "2019-01-01",
}  # fmt: skip
NEW_CARER = {
    "carer": "new", "carer_name": "杨秀英", "carer_relation": "62", "carer_phone": "13985200002", "carer_kind": "good",
    "carer_born_on": "1950-01-02", "carer_is_entrusted": "on", "carer_paper_signed_on": "2025-03-02",
}  # fmt: skip


@pytest.mark.parametrize(
    "given",
    [
        {},
        {
            "is_boarding": "on",
            "ethnic_group": "97",
            "ethnic_words": "穿青人",
            "resident_id": "",
            "no_id_reason": "newborn",
        },
        NEW_FATHER | {"carer": "father"},
        NEW_FATHER | NEW_MOTHER | NEW_CARER,
        NEW_MOTHER | {"mother_whereabouts": "dead"} | NEW_CARER,
    ],
)
def test_a_child_registered_on_the_road_stands_there_as_it_will_once_it_is_sent(client, in_chromium, mother, given):
    address = f"{reverse('children:register')}?household=new"
    fields = registration(**given)
    entry = entry_of("children:register", address, fields)
    pages = [reverse("children:file", args=[fields["id"]]), reverse("children:list"), reverse("children:register")]
    before = [on_the_phone(in_chromium, mother, page, at=now(), entries=[entry]) for page in pages]

    client.force_login(mother)
    assert client.post(address, fields).status_code == 302
    list(client.get(pages[1]).context["messages"])

    for page, written in zip(pages, before, strict=True):
        assert plain(written["html"]) == plain(client.get(page).content.decode())
        assert_same_page(client, in_chromium, mother, page)


def test_a_sister_is_registered_on_the_road_into_the_home_that_is_there(client, in_chromium, mother):
    home = HouseholdEntry(new_id(), "陈国富", "上寨组")
    father = parent(Relation.FATHER, "陈志强")
    elder = make_child(mother, name="陈雨", born_on=date(2011, 4, 9), household=home, parents=(father,))
    address = f"{reverse('children:register')}?household={home.id}"
    grandfather = Kinship.objects.get(child=elder, relation=Relation.PATERNAL_GRANDFATHER).relative_id
    fields = registration(name="陈雪", father=father.id, carer=grandfather, **{**NEW_MOTHER, "mother_is_step": ""})
    entry = entry_of("children:register", address, fields)
    pages = [reverse("children:file", args=[one]) for one in (fields["id"], elder.id)]
    before = [on_the_phone(in_chromium, mother, page, at=now(), entries=[entry]) for page in [*pages, address]]

    client.force_login(mother)
    assert client.post(address, {name: value for name, value in fields.items() if value != ""}).status_code == 302
    list(client.get(reverse("children:list")).context["messages"])

    for page, written in zip(pages, before, strict=False):
        assert plain(written["html"]) == plain(client.get(page).content.decode())
    offered = state_of(before[-1]["html"])["choices"]
    assert offered == state_of(on_the_phone(in_chromium, mother, address, at=now())["html"])["choices"]
    assert [value for value, _label in offered["mother"]] == [str(fields["mother_id"]), "new", "none"]


def test_where_a_parent_went_is_in_the_file_before_it_is_sent(client, in_chromium, mother):
    father = parent()
    child = make_child(mother, parents=(father, parent(Relation.MOTHER, "李芳", died_on=date(2020, 1, 1))))
    address = reverse("children:whereabouts", args=[child.id, father.id])
    for fields in (
        {"whereabouts": "away", "since": "2026-09-01", "where": " 广东东莞 "},
        {"whereabouts": "home", "since": "2026-10-01", "where": "left over"},
        {"whereabouts": "away", "since": "2026-11-01", "where": "浙江义乌"},
        {"whereabouts": "missing", "since": "2026-11-10"},
        {"whereabouts": "home", "since": "2026-11-12"},
        {"whereabouts": "dead", "since": "2026-11-13"},
    ):
        seen = told_of(Relative.objects.get(pk=father.id)).text
        posted = fields | {"id": new_id(), "seen": seen}
        entry = entry_of("children:whereabouts", address, posted)
        before = on_the_phone(in_chromium, mother, file_page(child), at=now(), entries=[entry])

        client.force_login(mother)
        assert client.post(address, posted).status_code == 302
        list(client.get(reverse("children:list")).context["messages"])

        assert plain(before["html"]) == plain(client.get(file_page(child)).content.decode())


def test_what_somebody_else_said_meanwhile_is_not_written_over_on_the_phone(in_chromium, mother):
    father = parent(away_since=date(2026, 2, 1), away_where="广东东莞")
    child = make_child(mother, parents=(father,))
    address = reverse("children:whereabouts", args=[child.id, father.id])
    fields = {"whereabouts": "home", "since": "2026-01-15", "seen": "home -"}

    written = on_the_phone(
        in_chromium, mother, address, at=now(), entries=[entry_of("children:whereabouts", address, fields)]
    )

    assert state_of(written["html"])["values"]["seen"] == "away 2026-02-01 广东东莞"


CHECK = """async (load, {pack, docs, address, now, fields, kind}) => {
  const { askedOf } = await load("page.js");
  const { checks, done } = await load("pages/index.js");
  const { speak } = await load("words.js");
  speak(pack.words);
  const asked = askedOf({ pack, docs: new Map(docs), url: new URL(address, "http://phone.test"), now: new Date(now), id: () => "" });
  const entry = { kind, fields, path: asked.url.pathname, query: asked.url.search, state: "waiting" };
  return [checks[kind]?.(asked, fields) ?? {}, done[kind](asked, entry)];
}"""


def checked(in_chromium: Any, user: User, kind: str, address: str, fields: dict[str, Any]) -> Any:
    at = now()
    return in_chromium(
        CHECK,
        {
            "pack": json.loads(pack("en").body), "kind": kind, "address": address, "now": at.isoformat(),
            "docs": [[one.doc.id, json.loads(json.dumps(one.doc.body))] for one in sheets_for(user, at=at)],
            "fields": {name: [str(value)] for name, value in fields.items()},
        },
    )  # fmt: skip


def test_the_phone_says_what_is_wrong_with_the_servers_sentences(client, in_chromium, mother):
    speaks(mother, "en")
    child = make_child(mother, name="陈雨欣", parents=(parent(),))
    new_home = f"{reverse('children:register')}?household=new"
    wrong_ones = [
        {"name": "陈雨欣"}, {"born_on": "2007-01-01", "name": "陈雪"}, {"name": "陈雪", "resident_id": "520323201406010028"},
        {"name": "陈雪", **NEW_FATHER, "father_since": "2030-01-01"}, {"name": "陈雪", **NEW_FATHER, "father_name": ""},
        {"name": "陈雪", "carer": "father"}, {"name": "陈雪", "carer_since": ""},
    ]  # fmt: skip

    client.force_login(mother)
    for given in wrong_ones:
        fields = registration(**given)
        errors, _where = checked(in_chromium, mother, "children:register", new_home, fields)
        form = client.post(new_home, fields).context["form"]
        with translation.override("en"):
            said = {name.replace("__all__", ""): [str(one) for one in rows] for name, rows in form.errors.items()}
        assert errors == said
    address = reverse("children:whereabouts", args=[child.id, child.kinships.get(relation="51").relative_id])
    for fields in ({"whereabouts": "home", "since": "2030-01-01"}, {"whereabouts": "away", "since": "2026-03-01"}):
        errors, _where = checked(in_chromium, mother, "children:whereabouts", address, fields)
        response = client.post(address, fields)
        said = response.context["form"].errors if response.status_code != 302 else {}
        with translation.override("en"):
            assert errors == {name: [str(one) for one in sentences] for name, sentences in said.items()}


def test_a_second_child_of_the_same_name_is_asked_about_with_the_first_one_shown(in_chromium, mother):
    child = make_child(mother, name="陈雨欣")
    state = {"values": {"name": "陈雨欣", "id": str(new_id())}, "errors": {}}
    html = on_the_phone(
        in_chromium, mother, f"{reverse('children:register')}?household=new", at=now(), state=state
    )["html"]  # fmt: skip

    assert file_page(child) in html
    assert 'name="another_child"' in html


def test_language_and_type_size_change_at_once(in_chromium, mother):
    entry = entry_of("people:account", reverse("people:account"), {"language": "en", "large_type": "on"})

    state = state_of(on_the_phone(in_chromium, mother, reverse("people:account"), at=now(), entries=[entry])["html"])

    assert state["values"] == {"language": "en", "large_type": "on"}


def test_a_child_that_the_phone_does_not_hold_is_asked_of_the_server(in_chromium, mother, other_mother):
    theirs = make_child(other_mother, "520323100202")

    assert on_the_phone(in_chromium, mother, file_page(theirs), at=now()) is None


def test_the_pack_is_the_same_each_time_it_is_made():
    assert pack.__wrapped__("en").version == pack.__wrapped__("en").version
