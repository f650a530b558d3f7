"""Changing a file and choosing between two values on the phone: the same pages, and what is seen at once."""

import json
import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ccmp.identifiers import new_id
from ccmp.moments import now
from ccmp.phone.services.docs import sheets_for
from children.enums import Whereabouts
from children.models import Child, Difference
from children.rules.file_fields import texts_of
from children.rules.resident_id import check_character
from children.rules.whereabouts import Told, told_of
from children.services.correct import Correction, correct_file
from children.services.phone_differences import docs
from children.services.whereabouts import Change, change_whereabouts
from tests import factories
from tests.factories import NOW, STONE_SHOOT, make_child, parent
from tests.phone.same_page import assert_same_page, on_the_phone, plain

NUMBER = "52032320140601002" + check_character("52032320140601002")
STATE = re.compile(r'<script type="application/json" id="form-state">(.*?)</script>', re.DOTALL)
HELD = re.compile(r' (?:value="[^"]*"|selected|checked)(?=[ >])')
VILLAGE = """async (load, {docs, entries}) => {
  const {villageOf} = await load("page.js");
  return [...villageOf(new Map(docs), entries)];
}"""


@pytest.fixture
def director(mother):
    return factories.make_director(name="石大山", is_substitute=True)


@pytest.fixture
def family(mother):
    """A girl whose father works in 东莞; what she is called and where she lives differs."""
    father = parent(away_since=date(2026, 1, 5), away_where="广东东莞")
    return make_child(mother, name="陈雨欣", parents=(father,))


def say(child: Child, by: Any, *, seen: dict[str, str] | None = None, **said: str) -> None:
    before = texts_of(Child.objects.select_related("household").get(pk=child.pk)) | (seen or {})
    correct_file(entry=Correction(new_id(), child.id, NOW, before | said, before), by=by, at=NOW)


def differ(child: Child, one: Any, other: Any) -> None:
    """The two say different things of the school, the way to the home and where the father is."""
    first = {"school_stage": "primary", "address": ""}
    say(child, one, school_stage="junior", address="村口第一家")
    say(child, other, seen=first, school_stage="dropped_out", address="桥头")
    father = child.family[0].relative_id
    for by, place in ((one, "浙江义乌"), (other, "广东佛山")):
        seen = "away 2026-01-05 广东东莞"
        change = Change(Whereabouts.AWAY, date(2026, 2, 23), place, seen=seen)
        change_whereabouts(child=child, relative_id=father, change=change, by=by, at=NOW)


def held(user: Any, *, at: Any = NOW) -> dict[str, Any]:
    return {doc.id: json.loads(json.dumps(doc.body)) for doc in docs(user, at=at)}


def as_entry(kind: str, address: str, fields: dict[str, str], *, state: str = "waiting") -> dict[str, Any]:
    return {
        "id": str(new_id()),
        "kind": kind,
        "state": state,
        "made_at": now().isoformat(),
        "path": address,
        "query": "",
        "fields": {name: [value] for name, value in fields.items()},
    }


def village(in_chromium: Any, user: Any, *entries: dict[str, Any]) -> dict[str, Any]:
    """What her phone shows: the sheets with her entries laid over them."""
    sheets = [[sheet.doc.id, json.loads(json.dumps(sheet.doc.body))] for sheet in sheets_for(user, at=now())]
    return dict(in_chromium(VILLAGE, {"docs": sheets, "entries": list(entries)}))


def form_of(client: Any, child: Child, **said: str) -> dict[str, str]:
    """What her page would post, with what she typed over it."""
    form = client.get(reverse("children:change", args=[child.id])).context["form"]
    given = {field.html_name: field.value() for field in form}
    return {name: str(value) for name, value in given.items() if value not in (None, False)} | said


# ── what goes down ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_open_differences_of_her_village_go_down_with_who_said_what_and_when(mother, director, family):
    differ(family, director, mother)

    told = {body["field"]: body for body in held(mother).values()}

    one = Difference.objects.get(field="school_stage")
    assert held(mother)[f"difference:{one.id}"] == {
        "child": str(family.id),
        "name": "陈雨欣",
        "home": str(family.household_id),
        "field": "school_stage",
        "held": "junior",
        "held_by": "石大山",
        "held_at": "2026-03-12T10:00+08:00",
        "brought": "dropped_out",
        "brought_by": "罗小琴",
        "made_at": "2026-03-12T10:00+08:00",
        "at": told["school_stage"]["at"],
    }
    assert (told["whereabouts"]["who"], told["whereabouts"]["held"]) == ("陈志强", "away 2026-02-23 浙江义乌")


def test_what_is_decided_and_what_lies_next_door_does_not_go_down(mother, director, other_mother, family):
    differ(family, director, mother)
    stranger = make_child(other_mother, STONE_SHOOT)
    say(stranger, other_mother, hukou="urban")
    say(stranger, other_mother, seen={"hukou": "rural"}, hukou="none")
    say(family, director, school_stage="dropped_out")

    assert {body["field"] for body in held(mother).values()} == {"address", "whereabouts"}


