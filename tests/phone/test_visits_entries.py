"""What she writes down of visits and flags: how it moves her pages at once, what is wrong with it, where she goes."""

import json
import re
from typing import Any

import pytest
from django.urls import reverse

from ccmp.identifiers import new_id
from ccmp.moments import now
from ccmp.people.models import User
from ccmp.phone.services.docs import sheets_for
from ccmp.phone.services.pack import pack
from children.models import Child
from tests.factories import child_entry, make_flag, make_visit
from tests.phone.same_page import on_the_phone, plain
from tests.phone.village import addresses_of, ago, homes_in, registered

pytestmark = pytest.mark.browser


def entry_of(
    kind: str, path: str, fields: dict[str, str], *, query: str = "", state: str = "waiting"
) -> dict[str, Any]:
    return {
        "id": str(new_id()), "kind": kind, "made_at": now().isoformat(), "path": path, "query": query,
        "fields": {name: [value] for name, value in fields.items()}, "state": state,
    }  # fmt: skip


def a_visit_to(child: Child, *, hours_ago: float = 1, state: str = "waiting", **fields: str) -> dict[str, Any]:
    given = {
        "id": str(new_id()), "made_at": ago(hours_ago).replace(" ", "T"), "outcome": "completed", "seen_alone": "yes",
        "item_carer": "0", "item_school": "1", "note_school": "迟到两次", "note": "想妈妈", **fields,
    }  # fmt: skip
    return entry_of("visits:record", reverse("visits:record", args=[child.id]), given, state=state)


def posted(client: Any, entry: dict[str, Any]) -> None:
    fields = {name: values[0] for name, values in entry["fields"].items()}
    address = entry["path"] + (f"?{entry['query']}" if entry["query"] else "")
    assert client.post(address, fields).status_code == 302


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"item_mood": "2", "item_injury": "2"},
        {"override": "runaway"},
        {"seen_alone": "no", "not_alone_because": "奶奶在旁边"},
        {"outcome": "nobody_home", "item_carer": "", "item_school": "", "seen_alone": ""},
        {"hours_ago": "200"},
    ],
    ids=["a worry", "dangers", "something grave", "not alone", "nobody home", "written down late"],
)
def test_what_she_records_stands_on_the_phone_as_the_server_will_have_it(client, in_chromium, mother, fields):
    child = registered(mother, 70)
    registered(mother, 69, household=child_entry(child.village_code).household)
    make_visit(mother, child, ago(24 * 7), answers={"mood": 2})
    entry = a_visit_to(child, hours_ago=float(fields.get("hours_ago", 1)), state="sent", **{
        name: value for name, value in fields.items() if name != "hours_ago"
    })  # fmt: skip
    pages = [reverse("visits:visit", args=[entry["fields"]["id"][0]]), *addresses_of(child)]
    at = now()
    on_phone = [plain(on_the_phone(in_chromium, mother, one, at=at, entries=[entry])["html"]) for one in pages]
    client.force_login(mother)

    posted(client, entry)

    client.get(pages[1])  # what was said once is said
    assert on_phone == [plain(client.get(one).content.decode()) for one in pages]


def test_an_effect_is_laid_once_even_when_the_server_sent_it_down_already(client, in_chromium, mother):
    child = registered(mother, 70)
    visit = a_visit_to(child, state="sent")
    flag = a_flag_about(child, state="sent")
    client.force_login(mother)
    for entry in (visit, flag):
        posted(client, entry)
    client.get(reverse("visits:today"))

    for address in addresses_of(child):
        on_phone = on_the_phone(in_chromium, mother, address, at=now(), entries=[visit, flag])
        assert plain(on_phone["html"]) == plain(client.get(address).content.decode())


def a_flag_about(child: Child | None, *, state: str = "waiting", **fields: str) -> dict[str, Any]:
    given = {"id": str(new_id()), "kind": "domestic_violence", "seen": "手臂上有淤青", **fields}
    query = f"child={child.id}" if child else ""
    return entry_of("visits:raise-flag", reverse("visits:raise-flag"), given, query=query, state=state)


