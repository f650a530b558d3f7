"""A child's HIV infection and its allowance change nothing that anybody sees but who keeps it at the county, on that one file.

Each page, answer and sheet is read before and after they are noted. What changed would be a trace, in whatever words.
"""

import json
import logging
import re
from collections.abc import Iterator
from datetime import date

import pytest
from django.urls import NoReverseMatch, get_resolver, reverse

from ccmp.audit.models import AuditEntry
from ccmp.moments import Month
from ccmp.phone.services.docs import sheets_for
from ccmp.phone.services.pack import pack
from children.enums import Ground, Means
from children.models import FileChange, TakeUpMonth, Unclaimed
from children.services.entitlements import ApplicationEntry, note_application, note_grant
from children.services.grounds import GroundEntry, note_ground
from children.services.looks import looks_at
from children.services.take_up import start_working_out, work_out_next_villages
from children.services.take_up_month import counted_months
from tests import factories
from tests.factories import CLOUD_FOOT, NOW, make_child, moment

WORDS = ("hiv", "艾滋", "infected", "infection", "感染")
SINCE = date(2024, 3, 1)
KEEPERS_OWN = ("children:entitlements-of", "children:file")  # for the county's office, and no program
NEVER_THE_SAME = (
    re.compile(r'<input type="hidden" name="(?:csrfmiddlewaretoken|id|\w+_id)"[^>]*>'),
    re.compile(r'nonce="[^"]*"'),
    re.compile(r"\d\d:\d\d(?::\d\d)?"),  # a list says of which minute it is
)
GROWS_WITH_EACH_READING = ("children:looks", "children:looks-paper")  # compared by its lines, below
ELSEWHERE = (
    "/visits/",
    "/visits/today/",
    "/flags/",
    "/referrals/",
    "/reports/",
    "/club/",
    "/api/v1/children/",
    "/api/v1/visits/due/",
)


@pytest.fixture
def held(mother, officer):
    """A child of a home that gets the minimum living allowance, with an ordinary ground and application beside."""
    child = make_child(mother)
    for by, kind in ((mother, Means.MINIMUM_LIVING), (mother, Ground.NEEDS_CARE)):
        note_ground(entry=GroundEntry(child.id, kind, SINCE), by=by, at=NOW)
    note_application(entry=ApplicationEntry(child.id, "medical_aid", SINCE), by=mother, at=NOW)
    return child


def note_infection(child, officer) -> None:
    note_ground(entry=GroundEntry(child.id, Ground.INFECTED, SINCE), by=officer, at=NOW)
    note_application(entry=ApplicationEntry(child.id, "hiv_allowance", SINCE), by=officer, at=NOW)
    note_grant(child_id=child.id, benefit="hiv_allowance", on=date(2024, 5, 1), by=officer, at=NOW)


def people(mother, officer) -> dict:
    return {
        "mother": mother,
        "supervisor": factories.make_supervisor(),
        "officer": officer,
        "foundation": factories.make_foundation_officer(),
        "researcher": factories.make_researcher(),
        "administrator": factories.make_administrator(),
    }


def addresses(child) -> Iterator[tuple[str, str]]:
    """Every page of the register, every one of a child's, and the lists of the floors above."""
    for name in sorted(
        key for key in get_resolver().namespace_dict["children"][1].reverse_dict if isinstance(key, str)
    ):
        for given in ((), (child.id,)):
            try:
                yield f"children:{name}", reverse(f"children:{name}", args=given)
            except NoReverseMatch:
                continue
    for part in ("", "labels/", "entitlements/"):
        yield f"api:{part}", f"/api/v1/children/{child.id}/{part}"
    yield from ((address, address) for address in ELSEWHERE)


def read(client, users, child) -> dict[tuple[str, str], str]:
    found = {}
    for role, user in users.items():
        client.force_login(user)
        for name, address in addresses(child):
            answer = client.get(address)
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            text = body.decode(errors="replace")
            if answer.get("Content-Type", "").startswith(
                ("application/pdf", "application/vnd")
            ):  # says when it was made
                text = str(len(body) // 1000)
            for pattern in NEVER_THE_SAME:
                text = pattern.sub("", text)
            found[role, name] = f"{answer.status_code} {text}"
    return found


def test_no_page_no_answer_and_no_list_shows_a_trace(client, held, mother, officer):
    users = people(mother, officer)
    client.raise_request_exception = False
    before = read(client, users, held)

    note_infection(held, officer)
    after = read(client, users, held)

    traces = {key for key, text in after.items() if text != before[key] and key[1] not in GROWS_WITH_EACH_READING}
    assert traces == {("officer", name) for name in KEEPERS_OWN}
    assert any(text.startswith("200") for (role, _name), text in after.items() if role == "mother")


def test_who_looked_at_the_child_tells_nothing_of_it(held, officer):
    before = list(looks_at(held))

    note_infection(held, officer)

    assert list(looks_at(held)) == before


def test_her_phone_holds_no_trace_and_its_words_stand_in_no_pack(held, mother, officer):
    def sheets() -> str:
        return json.dumps([[sheet.doc.id, sheet.doc.body] for sheet in sheets_for(mother, at=NOW)], ensure_ascii=False)

    before = sheets()
    note_infection(held, officer)

    assert sheets() == before
    packed = pack("zh-hans").body.decode() + pack("en").body.decode()
    assert not re.findall(r"\bhiv\b|艾滋", packed, re.IGNORECASE)


def test_no_figure_list_or_history_counts_it(held, officer):
    march, cut_off = Month(2026, 3), moment("2026-04-03 00:00")
    before = counted_months([CLOUD_FOOT], march, known_before=cut_off)
    note_infection(held, officer)
    run = start_working_out(at=NOW)
    while work_out_next_villages(run.id, at=NOW):
        pass

    kept = [json.dumps(one.counts) for one in TakeUpMonth.objects.all()]
    assert counted_months([CLOUD_FOOT], march, known_before=cut_off) == before
    assert not [text for text in kept if "hiv" in text]
    assert not Unclaimed.objects.filter(benefit="hiv_allowance").exists()
    assert not FileChange.objects.filter(child=held).exists()


def test_no_log_line_and_no_line_of_the_trail_names_it(held, officer, caplog):
    with caplog.at_level(logging.DEBUG):
        note_infection(held, officer)

    trail = json.dumps(
        [[one.did, one.on_kind, one.detail] for one in AuditEntry.objects.all()], ensure_ascii=False, default=str
    )
    logged = "\n".join(
        f"{line.getMessage()} {line.args}" for line in caplog.records if line.name != "django.db.backends"
    )
    assert not [word for word in WORDS if word in trail.lower() or word in logged.lower()]