@pytest.mark.parametrize("children", [1, 3])
def test_differences_cost_the_same_for_one_child_and_for_three(mother, director, children):
    for _ in range(children):
        child = make_child(mother)
        say(child, director, hukou="urban")
        say(child, mother, seen={"hukou": "rural"}, hukou="none")

    with CaptureQueriesContext(connection) as asked:
        held(mother)

    assert len(asked) == 1


# ── the same page ───────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.browser
def test_differences_are_the_same_on_the_phone(client, in_chromium, mother, director, family):
    assert_same_page(client, in_chromium, mother, reverse("children:differences"))

    differ(family, director, mother)

    assert_same_page(client, in_chromium, mother, reverse("children:differences"))


@pytest.mark.browser
@pytest.mark.parametrize("number", ["", NUMBER])
def test_the_form_is_the_same_on_the_phone_and_holds_the_same(client, in_chromium, mother, number):
    child = make_child(mother, resident_id=number, is_boarding=bool(number), ethnic_words="穿青人")
    address = reverse("children:change", args=[child.id])
    client.force_login(mother)

    page = client.get(address).content.decode()
    written = on_the_phone(in_chromium, mother, address, at=now())["html"]

    assert [HELD.sub("", line) for line in plain(written)] == [HELD.sub("", line) for line in plain(page)]
    values = json.loads(STATE.search(written)[1])["values"]
    posted = form_of(client, child, id="") | ({"is_boarding": "on"} if number else {})
    assert values | {"id": ""} == posted


# ── what she sees at once ───────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.browser
def test_a_changed_file_is_seen_at_once_as_not_yet_sent(client, in_chromium, mother, family):
    client.force_login(mother)
    fields = form_of(client, family, school_stage="junior", neighbourhood="下寨组", is_boarding="on")
    entry = as_entry("children:change", reverse("children:change", args=[family.id]), fields)

    seen = village(in_chromium, mother, entry)

    child = seen[f"child:{family.id}"]
    assert (child["school"], child["boarding"], child["unsent"]) == ("junior", True, True)
    assert seen[f"home:{family.household_id}"]["neighbourhood"] == "下寨组"


@pytest.mark.browser
def test_what_somebody_else_changed_meanwhile_is_not_written_over_on_the_phone_either(
    client, in_chromium, mother, director, family
):
    client.force_login(mother)
    fields = form_of(client, family, school_stage="dropped_out")
    say(family, director, school_stage="junior")
    entry = as_entry("children:change", reverse("children:change", args=[family.id]), fields)

    seen = village(in_chromium, mother, entry)

    assert seen[f"child:{family.id}"]["school"] == "junior"
    [told] = [body for name, body in seen.items() if name.startswith("difference:")]
    assert (told["held"], told["brought"], told["brought_by"], told["unsent"]) == (
        "junior",
        "dropped_out",
        "罗小琴",
        True,
    )


@pytest.mark.browser
def test_what_she_chose_holds_at_once(client, in_chromium, mother, director, family):
    differ(family, director, mother)
    entries = [
        as_entry("children:decide", reverse("children:decide", args=[one.id]), {"keep": "brought", "seen": one.held})
        for one in Difference.objects.open()
    ]

    seen = village(in_chromium, mother, *entries)

    assert not [name for name in seen if name.startswith("difference:")]
    assert seen[f"child:{family.id}"]["school"] == "dropped_out"
    home = seen[f"home:{family.household_id}"]
    assert home["address"] == "桥头"
    [father] = [one for one in home["relatives"] if one["as"] == "51"]
    assert father["stays"][-1] == ["2026-02-23", "", "广东佛山"]


@pytest.mark.browser
def test_where_a_parent_is_has_the_same_text_on_the_phone(in_chromium, mother):
    facts = [
        {},
        {"away_since": date(2026, 1, 5), "away_where": "广东东莞"},
        {"died_on": date(2025, 5, 1)},
        {"missing_since": date(2025, 6, 1), "away_since": date(2025, 1, 5)},
    ]
    for number, given in enumerate(facts):
        make_child(mother, name=f"陈{number}", parents=(parent(**given),))
    back = make_child(mother, name="陈五", parents=(parent(**facts[1]),))
    change = Change(Whereabouts.HOME, date(2026, 2, 10), seen="away 2026-01-05 广东东莞")
    change_whereabouts(child=back, relative_id=back.family[0].relative_id, change=change, by=mother, at=NOW)

    for child in Child.objects.all():
        relative = child.family[0].relative
        home = village(in_chromium, mother)[f"home:{child.household_id}"]
        [told] = [one for one in home["relatives"] if one["id"] == str(relative.id)]
        ask = "async (load, told) => (await load('pages/differences/file.js')).toldOf(told)"
        text = in_chromium(ask, told)
        assert (text, Told.read(text)) == (told_of(relative).text, told_of(relative))