def test_a_mandatory_flag_without_a_network_says_whom_to_call_now(in_chromium, mother, child):
    entry = a_flag_about(child)
    address = reverse("visits:flag", args=[entry["fields"]["id"][0]])

    page = on_the_phone(in_chromium, mother, address, at=now(), entries=[entry])["html"]

    assert "还没有人知道：请现在就打电话" in page
    assert {"tel:110", "tel:12345"} <= set(re.findall(r'href="(tel:\d+)"', page))
    assert "还没送出" in page


def test_a_flag_that_makes_a_child_high_risk_pulls_its_visit_forward_on_the_phone(client, in_chromium, mother):
    child = registered(mother, 10)
    entry = a_flag_about(child, state="sent")
    on_phone = on_the_phone(in_chromium, mother, reverse("visits:due") + "?days=7", at=now(), entries=[entry])["html"]
    client.force_login(mother)

    posted(client, entry)

    client.get(reverse("visits:today"))
    assert homes_in(on_phone) == homes_in(client.get(reverse("visits:due") + "?days=7").content.decode())
    assert child.name in on_phone


def test_after_the_call_the_flag_no_longer_asks_for_it(in_chromium, mother, child):
    flag = make_flag(mother, child, ago(1), kind="domestic_violence")
    told = {"police_told_whom": "洋川派出所", "police_told_at": ago(0.5).replace(" ", "T")}
    entry = entry_of("visits:tell-police", reverse("visits:tell-police", args=[flag.id]), told)

    page = on_the_phone(in_chromium, mother, reverse("visits:flag", args=[flag.id]), at=now(), entries=[entry])["html"]

    assert "洋川派出所" in page
    assert "tel:110" not in page


# ── what the phone itself sees to be wrong, and where she goes ────────────────────────────────────────────────────────

ASK = """async (load, {pack, docs, entry, now}) => {
  const {askedOf} = await load("page.js");
  const {speak} = await load("words.js");
  const {checks, done} = await load("pages/index.js");
  speak(pack.words);
  const url = new URL(entry.path + (entry.query ? `?${entry.query}` : ""), "http://phone.test");
  const asked = askedOf({pack, docs: new Map(docs), url, now: new Date(now), id: () => ""});
  return {wrong: checks[entry.kind](asked, entry.fields), next: done[entry.kind](asked, entry)};
}"""


def judged(in_chromium: Any, mother: User, entry: dict[str, Any]) -> dict[str, Any]:

    docs = [[one.doc.id, json.loads(json.dumps(one.doc.body))] for one in sheets_for(mother, at=now())]
    given = {"pack": json.loads(pack(mother.language).body), "docs": docs, "entry": entry, "now": now().isoformat()}
    return in_chromium(ASK, given)


def test_a_visit_that_cannot_be_true_is_refused_before_it_is_written_down(in_chromium, mother, child):
    wrong = judged(in_chromium, mother, a_visit_to(child, seen_alone="no"))["wrong"]

    assert wrong == {"not_alone_because": ["请写为什么没能单独和孩子说话。"]}


def test_a_visit_that_is_right_leads_to_its_page(in_chromium, mother, child):
    entry = a_visit_to(child)

    answer = judged(in_chromium, mother, entry)

    assert answer["wrong"] == {}
    assert answer["next"]["redirect"] == reverse("visits:visit", args=[entry["fields"]["id"][0]])
    assert answer["next"]["message"] == "已记下，等有网时送出。"


def test_a_mandatory_flag_is_said_to_go_out_first(in_chromium, mother, child):
    answer = judged(in_chromium, mother, a_flag_about(child))

    assert answer == {
        "wrong": {},
        "next": {"redirect": answer["next"]["redirect"], "message": "已记下，一有网就最先送出。请现在就打电话。"},
    }


def test_a_flag_says_when_the_police_were_called(in_chromium, mother, child):
    wrong = judged(in_chromium, mother, a_flag_about(child, police_told_whom="洋川派出所"))["wrong"]

    assert list(wrong) == ["police_told_at"]
