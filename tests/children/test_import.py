"""A brought register from the upload to the register: what the preview promises, and nothing else."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from ccmp.audit.models import AuditEntry
from ccmp.identifiers import new_id
from ccmp.people.models import User
from ccmp.refusals import NotAllowed
from children.enums import ImportState, Relation
from children.models import Child, FileChange, Household, RegisterFile, Relative
from children.models.register_file import RegisterFileHasMovedOn
from children.rules.whereabouts import told_of
from children.services.import_plan import Becomes
from children.services.register_files import (
    RowsRefused,
    confirm_file,
    drop_file,
    forget_old_files,
    left_half_way,
    lines_of,
    read_file,
    take_file,
    write_file,
)
from tests import factories
from tests.children.importing import bring, counts, line, problems, take_in
from tests.children.register_340 import number, right_rows, workbook
from tests.factories import CLOUD_FOOT, FENGGANG_VILLAGE, NOW, PEAR_GARDEN, STONE_SHOOT, make_child

LATER = NOW + timedelta(days=1)


def rows(count: int = 4) -> list[dict]:
    return right_rows()[:count]


def held(mother: User, **facts) -> Child:
    """A child of the register with a number."""
    given = {"name": "陈雨欣", "born_on": date(2014, 6, 1), "resident_id": number(date(2014, 6, 1), 2)}
    return make_child(mother, **(given | facts))


def row_of(child: Child, **said) -> dict:
    """The row that says of a child what its file says."""
    given = {
        "village": "云脚村", "head_name": "陈国富", "neighbourhood": "上寨组", "name": child.name, "sex": "女", "ethnic_group": "苗族",
        "born_on": child.born_on.isoformat(), "resident_id": child.resident_id, "hukou": "农业户口", "school_stage": "小学",
    }  # fmt: skip
    return given | said


# ── new children ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_brothers_and_sisters_share_home_and_parents(mother):
    take_in(bring(workbook(rows()), mother), mother)

    assert (Child.objects.count(), Household.objects.count()) == (4, 2)
    one, other = Child.objects.filter(household=Child.objects.get(name="陈雨欣").household).order_by("born_on")
    assert {kin.relative_id for kin in one.family} == {kin.relative_id for kin in other.family}
    father = next(kin.relative for kin in one.family if kin.relation == Relation.FATHER)
    assert told_of(father).text == "away 2024-02-20 广东东莞"
    assert (one.school_name, one.hukou_place) == ("", "贵州省遵义市绥阳县洋川街道云脚村")
    assert one.guardianships.get().carer.name == one.household.head_name


def test_nothing_is_in_the_register_before_it_is_confirmed(mother):
    file = bring(workbook(rows()), mother)

    assert (file.state, counts(file), Child.objects.count()) == (ImportState.PREVIEW, (0, 4, 0, 0), 0)


def test_one_refused_row_means_that_nothing_is_taken(mother):
    file = bring(workbook([*rows(3), rows()[3] | {"born_on": "去年"}]), mother)

    with pytest.raises(RowsRefused):
        confirm_file(file_id=file.id, by=mother, at=NOW)

    assert Child.objects.count() == 0
    assert list(problems(file)) == [(5, "born_on")]


def test_a_new_child_joins_the_home_and_parents_that_the_register_has(mother):
    child = held(mother, parents=(factories.parent(name="陈志强"),))
    brother = rows()[0] | {
        "head_name": "陈国富",
        "neighbourhood": "上寨组",
        "address": "",
        "name": "陈家豪",
        "father_name": "陈志强",
    }

    take_in(bring(workbook([brother]), mother), mother)

    fresh = Child.objects.get(name="陈家豪")
    assert fresh.household_id == child.household_id
    father = Relative.objects.get(name="陈志强")
    assert {kin.child_id for kin in father.kinships.all()} == {child.id, fresh.id}
    assert told_of(father).text == "away 2024-02-20 广东东莞"


def test_the_same_child_twice_is_refused_at_the_second_row(mother):
    file = bring(workbook([rows()[0], rows()[0]]), mother)

    assert list(problems(file)) == [(3, "resident_id")]
    assert "2" in problems(file)[3, "resident_id"]


def test_rows_that_contradict_each_other_about_one_home_are_told(mother):
    file = bring(workbook([rows()[0], rows()[1] | {"father_phone": "13900000001"}]), mother)

    assert list(problems(file)) == [(3, "father_phone")]


def test_a_child_who_could_be_one_of_the_register_is_to_be_looked_at(mother):
    make_child(mother, name="陈雨心", born_on=date(2014, 6, 1))
    fresh = rows()[0] | {"name": "陈雨欣", "born_on": "2014-06-01", "resident_id": "", "no_id_reason": "未上户口"}

    file = bring(workbook([fresh]), mother)

    assert counts(file) == (0, 1, 0, 0)
    assert "陈雨心" in line(file, 2).look[0]


# ── children of the register ────────────────────────────────────────────────────────────────────────────────────────


def test_the_preview_tells_each_field_from_what_to_what_and_empty_cells_change_nothing(mother):
    child = held(mother)
    row = row_of(child, school_stage="初中", school_name="洋川中学", neighbourhood="")

    file = bring(workbook([row]), mother)

    assert counts(file) == (0, 0, 1, 0)
    assert [one.after for one in line(file, 2).changes] == ["初中", "洋川中学"]
    assert line(file, 2).changes[0] == Becomes("就学情况", "小学", "初中")
    take_in(file, mother)
    child.refresh_from_db()
    assert (child.school_stage, child.school_name, child.household.neighbourhood) == ("junior", "洋川中学", "上寨组")
    change = FileChange.objects.get(child=child)
    assert change.taken == {"school_stage": ["primary", "junior"], "school_name": ["", "洋川中学"]}


def test_a_child_without_a_number_is_found_by_name_birth_date_and_home_and_gets_its_number(mother):
    child = make_child(mother, name="陈雨欣", born_on=date(2014, 6, 1))
    assert child.resident_id == ""

    file = bring(workbook([row_of(child, resident_id=number(date(2014, 6, 1), 2))]), mother)

    assert counts(file) == (0, 0, 1, 0)
    take_in(file, mother)
    child.refresh_from_db()
    assert (child.resident_id, child.no_id_reason) == (number(date(2014, 6, 1), 2), "")


def test_a_parent_who_went_away_is_noted_with_the_day(mother):
    child = held(mother, parents=(factories.parent(name="陈志强"),))
    row = row_of(
        child, father_name="陈志强", father_whereabouts="打工", father_since="2026-02-23", father_where="广东东莞"
    )

    take_in(bring(workbook([row]), mother), mother)

    father = Relative.objects.get(name="陈志强")
    assert told_of(father).text == "away 2026-02-23 广东东莞"
    assert FileChange.objects.get(relative=father).taken == {"whereabouts": ["home -", "away 2026-02-23 广东东莞"]}


def test_what_begins_before_the_files_last_word_is_refused(mother):
    father = factories.parent(name="陈志强", away_since=date(2026, 2, 1), away_where="浙江")
    child = held(mother, parents=(father,))
    row = row_of(child, father_name="陈志强", father_whereabouts="在家", father_since="2025-01-01")

    file = bring(workbook([row]), mother)

    assert list(problems(file)) == [(2, "father_since")]


def test_another_carer_from_a_day_on_ends_the_earlier_care(mother):
    child = held(mother)
    row = row_of(child, carer_relation="外婆", carer_name="吴秀英", carer_since="2026-03-01", carer_kind="良好")

    take_in(bring(workbook([row]), mother), mother)

    first, second = child.guardianships.order_by("since")
    assert (first.until, second.carer.name, second.kind, second.until) == (date(2026, 3, 1), "吴秀英", "good", None)


def test_a_number_that_stands_in_another_village_is_refused_without_telling_where(mother, other_mother):
    elsewhere = held(other_mother, village_code=STONE_SHOOT)

    file = bring(workbook([row_of(elsewhere)]), mother)

    said = problems(file)[2, "resident_id"]
    assert "石笋沟" not in said
    assert Child.objects.filter(village_code=CLOUD_FOOT).count() == 0


def test_the_same_file_again_changes_nothing(mother):
    content = workbook(rows())
    take_in(bring(content, mother), mother)

    again = bring(content, mother)

    assert counts(again) == (0, 0, 0, 4)
    take_in(again, mother)
    assert (Child.objects.count(), FileChange.objects.count()) == (4, 0)


def test_the_same_file_twice_at_once_is_taken_once(mother):
    content = workbook(rows())
    first, second = bring(content, mother), bring(content, mother)

    take_in(first, mother)
    take_in(second, mother)

    assert (first.state, second.state, Child.objects.count()) == ("done", "refused", 4)
    assert "2" in second.trouble
    assert second.content is None


def test_a_register_that_changed_since_the_preview_is_not_written(mother):
    child = held(mother)
    file = bring(workbook([row_of(child, school_stage="初中"), rows()[2]]), mother)
    Child.objects.filter(pk=child.pk).update(school_stage="senior")

    take_in(file, mother)

    assert (file.state, Child.objects.count()) == (ImportState.REFUSED, 1)


# ── who, and how long ───────────────────────────────────────────────────────────────────────────────────────────────


def test_each_brings_the_register_of_her_own_villages(mother, officer):
    content = workbook(
        [
            row | {"village": village}
            for row, village in zip(rows(), ["云脚村", "石笋沟村", PEAR_GARDEN, "青岩口村"], strict=True)
        ]
    )

    assert set(problems(bring(content, mother))) == {(3, "village"), (4, "village"), (5, "village")}
    assert set(problems(bring(content, officer))) == {(5, "village")}


def test_the_townships_supervisor_may_bring_a_register_though_she_registers_no_child(world):
    supervisor = factories.make_supervisor()

    file = take_in(bring(workbook(rows()), supervisor), supervisor)

    assert (file.state, Child.objects.count()) == (ImportState.DONE, 4)


def test_nobody_else_brings_one(world):
    with pytest.raises(NotAllowed):
        bring(workbook(rows()), factories.make_foundation_officer())


def test_a_file_is_seen_by_who_brought_it_alone(mother, officer, other_county_officer):
    file = bring(workbook(rows()), mother)
    colleague = factories.make_county_officer()

    seen = [list(RegisterFile.objects.visible_to(user)) for user in (mother, officer, colleague, other_county_officer)]

    assert seen == [[file], [], [], []]


def test_what_lies_in_the_database_is_sealed_and_gone_when_it_is_over(mother):
    file = bring(workbook([*rows(3), rows()[3] | {"sex": "母"}]), mother)
    name = rows()[0]["name"].encode()

    assert all(name not in bytes(one) for one in (file.content, file.preview, file.annotated))
    assert name.decode() not in str(file.found)
    drop_file(file_id=file.id, by=mother, at=NOW)
    file.refresh_from_db()
    assert (file.content, file.preview, file.annotated, file.state) == (None, None, None, ImportState.DROPPED)


def test_after_two_weeks_nothing_of_the_content_is_kept(mother):
    file = bring(workbook(rows()), mother)

    forget_old_files(at=NOW + timedelta(days=13))
    assert RegisterFile.objects.get(pk=file.pk).content is not None

    forget_old_files(at=NOW + timedelta(days=15))
    file.refresh_from_db()
    assert (file.content, file.preview, file.state) == (None, None, ImportState.DROPPED)


def test_a_file_that_cannot_be_read_says_why_and_keeps_nothing(mother):
    file = bring(b"\x89PNG" + bytes(200), mother)

    assert (file.state, file.content, bool(file.trouble)) == (ImportState.UNREADABLE, None, True)


def test_what_a_killed_worker_left_is_taken_up_again_and_done_once(mother):
    file = take_file(file_id=new_id(), name="a.xlsx", content=workbook(rows()), by=mother, at=NOW)
    assert left_half_way(NOW + timedelta(minutes=5)) == [(file.id, ImportState.READING)]
    read_file(file.id, at=NOW)
    read_file(file.id, at=NOW)
    confirm_file(file_id=file.id, by=mother, at=NOW)
    assert left_half_way(NOW + timedelta(minutes=5)) == [(file.id, ImportState.WRITING)]

    write_file(file.id, at=NOW)
    write_file(file.id, at=NOW)

    assert (Child.objects.count(), left_half_way(LATER)) == (4, [])


def test_it_is_confirmed_once(mother):
    file = take_in(bring(workbook(rows()), mother), mother)

    with pytest.raises(RegisterFileHasMovedOn):
        confirm_file(file_id=file.id, by=mother, at=NOW)


def test_the_trail_says_who_brought_how_many_and_names_nobody(mother):
    take_in(bring(workbook(rows()), mother), mother)

    entry = AuditEntry.objects.get(did="brought the register")
    assert (entry.by_id, entry.detail) == (mother.id, {"refused": 0, "new": 4, "changed": 0, "same": 0})


# ── pages ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_preview_and_the_marked_copy_are_pages_of_her_own(client, mother, officer):
    file = bring(workbook([*rows(3), rows()[3] | {"sex": "母"}]), mother)
    client.force_login(mother)

    page = client.get(reverse("children:import-file", args=[file.id])).content.decode()
    copy = client.get(reverse("children:import-annotated", args=[file.id]))

    assert "没有写" in page or "还没有写入" in page
    assert reverse("children:import-confirm", args=[file.id]) not in page
    assert copy.content.startswith(b"PK")
    client.force_login(officer)
    assert client.get(reverse("children:import-file", args=[file.id])).status_code == 404
    assert client.get(reverse("children:import-annotated", args=[file.id])).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_files_asks_the_database_as_often_for_three_as_for_one(
    client, mother, count, django_assert_max_num_queries
):
    for _ in range(count):
        bring(workbook(rows(1)), mother)
    client.force_login(mother)

    with django_assert_max_num_queries(12):
        client.get(reverse("children:import"))


def test_planning_asks_the_database_as_often_for_many_rows_as_for_few(mother, django_assert_max_num_queries):
    take_in(bring(workbook(rows(40)), mother), mother)
    file = take_file(file_id=new_id(), name="a.xlsx", content=workbook(rows(40)), by=mother, at=NOW)

    with django_assert_max_num_queries(30):
        read_file(file.id, at=NOW)

    file.refresh_from_db()
    assert len(lines_of(file)) == 40


def test_a_village_of_another_county_is_not_hers(officer):
    file = bring(workbook([rows()[0] | {"village": FENGGANG_VILLAGE}]), officer)

    assert list(problems(file)) == [(2, "village")]
