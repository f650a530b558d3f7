from dataclasses import replace

import pytest
from django.utils.translation import override

from ccmp.reports.enums import Edition
from ccmp.reports.rules import findings
from ccmp.reports.rules.figures import FlagsOfSeverity
from ccmp.reports.rules.papers import paper_of
from ccmp.reports.rules.sheet_findings import sheet_finding
from tests.reports.months import drawn_county, frame, hours, village

MET = village("520323101001")
SHORT = village("520323101002", weeks=hours(7, 10, 17, 17, 10), name="落水孔村")
SILENT = village("520323101003", weeks=hours(None, None, None, None, None))
EXEMPT = village("520323101004", weeks=hours("exempt", "exempt", "exempt", "exempt", "exempt"))


def paper(*villages, edition=Edition.COUNTY):
    return paper_of(frame(edition, holidays=()), villages)


@pytest.fixture(autouse=True)
def chinese():
    with override("zh-hans"):
        yield


def test_the_drawn_county_s_first_paragraph():
    said = findings.opening(paper_of(frame(), drawn_county()), whole="全县")

    assert said == (
        "10月（9月28日至11月1日，共五周），全县20个童伴之家实开1,258小时，应开1,264小时。总数接近或超过标准，但不是每个村都开够。"
        "14个村每周达标。6个村没有做到每周开够，其中2个村有4周没有报数。国庆节7天不计。"
    )


@pytest.mark.parametrize(
    ("villages", "expected"),
    [
        ((MET,), "1个村每周都达标"),
        ((MET, EXEMPT), "1个村每周都达标"),
        ((MET, SHORT), "1个村达标，1个村没有每周开够"),
        ((SHORT,), "1个村都没有每周开够"),
        ((SILENT,), "没有一个村报数"),
        ((SILENT, SHORT), "2个村都没有每周开够"),
        ((EXEMPT,), "各村全部豁免"),
    ],
)
def test_the_title_of_the_hours_states_the_finding(villages, expected):
    assert findings.hours_title(paper(*villages).totals) == expected


def test_a_month_in_which_everything_is_exempt_says_so():
    assert findings.opening(paper(EXEMPT), whole="全县").endswith("各童伴之家每天都豁免，没有应开的时间。")


def test_a_month_in_which_nobody_recorded_anything_says_so():
    assert findings.opening(paper(SILENT), whole="全县").endswith("没有一个村报数。")


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (MET, "五周，每周都开够了。"),
        (SHORT, "五周里四周开够了，10月26日那一周差6小时。"),
        (SILENT, "五周都没有报数。"),
        (EXEMPT, "这个月豁免，不用开。"),
        (village(weeks=hours(1, 2, 17, None, 17)), "五周里两周开够了，2周共差12小时59分，1周没有报数。"),
        (village(weeks=hours("exempt", "exempt", 17, 17, 17)), "三周，每周都开够了。"),
    ],
)
def test_the_sentence_on_the_wall(one, expected):
    assert sheet_finding(paper(one, edition=Edition.VILLAGE).villages[0]) == expected


def test_flags_and_visits_say_zero_and_all():
    totals = paper(MET, SHORT)
    late = replace(MET, flags=(FlagsOfSeverity("serious", 9, 8, 1, 0, 0),))

    assert findings.visits_title(totals.totals) == "本月没有到期的"
    assert findings.flags_title(totals.breakdowns) == "本月没有线索"
    assert findings.flags_title(paper(late, SHORT).breakdowns) == "报来9件，1件迟受理或没有受理"
    assert findings.tasks_title(totals.breakdowns) == "本月没有派任务"


def test_the_longest_run_of_missed_weeks_is_named():
    with override("en"):
        assert (
            findings.run_title(list(paper(MET, SHORT).villages))
            == "At most one week in a row was missed: 落水孔村, from 26 October"
        )
        assert findings.run_title(list(paper(MET).villages)) == "In these weeks every village was open long enough"


def test_english_has_its_plurals():
    with override("en"):
        assert findings.compliance(paper(MET).totals) == "The village was open long enough in every week."
        assert findings.compliance(paper(MET, replace(MET, code="520323101009")).totals) == (
            "All 2 villages were open long enough in every week."
        )
