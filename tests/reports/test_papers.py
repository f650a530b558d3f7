from dataclasses import replace

import pytest

from ccmp.places.models import PROGRAMME_CODE
from ccmp.reports.enums import Edition
from ccmp.reports.rules.canonical import canonical, plain
from ccmp.reports.rules.figures import FlagsOfSeverity, Tally, TasksOfDepartment, VisitsAtLevel
from ccmp.reports.rules.papers import SENSITIVE_SUMS, paper_of
from tests.reports.months import drawn_county, frame, hours, village


def programme(*villages, **facts):
    return paper_of(frame(Edition.FOUNDATION, place_code=PROGRAMME_CODE, place="", authority="", **facts), villages)


def test_sums_are_those_of_the_villages():
    paper = paper_of(frame(), drawn_county())

    assert (paper.totals.villages, paper.totals.met, paper.totals.short, paper.totals.silent) == (20, 14, 4, 2)
    assert (paper.totals.silent_weeks, paper.totals.required_minutes) == (4, 75820)
    assert paper.totals.children == sum(one.children for one in drawn_county())


def test_a_silent_week_is_not_counted_as_a_gap():
    silent = village("520323101001", weeks=hours(None, None, None, None, None))

    assert paper_of(frame(), [silent, village("520323101002")]).totals.gap_minutes == 0


def test_villages_in_need_come_first():
    names = [one.name for one in paper_of(frame(), drawn_county()).villages[:6]]

    assert names == ["三岔河布依族苗族移民新村", "长岩脚村", "落水孔村", "鹰嘴岩村", "石笋沟村", "茶腊坡村"]


def test_the_first_page_names_five_needs_and_the_clocks_among_them():
    kinds = [need.kind for need in paper_of(frame(), drawn_county()).needs]

    assert kinds == ["hours", "hours", "hours", "mandatory_late", "tasks_overdue"]


def test_nobody_is_named_as_wanting_on_the_wall():
    wanting = drawn_county()[0]

    assert paper_of(frame(Edition.VILLAGE, place_code=wanting.code), [wanting]).needs == ()


def test_a_small_count_of_one_village_is_not_in_the_figures_of_any_edition():
    few = village("520323101001", left_behind=3, children=90)
    others = [
        village("520323101002", left_behind=40, children=130),
        village("520323102001", left_behind=31, children=210),
    ]

    for paper in (paper_of(frame(), [few, *others]), programme(few, *others)):
        shown = {one.code[-6:]: one.left_behind for one in paper.villages}
        assert shown == {"101001": "1-4", "101002": 40, "102001": None}
        assert paper.totals.left_behind == 74


def test_the_sheet_on_the_wall_says_fewer_than_five():
    one = village("520323101001", tasks=(TasksOfDepartment("education", "县教育局", 2, 2, 2, 2, 2, 2, 2, 0, 0, 0),))

    paper = paper_of(frame(Edition.VILLAGE, place_code=one.code), [one])

    assert paper.villages[0].needs_met == "1-4"
    assert paper.totals.tasks_confirmed is None
    assert paper.breakdowns is None


def test_a_county_of_one_village_is_not_told_by_level_or_department():
    one = village("520323101001", visits=(VisitsAtLevel("high", 2, 2, 0, 0),), left_behind=40)

    paper = paper_of(frame(), [one])

    assert paper.breakdowns is None
    assert paper.totals.is_withheld
    assert paper.villages[0].left_behind == 40


def test_a_county_of_one_village_is_hidden_beside_others_and_so_is_one_more():
    lonely = village(
        "520327100001", county="凤冈县", flags=(FlagsOfSeverity("serious", 2, 2, 0, 0, 0),), left_behind=30
    )
    pair = [village(f"52032310100{n}", left_behind=40) for n in (1, 2)]
    three = [village(f"52272810100{n}", left_behind=40, county="罗甸县") for n in (1, 2, 3)]

    paper = programme(lonely, *pair, *three)

    assert {one.name: one.is_withheld for one in paper.counties} == {"绥阳县": True, "凤冈县": True, "罗甸县": False}
    assert not paper.provinces[0].is_withheld
    assert {one.code[:6]: one.flags_raised for one in paper.villages} == {"520327": None, "520323": None, "522728": 0}


@pytest.mark.parametrize("counts", [(2, 0, 0), (1, 4, 9), (4, 4, 4), (1, 0, 3)])
def test_what_is_withheld_nowhere_stands_in_the_json(counts):
    marked = [
        village(f"5203231010{n:02}", flags=(FlagsOfSeverity("concern", count, count, 0, 0, 0),), children=100 + n)
        for n, count in enumerate(counts)
    ]

    paper = plain(paper_of(frame(), marked))

    assert all(
        not isinstance(row["flags_raised"], int) or row["flags_raised"] in (0, *range(5, 99))
        for row in paper["villages"]
    )
    assert '"flags":' not in canonical(paper["villages"])


def test_a_withheld_row_withholds_every_sensitive_sum():
    one = village("520323101001", left_behind=2)

    totals = paper_of(frame(), [one]).totals

    assert {name: getattr(totals, name) for name in SENSITIVE_SUMS} == dict.fromkeys(SENSITIVE_SUMS)


def test_the_foundation_tells_departments_by_kind_and_the_county_by_name():
    one = TasksOfDepartment("education", "绥阳县教育局", 9, 9, 9, 9, 9, 9, 9, 0, 0, 0)
    villages = [village("520323101001", tasks=(one,)), village("520323101002", tasks=(one,))]

    assert [task.name for task in paper_of(frame(), villages).breakdowns.tasks] == ["绥阳县教育局"]
    assert [(task.kind, task.name) for task in programme(*villages).breakdowns.tasks] == [("education", "")]


def test_the_arms_stand_side_by_side_without_sensitive_columns():
    paper = programme(village("520323101001"), replace(village("520323101002"), arm="government"))

    assert [(arm.code, arm.villages, arm.left_behind) for arm in paper.by_arm] == [
        ("ccmp", 1, None),
        ("government", 1, None),
    ]


def test_attempts_are_added_up():
    villages = [village(f"52032310100{n}", attempts=(Tally("completed", 9), Tally("refused", 5))) for n in (1, 2)]

    assert paper_of(frame(), villages).breakdowns.attempts == (Tally("completed", 18), Tally("refused", 10))
