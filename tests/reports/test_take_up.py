"""The month's benefits on papers: counted where they were noted, small numbers put together, honest where there is no figure."""

from dataclasses import replace
from datetime import date

import pytest
from django.utils.translation import override

from ccmp.reports.enums import Edition
from ccmp.reports.rules import findings
from ccmp.reports.rules.canonical import plain, read
from ccmp.reports.rules.changes import changes_between
from ccmp.reports.rules.figures import TakeUpOfBenefit
from ccmp.reports.rules.lines import take_up_lines
from ccmp.reports.rules.paper_pages import Imprint
from ccmp.reports.rules.papers import paper_of
from ccmp.reports.rules.published import Paper
from ccmp.reports.rules.take_up import take_up_of
from ccmp.reports.services import workbook
from ccmp.reports.services.paper_html import html_of
from tests.reports.months import frame, village

IMPRINT = Imprint(version=1, code="0000-0000-0000-0000", frozen_on=date(2026, 11, 3))


def counted(code: str, *rows: tuple[str, int, int, int]):
    return village(code, is_take_up_counted=True, take_up=tuple(TakeUpOfBenefit(*row) for row in rows))


def county(*villages):
    return paper_of(frame(), villages)


MANY = counted("520323101001", ("day_subsidy", 40, 6, 20), ("orphan_allowance", 12, 0, 5), ("rain_dew", 2, 0, 1))
MORE = counted("520323101002", ("day_subsidy", 30, 5, 10), ("orphan_allowance", 8, 0, 0), ("disability_care", 3, 0, 3))
SILENT = village("520323101003")


def test_a_county_s_benefits_are_added_up_and_rare_ones_put_together():
    assert take_up_of([MANY, MORE]) == (
        TakeUpOfBenefit("day_subsidy", 70, 11, 30),
        TakeUpOfBenefit("", 25, 0, 9),
    )


def test_a_line_that_would_be_alone_takes_another_with_it():
    few = counted("520323101001", ("day_subsidy", 40, 6, 20), ("orphan_allowance", 12, 0, 6), ("rain_dew", 2, 0, 1))

    assert take_up_of([few]) == (TakeUpOfBenefit("day_subsidy", 40, 6, 20), TakeUpOfBenefit("", 14, 0, 7))


def test_the_lines_add_up_to_the_sums():
    paper = county(MANY, MORE)

    assert sum(one.may_qualify for one in paper.take_up) == paper.totals.may_qualify == 95
    assert sum(one.unclaimed for one in paper.take_up) == paper.totals.unclaimed == 56
    with override("en"):
        assert [(line.head, line.cells) for line in take_up_lines(paper)] == [
            ("Living subsidy for poor pupils who do not board", ("70", "30", "40", "11")),
            ("Other benefits, together", ("25", "9", "16", "0")),
            ("Together", ("95", "39", "56", "11")),
        ]


def test_a_village_that_noted_nothing_is_no_zero():
    paper = county(MANY, MORE, SILENT)

    assert {row.code[-3:]: row.unclaimed for row in paper.villages} == {"001": 28, "002": 28, "003": None}
    assert paper.totals.take_up_villages == 2


def test_where_nobody_noted_anything_there_is_no_figure():
    paper = county(SILENT, village("520323101004"))

    assert (paper.totals.may_qualify, paper.totals.unclaimed, paper.take_up) == (None, None, ())
    with override("en"):
        assert findings.take_up_title(paper.totals) == "not counted yet"
        assert "this month has no figure" in html_of(paper, IMPRINT, language="en")


def test_a_gap_from_one_to_four_in_one_village_is_not_told():
    small = counted("520323101005", ("day_subsidy", 9, 0, 6))
    paper = county(MANY, MORE, small)

    assert {row.code[-3:]: row.unclaimed for row in paper.villages} == {"001": None, "002": 28, "005": "1-4"}


def test_the_only_village_that_counts_is_not_told_by_its_county():
    small = counted("520323101005", ("day_subsidy", 9, 0, 6))
    paper = county(small, SILENT)

    assert paper.totals.is_withheld
    assert (paper.totals.may_qualify, paper.totals.unclaimed, paper.take_up) == (None, None, ())
    assert 9 not in [paper.totals.may_qualify, *(row.unclaimed for row in paper.villages)]


@pytest.mark.parametrize(
    ("rows", "said"), [((("day_subsidy", 9, 0, 6),), "少于5"), ((("day_subsidy", 19, 0, 6),), "13")]
)
def test_the_wall_says_that_benefits_lie_unclaimed_and_whom_to_ask(rows, said):
    one = counted("520323101001", *rows)
    paper = paper_of(frame(Edition.VILLAGE, place_code=one.code, place=one.name), [one])

    page = html_of(paper, IMPRINT, language="zh-hans")

    assert "请问童伴妈妈" in page
    assert said.replace(" ", "") in page.replace(" ", "")
    assert "非寄宿" not in page  # which benefit hangs on no wall


def test_a_confidential_benefit_has_no_name_on_any_paper():
    paper = county(MANY, MORE)

    assert "艾滋" not in html_of(paper, IMPRINT, language="zh-hans")
    assert "hiv" not in str(plain(paper))


def test_the_table_tells_the_same_as_the_paper():
    with override("zh-hans"):
        rows = workbook._take_up(county(MANY, MORE))

    assert rows[1:] == [
        ["家庭经济困难学生生活补助（非寄宿）", 70, 30, 40, 11],
        ["其余各项合计", 25, 9, 16, 0],
    ]


# ── papers that were frozen before this figure was told ──────────────────────────────────────────────────────────────

LATER = ("take_up",)
LATER_SUMS = ("take_up_villages", "may_qualify", "applied", "receiving", "unclaimed")


def older(paper: Paper) -> dict:
    """The figures of a paper as they were frozen before."""
    figures = plain(paper)
    for name in LATER:
        del figures[name]
    for sums in (figures["totals"], *figures["counties"], *figures["provinces"], *figures["by_arm"]):
        for name in LATER_SUMS:
            del sums[name]
    for row in figures["villages"]:
        del row["unclaimed"]
    return figures


def test_an_older_paper_is_read_and_has_no_figure():
    paper = read(Paper, older(county(MANY, MORE)))

    assert (paper.totals.may_qualify, paper.totals.take_up_villages, paper.take_up) == (None, 0, ())
    assert "not counted" not in html_of(paper, IMPRINT, language="zh-hans")


def test_a_restatement_that_tells_no_new_figure_changes_nothing():
    before = older(county(SILENT, village("520323101004")))

    assert changes_between(before, plain(county(SILENT, village("520323101004")))) == []


def test_a_restatement_that_tells_the_figure_says_so():
    plain_one = [replace(one, is_take_up_counted=False, take_up=()) for one in (MANY, MORE)]
    changes = changes_between(older(county(*plain_one)), plain(county(MANY, MORE)))

    assert [(what, before, now) for what, _where, before, now in changes] == [
        ("take_up_villages", None, 2),
        ("may_qualify", None, 95),
        ("applied", None, 11),
        ("receiving", None, 39),
        ("unclaimed", None, 56),
    ]
