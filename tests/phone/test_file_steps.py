"""The steps of a child's file on her phone: the same pages with the same values, the same checks, and what is seen at once."""

import json
import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils.translation import override

from ccmp.moments import day_of, now
from ccmp.people.models import User
from children.models import Child
from children.rules.resident_id import check_character
from children.services.correct import correct_file
from tests.children.test_differences import correction
from tests.factories import make_child
from tests.phone.same_page import assert_same_page, on_the_phone, plain
from tests.phone.test_differences import as_entry, form_of, village

NUMBER = "52032320140601002" + check_character("52032320140601002")
OF_A_BOY = "52032320140601001" + check_character("52032320140601001")
STATE = re.compile(r'<script type="application/json" id="form-state">(.*?)</script>', re.DOTALL)
HELD = re.compile(r' (?:value="[^"]*"|selected|checked)(?=[ >])')
OPTIONS = re.compile(r'(<select name="hukou_county"[^>]*>).*?(?=</select>)', re.DOTALL)
FULL = {
    "hukou_county": "520323",
    "hukou_place": "旺草镇云脚村",
    "lives_here_since": "2020-09-01",
    "school_name": "旺草镇中心小学",
    "is_boarding": "yes",
    "income": "migrant_work,state_aid",
    "aid": "村里春节送米和油",
}
CHECK = """async (load, {name, params, sheet, fields, on}) => {
  const {checks} = await load("pages/index.js");
  return checks[name]({params, on, docs: new Map([[`child:${params.child_id}`, sheet]])}, fields);
}"""


@pytest.fixture
def full(mother):
    """Whose file has every field of every step."""
    child = make_child(mother, resident_id=NUMBER)
    correct_file(entry=correction(child, FULL), by=mother, at=now())
    return child


# ── the same page, and the same values in it ────────────────────────────────────────────────────────────────────────


@pytest.mark.browser
@pytest.mark.parametrize("step", ["identity", "hukou", "school", "home"])
def test_a_step_is_the_same_on_the_phone_and_holds_the_same(client, in_chromium, mother, full, step):
    bare = make_child(mother, ethnic_words="穿青人", ethnic_group="97")
    client.force_login(mother)

    for child in (full, bare):
        address = reverse("children:change", args=[child.id, step])
        page = OPTIONS.sub(r"\1", client.get(address).content.decode())
        written = on_the_phone(in_chromium, mother, address, at=now())["html"]

        assert [HELD.sub("", line) for line in plain(OPTIONS.sub(r"\1", written))] == [
            HELD.sub("", line) for line in plain(page)
        ]
        state = json.loads(STATE.search(written)[1])
        values = {name: value for name, value in state["values"].items() if value}
        posted = {name: value for name, value in form_of(client, child, step, id="").items() if value}
        assert values | {"id": ""} == {"id": ""} | {
            name: "on" if value == "True" else value for name, value in posted.items()
        }


@pytest.mark.browser
def test_counties_to_choose_from_are_the_same_on_the_phone(client, in_chromium, mother, full):
    address = reverse("children:change", args=[full.id, "hukou"])
    client.force_login(mother)

    offered = client.get(address).context["form"].fields["hukou_county"].choices
    written = on_the_phone(in_chromium, mother, address, at=now())["html"]

    given = json.loads(STATE.search(written)[1])["choices"]["hukou_county"]
    assert given == [[code, str(name)] for code, name in offered]
    assert ["520323", "绥阳县"] in given


@pytest.mark.browser
def test_health_and_the_list_without_numbers_are_the_same_on_the_phone(client, in_chromium, mother, full):
    assert_same_page(client, in_chromium, mother, reverse("children:no-id"))
    make_child(mother, name="陈浩然")
    Child.objects.filter(pk=full.pk).update(health_told_on=date(2026, 3, 2))

    for address in (reverse("children:no-id"), reverse("children:health", args=[full.id])):
        assert_same_page(client, in_chromium, mother, address)


