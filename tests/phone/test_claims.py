"""Benefits without a network: what the phone writes is what the server sends, and what she notes is there at once."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from ccmp.identifiers import new_id
from ccmp.moments import day_of, now
from ccmp.people.models import User
from ccmp.phone.services.docs import sheets_for
from ccmp.places.enums import DayKind
from ccmp.places.services.import_holidays import import_holidays
from children.enums import Ground, Means, Relation
from children.models import Application, Child
from children.rules.answers import answer_clock
from children.services.entitlements import ApplicationEntry, note_application, note_grant, note_refusal
from children.services.grounds import GroundEntry, note_ground
from tests.factories import make_child, make_county_officer, parent
from tests.phone.same_page import assert_same_page, on_the_phone, plain

pytestmark = pytest.mark.browser
IN_BOTH = pytest.mark.parametrize("language", ["zh-hans", "en"])
DEAD = date(2024, 3, 1)


@pytest.fixture
def child(mother: User) -> Child:
    """An orphan of a monitored home: an allowance that nobody applied for, and others that were."""
    parents = (parent(Relation.FATHER, died_on=DEAD), parent(Relation.MOTHER, "欧阳慧敏", died_on=DEAD))
    at = now()
    child = make_child(mother, parents=parents, at=at, made_at=at)
    note_ground(entry=GroundEntry(child.id, Means.MONITORED, DEAD), by=mother, at=at)
    return child


def apply(child: Child, by: User, benefit: str, days: int) -> None:
    on = day_of(now()) - timedelta(days=days)
    note_application(entry=ApplicationEntry(child.id, benefit, on), by=by, at=now())


def page_of(child: Child) -> str:
    return reverse("children:entitlements-of", args=[child.id])


def entry(child: Child, **fields: str) -> dict[str, Any]:
    said = {"id": str(new_id()), "benefit": "orphan_allowance", "step": "applied", "on": day_of(now()).isoformat()}
    return {
        "id": said["id"], "kind": "children:entitlements-of", "page": "children:entitlements-of", "path": page_of(child),
        "query": "", "made_at": now().isoformat(), "state": "waiting",
        "fields": {name: [value] for name, value in (said | fields).items()},
    }  # fmt: skip


@IN_BOTH
def test_a_childs_benefits_are_the_same_on_the_phone(client, in_chromium, mother, child, language):
    mother.language = language
    mother.save(update_fields=["language"])
    apply(child, mother, "day_subsidy", 12)
    apply(child, mother, "medical_aid", 40)
    today = day_of(now())
    note_grant(child_id=child.id, benefit="medical_aid", on=today - timedelta(days=9), by=mother, at=now())
    refused = {"benefit": "day_subsidy", "on": today, "why": "名额已满"}
    note_refusal(child_id=child.id, by=mother, at=now(), **refused)
    apply(child, mother, "orphan_allowance", 3)

    assert_same_page(client, in_chromium, mother, page_of(child))


@IN_BOTH
def test_the_villages_list_is_the_same_on_the_phone(client, in_chromium, mother, child, language):
    mother.language = language
    mother.save(update_fields=["language"])
    other = make_child(mother, name="罗小军", parents=(), at=now(), made_at=now())
    note_ground(entry=GroundEntry(other.id, Means.MINIMUM_LIVING, DEAD), by=mother, at=now())
    apply(child, mother, "orphan_allowance", 12)

    assert_same_page(client, in_chromium, mother, reverse("children:entitlements"))


def test_pages_without_anything_to_claim_teach_the_same(client, in_chromium, mother):
    bare = make_child(mother, parents=(), at=now(), made_at=now())

    assert_same_page(client, in_chromium, mother, reverse("children:entitlements"))
    assert_same_page(client, in_chromium, mother, page_of(bare))


def test_what_she_notes_stands_there_at_once_as_the_server_will_have_it(client, in_chromium, mother, child):
    written = on_the_phone(in_chromium, mother, page_of(child), at=now(), entries=[entry(child)])
    client.force_login(mother)
    sent = {name: value[0] for name, value in entry(child)["fields"].items()}

    assert client.post(page_of(child), sent).status_code == 302
    assert Application.objects.get(child=child).state == "applied"
    assert plain(written["html"]) == plain(_without_messages(client, page_of(child)))


def _without_messages(client: Any, address: str) -> str:
    client.get(address)
    return str(client.get(address).content.decode())


def test_a_step_that_was_refused_is_told_on_her_page(client, mother, child):
    client.force_login(mother)
    apply(child, mother, "orphan_allowance", 3)
    sent = {name: value[0] for name, value in entry(child)["fields"].items()}

    answer = client.post(page_of(child), sent)

    assert (answer.status_code, answer.template_name) == (409, "children/entitlements_of_phone.html")
    assert '<details class="why" open>' in answer.content.decode()


def test_who_only_reads_has_no_button_before_her_that_keeps_something(client, mother, child):
    client.force_login(mother)

    page = client.get(page_of(child)).content.decode()

    form = page[page.index('<form class="why-body noting-a-step"') : page.index("</form>", page.index('id="entry"'))]
    assert 'type="submit"' in form
    assert page.count('type="submit"') == form.count('type="submit"') == 1
    assert ("action-bar" in page, '<details class="why" open>' in page) == (False, False)


def test_the_sheet_holds_what_concerns_the_child_and_no_confidential_benefit(mother, child):
    officer = make_county_officer()
    note_ground(entry=GroundEntry(child.id, Ground.INFECTED, DEAD), by=officer, at=now())
    apply(child, officer, "hiv_allowance", 3)
    apply(child, mother, "orphan_allowance", 3)

    [body] = [sheet.doc.body for sheet in sheets_for(mother, at=now()) if sheet.doc.id == f"child:{child.id}"]

    since = (day_of(now()) - timedelta(days=3)).isoformat()
    assert ["orphan_allowance", "applied", since, 1] in body["claims"]
    assert not [one for one in body["claims"] if "hiv" in one[0]]


# ── the office's time for its answer ────────────────────────────────────────────────────────────────────────────────


def test_the_phone_counts_working_days_as_the_office_does(in_chromium):
    off = [date(2026, 10, day) for day in range(1, 8)]
    made_up = [date(2026, 9, 27), date(2026, 10, 10)]
    notice = {**dict.fromkeys(off, DayKind.PUBLIC_HOLIDAY), **dict.fromkeys(made_up, DayKind.MAKEUP_WORKDAY)}
    days = [date(2026, 8, 24) + timedelta(days=number) for number in range(70)]
    cases = [
        (day, within, day + timedelta(days=later)) for day in days for within, later in ((5, 9), (20, 20), (30, 60))
    ]
    in_python = [answer_clock(day, within, on=on, notice=notice) for day, within, on in cases]

    on_phone = in_chromium(
        """async (load, {cases, notice}) => {
            const { answerClock } = await load("rules/working_days.js");
            return cases.map(([day, within, on]) => answerClock(day, within, on, notice));
        }""",
        {
            "cases": [[day.isoformat(), within, on.isoformat()] for day, within, on in cases],
            "notice": {"off": [day.isoformat() for day in off], "made_up": [day.isoformat() for day in made_up]},
        },
    )

    assert on_phone == [
        {
            "within": one.within,
            "waited": one.waited,
            "due_on": one.due_on.isoformat(),
            "is_late": one.is_late,
            "days_late": one.days_late,
        }
        for one in in_python
    ]
    assert {one.is_late for one in in_python} == {True, False}


@IN_BOTH
def test_an_answer_that_is_late_is_the_same_on_the_phone(client, in_chromium, mother, child, language):
    import_holidays(years=[day_of(now()).year])
    mother.language = language
    mother.save(update_fields=["language"])
    apply(child, mother, "orphan_allowance", 80)

    assert_same_page(client, in_chromium, mother, page_of(child))
    assert_same_page(client, in_chromium, mother, reverse("children:entitlements"))


# ── a ground of difficulty, noted without a network ─────────────────────────────────────────────────────────────────


@IN_BOTH
def test_the_form_for_a_ground_is_the_same_on_the_phone(client, in_chromium, mother, child, language):
    mother.language = language
    mother.save(update_fields=["language"])

    assert_same_page(client, in_chromium, mother, reverse("children:ground", args=[child.id]))


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"kind": "disability", "disability": "limb", "level": ""}, "disability"),
        ({"kind": "diagnosed", "disability": ""}, "disability"),
        ({"kind": "illness", "on": "2099-01-01"}, "on"),
        ({"kind": "illness", "on": "1999-01-01"}, "on"),
        ({"kind": "diagnosed", "disability": "limb"}, None),
        ({"kind": "disability", "disability": "limb", "level": "2"}, None),
        ({"kind": "monitored", "ends": "on"}, None),
    ],
)
def test_a_ground_is_refused_on_the_phone_as_it_would_be_by_the_server(
    client, in_chromium, mother, child, typed, field
):
    said = {"id": str(new_id()), "on": day_of(now()).isoformat()} | typed
    client.force_login(mother)
    body = next(sheet.doc.body for sheet in sheets_for(mother, at=now()) if sheet.doc.id == f"child:{child.id}")

    on_phone = in_chromium(
        """async (load, {fields, id, body, on}) => {
            const { checks } = await load("pages/claims.js");
            const docs = new Map([[`child:${id}`, body]]);
            return Object.keys(checks["children:ground"]({ docs, params: { child_id: id }, on }, fields));
        }""",
        {
            "fields": {name: [value] for name, value in said.items()},
            "id": str(child.id),
            "body": body,
            "on": day_of(now()).isoformat(),
        },
    )
    answer = client.post(reverse("children:ground", args=[child.id]), said)

    assert on_phone == ([field] if field else [])
    assert answer.status_code == (302 if field is None else 409)
    if field:
        assert list(answer.context["form"].errors) == [field]
