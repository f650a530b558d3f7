"""An HIV infection is on one file, for the county's office. Nowhere else is there a word of it, nor anything that changes by it."""

import io
import json
import logging
import re
import zipfile

import pytest
from django.urls import reverse

from ccmp.audit.models import AuditEntry
from ccmp.phone.services.docs import sheets_for
from children.enums import Ground
from children.services.entitlements import ApplicationEntry, note_application, note_refusal
from children.services.grounds import GroundEntry, note_ground
from children.services.take_up import start_working_out, work_out_next_villages
from tests.access.test_table import ANY, asked
from tests.access.walking import Walker
from tests.access.world import make_world
from tests.children.test_file_paper import words_of
from tests.factories import NOW, TODAY

WORDS = re.compile(r"\bhiv|艾滋|\binfected", re.IGNORECASE)
# Where the county's officer reads of it: a child's own file, and the rules of her county, which name nobody.
OF_THE_OFFICE = {
    "children:file", "children:entitlements-of", "children:ground", "children:benefits",
}  # fmt: skip
BY_CHANCE = re.compile(
    r'[0-9a-f]{8}-[0-9a-f-]{27}|[A-Za-z0-9]{64}|nonce-[^"\']*|\d\d:\d\d(:\d\d)?'
)  # ids of blank forms, tokens


@pytest.fixture
def world(db):
    return make_world()


def infect(world):
    """The office notes the infection, an application for its benefit, and the answer, which says it once more."""
    child, officer = world.facts["own"].child, world.facts["own"].officer
    note_ground(entry=GroundEntry(child.id, Ground.INFECTED, TODAY), by=officer, at=NOW)
    note_application(entry=ApplicationEntry(child.id, "hiv_allowance", TODAY), by=officer, at=NOW)
    why = "艾滋病材料不全"
    note_refusal(child_id=child.id, benefit="hiv_allowance", on=TODAY, why=why, by=officer, at=NOW)
    run = start_working_out(at=NOW)
    while run and work_out_next_villages(run.pk, at=NOW):
        pass


def walked(world, role):
    """{(address, method): what stands there}: whatever can be opened about the child's village, or is about no place.

    What is no text, a PDF or a workbook, is read by the last test.
    """
    walker, own = Walker(world.people[role]), world.facts["own"]
    answers = {
        (name, method): walker.ask(name, pattern, method, own).text
        for (name, method, place), pattern in asked().items()
        if place in ("own", ANY) and (method == "GET" or name.startswith("children:"))
    }
    return {address: text for address, text in answers.items() if "\ufffd" not in text}


@pytest.mark.parametrize("role", ["M", "S", "C", "P", "F", "U"])
def test_no_page_and_no_answer_tells_of_it(world, role, caplog):
    infect(world)

    with caplog.at_level(logging.DEBUG):
        told = {name for (name, _method), text in walked(world, role).items() if WORDS.search(text)}

    assert told == (OF_THE_OFFICE if role == "C" else set())  # the office does: so the words are found where they stand
    assert not WORDS.search(caplog.text)


@pytest.mark.parametrize("role", ["M", "S"])
def test_nothing_of_what_others_read_changes_by_it(world, role):
    """Not a line of a history, not a number on a list: whoever compares two days learns nothing."""
    run = start_working_out(at=NOW)
    work_out_next_villages(run.pk, at=NOW)
    before = plain(walked(world, role))

    infect(world)

    assert [address for address, text in plain(walked(world, role)).items() if text != before[address]] == []


def plain(answers):
    """Only what is written down of a child: no ids of blank forms, no tokens, no time of day, no list of reads."""
    return {address: BY_CHANCE.sub("", text) for address, text in answers.items() if "children" in str(address)}


def test_neither_the_phone_nor_the_trail_nor_an_export_nor_a_paper_has_a_word_of_it(world, client):
    infect(world)
    mother, officer = world.people["M"], world.people["C"]
    client.force_login(officer, backend="ccmp.people.backends.PostingBackend")
    child = world.facts["own"].child

    paper = words_of(client.get(reverse("children:paper", args=[child.id])).content)

    phone = json.dumps([sheet.doc.body for sheet in sheets_for(mother, at=NOW)], ensure_ascii=False)
    trail = json.dumps([[one.did, one.on_kind, one.detail] for one in AuditEntry.objects.all()], ensure_ascii=False)
    export = b"".join(client.post(reverse("children:export")).streaming_content)
    with zipfile.ZipFile(io.BytesIO(export)) as book:
        sheets = "".join(book.read(name).decode(errors="replace") for name in book.namelist())

    assert child.name in paper
    assert not WORDS.search(paper)
    assert not WORDS.search(phone)
    assert not WORDS.search(trail)
    assert "陈雨欣欣" in sheets
    assert not WORDS.search(sheets)