# ── what she sees at once ───────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.browser
def test_what_she_says_of_each_step_is_seen_at_once_and_a_number_only_masked(client, in_chromium, mother):
    child = make_child(mother)
    client.force_login(mother)
    said: dict[str, dict[str, Any]] = {
        "identity": {"resident_id": NUMBER},
        "hukou": {"hukou_county": "other", "county_code": "330782", "how": "wrong"},
        "school": {"school_name": "旺草镇中心小学"},
        "home": {"income": ["farming", "relatives"], "aid": "邻居常送菜"},
    }
    entries = [
        as_entry(
            "children:change",
            reverse("children:change", args=[child.id, step]),
            form_of(client, child, step) | typed,
        )
        for step, typed in said.items()
    ]
    entries.append(
        as_entry(
            "children:health", reverse("children:health", args=[child.id]), {"state": "healthy", "on": "2026-03-05"}
        )
    )

    seen = village(in_chromium, mother, *entries)

    sheet, home = seen[f"child:{child.id}"], seen[f"home:{child.household_id}"]
    assert (sheet["id_number"], sheet["no_id"]) == ("520323**********" + NUMBER[-2:], "")
    assert (sheet["hk_c"], sheet["sch"], sheet["told"], sheet["unsent"]) == (
        "330782",
        "旺草镇中心小学",
        "2026-03-05",
        True,
    )
    assert (home["inc"], home["aid"]) == (["farming", "relatives"], "邻居常送菜")
    assert NUMBER not in json.dumps(seen)


# ── what the phone can see to be wrong ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.browser
@pytest.mark.parametrize(
    ("step", "typed"),
    [
        ("identity", {"resident_id": NUMBER[:-1] + "Y"}),
        ("identity", {"resident_id": OF_A_BOY}),
        ("identity", {"resident_id": OF_A_BOY, "sex": "1", "born_on": "2014-06-11"}),
        ("identity", {"born_on": "2026-03-02"}),
        ("identity", {"no_id_reason": ""}),
        ("hukou", {"hukou": "urban"}),
        ("hukou", {"hukou": "urban", "how": "changed"}),
        ("hukou", {"hukou_county": "other"}),
        ("hukou", {"hukou_county": "other", "county_code": "33078"}),
        ("hukou", {"lives_here_since": "2013-01-01"}),
        ("hukou", {"hukou": "urban", "how": "changed", "changed_on": "2013-01-01"}),
        ("health", {"state": "disabled", "on": "2026-03-05", "level": "2"}),
        ("health", {"state": "ill", "on": "2026-03-05"}),
        ("health", {"state": "healthy", "on": "2026-03-01"}),
        ("health", {"state": "healthy", "on": "2014-05-01"}),
    ],
)
def test_the_phone_finds_the_same_mistakes_in_the_same_fields(client, in_chromium, mother, step, typed):
    child = make_child(mother)
    Child.objects.filter(pk=child.pk).update(health_told_on=date(2026, 3, 2))
    User.objects.filter(pk=mother.pk).update(language="en")  # the phone's modules speak English without a pack
    client.force_login(mother)
    name, args = ("children:health", [child.id]) if step == "health" else ("children:change", [child.id, step])
    fields = typed | {"id": "01900000-0000-7000-8000-000000000001"}
    fields = fields if step == "health" else form_of(client, child, step) | typed
    sheet = village(in_chromium, mother)[f"child:{child.id}"]

    told = client.post(reverse(name, args=args), fields).context["form"].errors
    found = in_chromium(
        CHECK,
        {
            "name": name,
            "params": {"child_id": str(child.id), "step": step},
            "sheet": sheet,
            "fields": {key: value if isinstance(value, list) else [value] for key, value in fields.items()},
            "on": day_of(now()).isoformat(),
        },
    )

    with override("en"):
        assert found == {field: [str(one) for one in sentences] for field, sentences in told.items()}
    assert found


@pytest.mark.browser
def test_tomorrow_has_not_come_on_the_phone_either(client, in_chromium, mother):
    child = make_child(mother)
    client.force_login(mother)
    sheet = village(in_chromium, mother)[f"child:{child.id}"]
    tomorrow = (day_of(now()) + timedelta(days=1)).isoformat()
    asked = {
        "name": "children:health",
        "params": {"child_id": str(child.id)},
        "sheet": sheet,
        "on": day_of(now()).isoformat(),
    }

    found = in_chromium(CHECK, asked | {"fields": {"state": ["healthy"], "on": [tomorrow]}})

    assert list(found) == ["on"]
