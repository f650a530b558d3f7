"""A brought register beside the register: whose row it is, which home and which people it means, and what it may not do."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from ccmp.audit.models import AuditEntry
from ccmp.identifiers import new_id
from ccmp.moments import now
from ccmp.people.services.postings import end_posting
from ccmp.places.models import Place
from children.entries import HouseholdEntry
from children.enums import FileField, ImportState, MoveKind
from children.models import CareBar, Child, FileChange, Household, Relative
from children.rules.care import told_care
from children.rules.whereabouts import told_of
from children.services.history import history_of
from children.services.import_villages import village_words, villages_within
from children.services.register_files import (
    _begin,
    confirm_file,
    fetch_annotated,
    left_half_way,
    read_file,
    take_file,
    write_file,
)
from tests import factories
from tests.children.importing import bring, counts, line, problems, take_in
from tests.children.register_340 import number, right_rows, workbook
from tests.children.test_import import held, row_of
from tests.factories import CLOUD_FOOT, NOW, PEAR_GARDEN, STONE_SHOOT, TODAY, make_child, make_mother
from tests.factories.moves import leave

BORN = date(2014, 6, 1)
GRANDMOTHER = {"carer_relation": "外婆", "carer_name": "吴秀英", "carer_since": "2026-03-01", "carer_kind": "良好"}


def rows(count: int = 4) -> list[dict]:
    return right_rows()[:count]


def unnumbered(**said) -> dict:
    return rows()[0] | {"resident_id": "", "no_id_reason": "未上户口", "born_on": "2014-06-01"} | said


# ── whose row it is ─────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("kind", "said"), [(MoveKind.LEFT, "离开"), (MoveKind.DIED, "去世")])
def test_who_left_or_died_is_not_registered_anew_for_want_of_a_number(mother, kind, said):
    gone = make_child(mother, name="陈雨欣", born_on=BORN)
    leave(mother, gone, kind=kind)

    file = bring(workbook([unnumbered(name="陈雨欣", sex="女")]), mother)

    assert list(problems(file)) == [(2, "name")]
    assert said in problems(file)[2, "name"]


def test_a_number_of_who_left_the_village_says_so_and_is_not_counted_as_a_try(mother):
    gone = held(mother)
    leave(mother, gone)

    file = bring(workbook([row_of(gone)]), mother)

    assert "离开" in problems(file)[2, "resident_id"]
    assert not AuditEntry.objects.filter(did="named its ID number elsewhere").exists()


def test_a_number_of_another_village_is_noted_in_that_childs_trail(mother, other_mother):
    elsewhere = held(other_mother, village_code=STONE_SHOOT)

    bring(workbook([row_of(elsewhere)]), mother)

    assert AuditEntry.objects.get(did="named its ID number elsewhere").on_id == str(elsewhere.id)


def test_the_county_which_keeps_both_registers_is_told_where_the_child_is_as_often_as_it_asks(officer, other_mother):
    cache.clear()
    elsewhere = held(other_mother, village_code=STONE_SHOOT)
    content = workbook([row_of(elsewhere)])

    for _ in range(25):
        file = bring(content, officer)

    assert "石笋沟村" in problems(file)[2, "resident_id"]


def test_one_child_written_with_and_without_its_number_is_refused_the_second_time(mother):
    first = rows()[0]
    file = bring(workbook([first, first | {"resident_id": "", "no_id_reason": "未上户口"}]), mother)

    assert list(problems(file)) == [(3, "name")]


def test_a_namesake_of_the_same_birth_date_in_another_home_is_to_be_looked_at(mother):
    file = bring(workbook([unnumbered(), unnumbered(head_name="何登科", father_name="何志强")]), mother)

    assert counts(file) == (0, 2, 0, 0)
    assert "2" in line(file, 3).look[0]


def test_a_childs_number_under_another_name_is_to_be_looked_at(mother):
    child = held(mother)

    file = bring(workbook([row_of(child) | {"name": "罗小龙"}]), mother)

    assert counts(file) == (0, 0, 1, 0)
    assert "陈雨欣" in line(file, 2).look[0]


def test_a_masked_number_that_is_not_the_files_is_told_as_that(mother):
    child = held(mother)

    file = bring(workbook([row_of(child, resident_id="520323********0009")]), mother)

    assert "带星号" in problems(file)[2, "resident_id"]


# ── which home ──────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("first", [True, False])
def test_a_hamlet_that_one_row_leaves_out_is_told_by_its_brothers(mother, first):
    pair = rows(2)
    pair[0 if first else 1] |= {"neighbourhood": "", "address": ""}

    take_in(bring(workbook(pair), mother), mother)

    home = Household.objects.get()
    assert (home.neighbourhood, home.address) == ("上寨组", "村委会往西1号")
    assert home.children.count() == 2


def test_a_name_set_apart_with_a_space_is_the_same_name(mother):
    pair = rows(2)
    pair[1]["head_name"] = " ".join(pair[1]["head_name"])

    take_in(bring(workbook(pair), mother), mother)

    assert Household.objects.count() == 1


def test_a_row_without_hamlet_is_refused_where_two_homes_have_such_a_head(mother):
    one, _other, third, _fourth = rows()
    third |= {"head_name": one["head_name"], "father_name": "陈志强"}
    fifth = right_rows()[4] | {"head_name": one["head_name"], "neighbourhood": ""}

    file = bring(workbook([one, third, fifth]), mother)

    assert list(problems(file)) == [(4, "neighbourhood")]


def test_a_village_is_found_with_its_township_before_it_and_named_so_where_two_have_one_name(officer):
    Place.objects.filter(code=PEAR_GARDEN).update(name="云脚村")
    towns = dict(Place.objects.filter(level="township").values_list("code", "name"))
    ours, theirs = (f"{towns[code[:9] + '000']}云脚村" for code in (CLOUD_FOOT, PEAR_GARDEN))

    named = zip(rows(), ["云脚村", ours, theirs, "石笋沟村"], strict=True)
    file = bring(workbook([row | {"village": name} for row, name in named]), officer)

    assert {ours, theirs, "石笋沟村"} <= set(village_words(villages_within(officer)))
    assert list(problems(file)) == [(2, "village")]
    assert [line(file, at).village for at in (3, 4)] == [ours, theirs]


# ── whom it means, and what may not be ──────────────────────────────────────────────────────────────────────────────


def test_another_carer_stands_in_the_history_as_any_page_would_have_written_it(mother):
    child = held(mother)
    row = row_of(child, **GRANDMOTHER)

    file = bring(workbook([row]), mother)
    take_in(file, mother)

    care = child.guardianships.get(until__isnull=True)
    change = FileChange.objects.get(child=child)
    assert change.taken[FileField.CARE][1] == told_care(care)
    assert any("吴秀英" in part.after for part in history_of(child, mother, on=TODAY)[0].details)
    assert counts(bring(workbook([row]), mother)) == (0, 0, 0, 1)


def test_a_brothers_grandmother_is_one_person(mother):
    child = held(mother)
    brother = make_child(
        mother, name="陈家豪", born_on=date(2016, 5, 5), household=HouseholdEntry(child.household_id, "陈国富")
    )
    take_in(bring(workbook([row_of(child, **GRANDMOTHER)]), mother), mother)

    take_in(bring(workbook([row_of(brother, no_id_reason="未上户口", **GRANDMOTHER)]), mother), mother)

    assert Relative.objects.filter(name="吴秀英").count() == 1


def _barred(child: Child, mother) -> None:
    carer = child.guardianships.get(until__isnull=True).carer
    facts = {"village_code": CLOUD_FOOT, "made_at": NOW, "recorded_at": NOW, "recorded_by": mother, "fingerprint": "-"}
    CareBar.objects.create(id=new_id(), relative=carer, kind="gambling", since=date(2026, 1, 1), **facts)


def test_who_may_not_be_entrusted_with_a_child_is_not_by_a_file_either(mother):
    child = held(mother)
    take_in(bring(workbook([row_of(child, **GRANDMOTHER)]), mother), mother)
    _barred(child, mother)
    nobody = dict.fromkeys(("father_name", "father_phone", "father_whereabouts", "father_since", "father_where"), "")
    sister = rows()[0] | nobody | {"head_name": "陈国富", "neighbourhood": "上寨组"}

    file = bring(
        workbook(
            [row_of(child, **GRANDMOTHER, carer_is_entrusted="是"), sister | GRANDMOTHER | {"carer_is_entrusted": "是"}]
        ),
        mother,
    )

    assert list(problems(file)) == [(2, "carer_name"), (3, "carer_name")]


def test_what_no_registration_would_take_is_told_in_the_preview_and_not_when_it_is_written(mother):
    stepfather = rows()[0] | {"carer_relation": "继父", "carer_name": "王五", "carer_is_entrusted": "否"}
    early = rows()[2] | {"carer_since": "2009-12-31"}
    entrusted = right_rows()[4] | {"carer_relation": "母亲", "carer_name": "", "carer_is_entrusted": "是"}

    file = bring(workbook([stepfather, early, entrusted]), mother)

    assert [key for _row, key in problems(file)] == ["carer_relation", "carer_since", "carer_is_entrusted"]


def test_nobody_is_raised_from_the_dead_and_no_earlier_stay_is_lost(mother):
    dead = factories.parent(name="陈志强", died_on=date(2025, 5, 1))
    child = held(mother, parents=(dead,))
    other = held(
        mother,
        name="罗小龙",
        born_on=date(2015, 6, 1),
        resident_id=number(date(2015, 6, 1), 2),
        parents=(factories.parent(name="罗志强", away_since=date(2020, 2, 1), away_where="浙江"),),
    )
    back = row_of(other, father_name="罗志强", father_whereabouts="在家", father_since="2022-01-01")
    take_in(bring(workbook([back]), mother), mother)

    file = bring(
        workbook(
            [
                row_of(child, father_name="陈志强", father_whereabouts="在家", father_since="2026-01-01"),
                back | {"father_whereabouts": "外出", "father_since": "2019-01-01", "father_where": "浙江"},
            ]
        ),
        mother,
    )

    assert list(problems(file)) == [(2, "father_whereabouts"), (3, "father_since")]


def test_a_day_put_right_keeps_the_place_that_the_row_leaves_out(mother):
    father = factories.parent(name="陈志强", away_since=date(2026, 2, 1), away_where="浙江")
    child = held(mother, parents=(father,))

    row = row_of(child, father_name="陈志强", father_whereabouts="外出", father_since="2026-01-15")
    take_in(bring(workbook([row]), mother), mother)

    assert told_of(Relative.objects.get(name="陈志强")).text == "away 2026-01-15 浙江"
    assert counts(bring(workbook([row]), mother)) == (0, 0, 0, 1)


# ── the pages and the marked copy ───────────────────────────────────────────────────────────────────────────────────


def test_the_marked_copy_has_each_row_where_it_stood_and_can_be_brought_as_it_is(officer):
    book = load_workbook(BytesIO(workbook(rows(3))))
    sheet = book.active
    sheet.insert_rows(3, 2)
    sheet.insert_rows(1)
    sheet["A1"] = "云脚村2026年儿童登记表"
    sheet["F6"] = "母"
    content = BytesIO()
    book.save(content)
    file = bring(content.getvalue(), officer)

    copy = fetch_annotated(file=file, by=officer, at=NOW)
    marked = load_workbook(BytesIO(copy)).worksheets[0]

    assert list(problems(file)) == [(6, "sex")]
    assert (marked["B1"].value, marked["A2"].value, marked["B2"].value) == ("云脚村2026年儿童登记表", "问题", "所在村")
    assert (marked["G6"].value, marked["G6"].comment.text) == ("母", problems(file)[6, "sex"])
    assert problems(file)[6, "sex"] in marked["A6"].value
    assert '"女,男"' in {one.formula1 for one in marked.data_validations.dataValidation}
    assert problems(bring(copy, officer)) == problems(file)
    marked["G6"] = "女" if rows(3)[1]["sex"] == "女" else "男"
    content = BytesIO()
    marked.parent.save(content)
    assert counts(bring(content.getvalue(), officer)) == (0, 3, 0, 0)


def test_rows_to_look_at_have_a_tab_of_their_own(client, mother):
    held(mother)
    child = Child.objects.get(name="陈雨欣")
    file = bring(workbook([row_of(child) | {"name": "陈雨心"}, *rows(2)]), mother)
    client.force_login(mother)

    page = client.get(reverse("children:import-file", args=[file.id]), {"show": "look"}).content.decode()

    assert "陈雨心" in page
    assert rows()[1]["name"] not in page


def test_a_file_of_fifty_megabytes_is_refused_before_it_is_read(client, mother):
    client.force_login(mother)
    form = {"id": str(new_id()), "file": SimpleUploadedFile("a.xlsx", b"0" * 10_000_001)}

    answer = client.post(reverse("children:import"), form)

    assert "10 MB" in answer.content.decode()


def test_the_template_and_the_copy_have_chinese_names(client, mother):
    client.force_login(mother)

    answer = client.get(reverse("children:import-template"))

    assert "filename*=utf-8''" in answer.headers["Content-Disposition"]


def test_other_villages_mothers_cannot_be_told_apart_by_a_villages_name(mother):
    make_mother(STONE_SHOOT)
    names = ("石笋沟村", "没有这个村")

    said = [problems(bring(workbook([rows()[0] | {"village": name}]), mother))[2, "village"] for name in names]

    assert said[0].replace(names[0], names[1]) == said[1]


# ── a worker that breaks, and two people at once ────────────────────────────────────────────────────────────────────


def test_a_file_at_which_each_worker_breaks_is_given_up_and_says_so(mother):
    file = take_file(file_id=new_id(), name="a.xlsx", content=workbook(rows()), by=mother, at=NOW)
    for _ in range(5):
        _begin(file, at=NOW)

    read_file(file.id, at=NOW)

    file.refresh_from_db()
    assert (file.state, file.content, bool(file.trouble)) == (ImportState.UNREADABLE, None, True)


def test_what_cannot_be_written_is_given_up_with_nothing_taken(mother):
    file = bring(workbook(rows()), mother)
    confirm_file(file_id=file.id, by=mother, at=NOW)
    file.refresh_from_db()
    for _ in range(5):
        _begin(file, at=NOW)

    write_file(file.id, at=NOW)

    file.refresh_from_db()
    assert (file.state, file.content, Child.objects.count()) == (ImportState.REFUSED, None, 0)


def test_a_worker_that_took_a_file_up_lately_is_left_alone(mother):
    file = take_file(file_id=new_id(), name="a.xlsx", content=workbook(rows()), by=mother, at=NOW)

    _begin(file, at=NOW + timedelta(minutes=10))

    assert left_half_way(NOW + timedelta(minutes=9)) == []


def test_two_officers_files_that_touch_one_child_are_not_both_taken(officer, mother):
    child = held(mother)
    one, other = officer, factories.make_county_officer()
    first = bring(workbook([row_of(child, school_stage="初中")]), one)
    second = bring(workbook([row_of(child, school_stage="高中"), rows()[0]]), other)

    take_in(first, one)
    take_in(second, other)

    child.refresh_from_db()
    assert (first.state, second.state, child.school_stage) == (ImportState.DONE, ImportState.REFUSED, "junior")
    assert Child.objects.count() == 1


def test_a_posting_that_ended_after_the_preview_takes_nothing(mother, officer):
    file = bring(workbook(rows()), mother)
    confirm_file(file_id=file.id, by=mother, at=NOW)
    end_posting(posting_id=mother.postings.get().id, ends_at=now() - timedelta(minutes=1), by=officer, at=now())

    write_file(file.id, at=NOW)

    file.refresh_from_db()
    assert (file.state, Child.objects.count()) == (ImportState.REFUSED, 0)
