"""Changing a file and choosing between two values on the phone: the same pages, and what is seen at once."""

import json
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from ccmp.identifiers import new_id
from ccmp.moments import now
from ccmp.phone.services.docs import sheets_for
from children.models import Child, Difference
from tests import factories
from tests.factories import make_child, parent
from tests.factories.differences import differ, say
from tests.phone.same_page import assert_same_page

VILLAGE = """async (load, {docs, entries}) => {
  const {villageOf} = await load("page.js");
  return [...villageOf(new Map(docs), entries)];
}"""


@pytest.fixture
def director(mother):
    return factories.make_director(name="石大山", is_substitute=True)


@pytest.fixture
def family(mother):
    """A girl whose father works in 东莞; of whom two people say different things."""
    father = parent(away_since=date(2026, 1, 5), away_where="广东东莞")
    return make_child(mother, name="陈雨欣", parents=(father,))


def as_entry(kind: str, address: str, fields: dict[str, str], *, state: str = "waiting") -> dict[str, Any]:
    return {
        "id": str(new_id()),
        "kind": kind,
        "state": state,
        "made_at": now().isoformat(),
        "path": address,
        "query": "",
        "fields": {name: value if isinstance(value, list) else [value] for name, value in fields.items()},
    }


def village(in_chromium: Any, user: Any, *entries: dict[str, Any]) -> dict[str, Any]:
    """What her phone shows: the sheets with her entries laid over them."""
    sheets = [[sheet.doc.id, json.loads(json.dumps(sheet.doc.body))] for sheet in sheets_for(user, at=now())]
    return dict(in_chromium(VILLAGE, {"docs": sheets, "entries": list(entries)}))


def form_of(client: Any, child: Child, step: str, **said: str) -> dict[str, Any]:
    """What her page would post, with what she typed over it."""
    form = client.get(reverse("children:change", args=[child.id, step])).context["form"]
    given = {field.html_name: field.value() for field in form}
    return {name: as_posted(value) for name, value in given.items() if value not in (None, False)} | said


def as_posted(value: Any) -> Any:
    return value if isinstance(value, list) else str(value)


# ── the same page ───────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.browser
def test_differences_are_the_same_on_the_phone(client, in_chromium, mother, director, family):
    assert_same_page(client, in_chromium, mother, reverse("children:differences"))

    differ(family, director, mother)
    say(family, director, hukou_county="520323", born_on="2014-06-02")
    say(family, mother, seen={"hukou_county": "", "born_on": "2014-06-01"}, hukou_county="520327", born_on="2014-06-03")

    for address in (reverse("children:differences"), family.get_absolute_url(), reverse("visits:today")):
        assert_same_page(client, in_chromium, mother, address)


# ── what she sees at once ───────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.browser
def test_a_changed_file_is_seen_at_once_as_not_yet_sent(client, in_chromium, mother, family):
    client.force_login(mother)
    school = form_of(client, family, "school", school_stage="junior", is_boarding="on")
    home = form_of(client, family, "home", neighbourhood="下寨组")
    entries = [
        as_entry("children:change", reverse("children:change", args=[family.id, step]), fields)
        for step, fields in (("school", school), ("home", home))
    ]

    seen = village(in_chromium, mother, *entries)

    child = seen[f"child:{family.id}"]
    assert (child["school"], child["boarding"], child["unsent"]) == ("junior", True, True)
    assert seen[f"home:{family.household_id}"]["neighbourhood"] == "下寨组"


@pytest.mark.browser
def test_what_somebody_else_changed_meanwhile_is_not_written_over_on_the_phone_either(
    client, in_chromium, mother, director, family
):
    client.force_login(mother)
    fields = form_of(client, family, "school", school_stage="dropped_out")
    say(family, director, school_stage="junior")
    entry = as_entry("children:change", reverse("children:change", args=[family.id, "school"]), fields)

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
