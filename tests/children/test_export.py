"""The register as a spreadsheet: masked, neutral, and brought again it changes nothing."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from ccmp.audit.models import AuditEntry
from ccmp.identifiers import new_id
from ccmp.refusals import NotAllowed
from children.entries import CarerEntry
from children.models import Child
from children.services.export import children_to_export, export_register
from tests.children.importing import bring, counts, problems, take_in
from tests.children.register_340 import right_rows, workbook
from tests.factories import (
    CLOUD_FOOT,
    FENGGANG_VILLAGE,
    NOW,
    STONE_SHOOT,
    TODAY,
    make_child,
    make_county_officer,
    make_mother,
)


def exported(by) -> bytes:
    return export_register(children_to_export(by, on=TODAY), by=by, at=NOW).read()


def table(content: bytes) -> list[list[str]]:
    return [[cell.value or "" for cell in row] for row in load_workbook(BytesIO(content)).active.iter_rows()]


def test_a_register_taken_out_and_brought_again_changes_nothing(officer):
    take_in(bring(workbook(right_rows()[:60]), officer), officer)

    again = bring(exported(officer), officer)

    assert (problems(again), counts(again)) == ({}, (0, 0, 0, 60))


def test_what_was_told_of_carers_otherwise_than_a_page_would_take_it_today_comes_back_unchanged(officer):
    early = CarerEntry(new_id(), "陈国富", "61", "fair", date(2009, 5, 1))
    child = make_child(make_mother(), name="陈雨欣", carer=early)
    make_child(make_mother(STONE_SHOOT), STONE_SHOOT, name="罗小龙", hukou="none", no_id_reason="no_hukou")
    assert early.since < child.born_on

    again = bring(exported(officer), officer)

    assert (problems(again), counts(again)) == ({}, (0, 0, 0, 2))


def test_numbers_are_masked_and_health_is_not_there(officer):
    rows = right_rows()[:2]
    take_in(bring(workbook(rows), officer), officer)

    headings, *found = table(exported(officer))

    text = str(found)
    assert all(row["resident_id"] not in text and row["father_phone"] not in text for row in rows)
    assert "520323**********" in text
    assert not any("健康" in one or "残疾" in one or "疾病" in one for one in headings)


def test_formulas_are_texts(officer):
    mother = make_mother()
    for sign in "=+-@":
        make_child(mother, name=f"{sign}HYPERLINK(A)")

    book = load_workbook(BytesIO(exported(officer)))

    cells = [cell for row in book.active.iter_rows() for cell in row if cell.value and "HYPERLINK" in cell.value]
    assert [(cell.data_type, cell.value[0]) for cell in cells] == [("s", "'")] * 4


def test_it_holds_the_children_of_ones_reach_alone_and_the_trail_says_how_many(officer):
    make_child(make_mother(CLOUD_FOOT), name="陈雨欣")
    make_child(make_mother(FENGGANG_VILLAGE), FENGGANG_VILLAGE, name="杨小妹")

    content = exported(officer)

    assert "陈雨欣" in str(table(content))
    assert "杨小妹" not in str(table(content))
    assert AuditEntry.objects.get(did="exported").detail == {"children": 1}


def test_only_the_countys_office_takes_it_out(mother):
    with pytest.raises(NotAllowed):
        children_to_export(mother, on=TODAY)


def test_the_file_is_named_for_the_day_and_narrowed_by_the_village(client, officer):
    make_child(make_mother(CLOUD_FOOT), name="陈雨欣")
    client.force_login(officer)

    page = client.get(reverse("children:export"), {"under": "520323101201"})
    answer = client.post(reverse("children:export"), {"under": CLOUD_FOOT, "label": ""})

    assert "0" in page.content.decode()
    assert "陈" not in answer.headers["Content-Disposition"]
    assert "陈雨欣" in str(table(b"".join(answer.streaming_content)))
    assert Child.objects.count() == 1


def test_another_countys_office_gets_its_own(world):
    make_child(make_mother(CLOUD_FOOT), name="陈雨欣")

    assert table(exported(make_county_officer("520327000000")))[1:] == []
