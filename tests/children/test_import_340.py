"""A whole register of 340 children: each of forty mistakes is told at its cell; put right, it is taken; again, it changes nothing."""

from io import BytesIO

from openpyxl import load_workbook

from children.models import Child, Household, Relative
from children.services.register_files import fetch_annotated
from tests.children.importing import bring, counts, problems, take_in
from tests.children.register_340 import CHILDREN, mistakes, right_rows, workbook, wrong_rows
from tests.factories import NOW


def test_forty_mistakes_are_told_at_their_cells_and_the_register_put_right_is_taken_once(officer):
    rows = right_rows()

    first = bring(workbook(wrong_rows(rows)), officer)

    told = problems(first)
    assert {one.cell for one in mistakes(rows)} <= set(told)
    assert len({told[one.cell] for one in mistakes(rows)}) >= 30
    assert counts(first)[0] == 40
    assert Child.objects.count() == 0
    sheet = load_workbook(BytesIO(fetch_annotated(file=first, by=officer, at=NOW))).active
    commented = {
        (row[0].row, sheet.cell(1, cell.column).value)
        for row in sheet.iter_rows(min_row=2)
        for cell in row
        if cell.comment
    }
    assert len(commented) == len(told)

    second = bring(workbook(rows), officer)
    assert (problems(second), counts(second)) == ({}, (0, CHILDREN, 0, 0))
    take_in(second, officer)
    assert (second.state, Child.objects.count(), Household.objects.count()) == ("done", CHILDREN, CHILDREN // 2)
    assert (second.content, second.preview, second.annotated) == (None, None, None)
    people = Relative.objects.count()

    third = bring(workbook(rows), officer)
    assert counts(third) == (0, 0, 0, CHILDREN)
    take_in(third, officer)
    assert (Child.objects.count(), Relative.objects.count()) == (CHILDREN, people)
