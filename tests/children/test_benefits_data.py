"""The benefits' data: each entry has all that a page, a list and a paper ask of it, and says what nobody checked yet."""

from datetime import date
from typing import Any

import pytest
import yaml
from django.utils.translation import override

from ccmp.people.enums import DepartmentKind
from children.enums import Doer, SchoolStage
from children.rules.benefits import DATA, benefits, read_benefits
from children.rules.conditions import WORDS

BODY = yaml.safe_load(DATA.read_text(encoding="utf-8"))["benefits"]
NEEDED = {"zh", "en", "department", "answer_days", "rules", "papers", "steps"}
MAY_HAVE = {"amounts", "confidential", "public_notice", "by_application", "unverified", "received_as", "tops_up",
    "listed_until_age"}  # fmt: skip
OF_DOMAIN = {
    "minimum_living", "destitute_support", "orphan_allowance", "unsupported_allowance", "hiv_allowance",
    "disability_living", "disability_care", "rehabilitation", "medical_aid", "temporary_relief", "boarding_subsidy",
    "day_subsidy", "school_meals", "rain_dew", "orphan_studies",
}  # fmt: skip
CHECKED_DOCUMENTS = (
    "民发〔2019〕62号",
    "民发〔2020〕125号",
    "六枝特区 2018",
    "两免一补，2020年标准",
    "福彩圆梦·孤儿助学工程",
)


def said(row: dict[str, Any]) -> bool:
    return all(isinstance(row.get(language), str) and row[language].strip() for language in ("zh", "en"))


def test_every_benefit_of_the_field_is_there_and_no_other() -> None:
    assert set(BODY) == OF_DOMAIN == set(benefits())


@pytest.mark.parametrize("code", BODY)
def test_an_entry_has_every_part_and_no_unknown_one(code: str) -> None:
    row = BODY[code]

    assert said(row)
    assert set(row) - {"zh", "en"} >= NEEDED - {"zh", "en"}
    assert set(row) - NEEDED <= MAY_HAVE
    assert row["department"] in DepartmentKind.values
    assert isinstance(row["answer_days"], int)
    assert 0 < row["answer_days"] <= 60
    assert set(row.get("unverified", [])) <= {"answer_days", "papers", "steps"}
    assert all(isinstance(row.get(name, False), bool) for name in ("confidential", "public_notice", "by_application"))


def words_in(asked: Any) -> set[str]:
    """Every word of a rule's needs, and every name that it names, however deep."""
    if isinstance(asked, dict):
        return {str(word) for word in asked} | words_in(list(asked.values()))
    return {word for one in asked for word in words_in(one)} if isinstance(asked, list) else {str(asked)}


def test_what_everybody_may_hear_of_rests_on_nothing_confidential() -> None:
    """Else the state of an open benefit tells of what is kept back: that it gives way, or is paid as the difference."""
    hidden = {code for code, row in BODY.items() if row.get("confidential")} | {"infected"}
    told = {
        code: hidden & words_in([rule["needs"] for rule in row["rules"]] + [row.get("tops_up", [])])
        for code, row in BODY.items()
        if code not in hidden
    }

    assert {code: words for code, words in told.items() if words} == {}
    assert "infected" in words_in([rule["needs"] for rule in BODY["hiv_allowance"]["rules"]])


@pytest.mark.parametrize("code", BODY)
def test_its_rules_follow_each_other_and_say_where_they_come_from(code: str) -> None:
    rules = BODY[code]["rules"]

    assert rules
    for rule in rules:
        assert set(rule) - {"area", "unverified", "until"} == {"version", "from", "source", "needs"}
        assert isinstance(rule["from"], date)
        assert rule["source"].strip()
        assert rule["needs"]
        assert all(len(line) == 1 and set(line) <= set(WORDS) for line in rule["needs"])
    for area in {rule.get("area", "") for rule in rules}:
        own = [(rule["version"], rule["from"]) for rule in rules if rule.get("area", "") == area]
        assert own == sorted(own, key=lambda one: one[1])
        assert len({version for version, _day in own}) == len(own)


@pytest.mark.parametrize("code", BODY)
def test_its_steps_papers_and_amounts_are_told_in_both_languages(code: str) -> None:
    row = BODY[code]

    assert row["steps"]
    assert all(step["who"] in Doer.values and said(step) for step in row["steps"])
    assert all(said(paper) for paper in row["papers"])
    assert row["papers"] or row.get("by_application") is False
    for amount in row.get("amounts", []):
        assert said(amount)
        assert amount["source"].strip()
        assert isinstance(amount["from"], date)
        assert amount["yuan"] > 0
        assert amount["per"] in ("month", "year")
        assert amount["area"] == "" or (amount["area"].isdigit() and len(amount["area"]) in (2, 4, 6))
        assert set(amount.get("stages", [])) <= set(SchoolStage.values)


@pytest.mark.parametrize("code", BODY)
def test_a_source_is_marked_unless_it_was_checked(code: str) -> None:
    row = BODY[code]

    for one in (*row["rules"], *row.get("amounts", [])):
        assert one.get("unverified", False) != one["source"].startswith(CHECKED_DOCUMENTS), one["source"]


@pytest.mark.parametrize(
    ("code", "stage", "amounts"),
    [
        ("boarding_subsidy", SchoolStage.PRIMARY, [(1000, "year")]),
        ("boarding_subsidy", SchoolStage.JUNIOR, [(1250, "year")]),
        ("day_subsidy", SchoolStage.PRIMARY, [(500, "year")]),
        ("day_subsidy", SchoolStage.JUNIOR, [(625, "year")]),
        ("day_subsidy", SchoolStage.SENIOR, []),
        ("orphan_studies", SchoolStage.VOCATIONAL, [(10_000, "year")]),
    ],
)
def test_what_it_comes_to_at_each_stage_of_school(
    code: str, stage: SchoolStage, amounts: list[tuple[int, str]]
) -> None:
    found = benefits()[code].amounts_in("520323100201", stage, on=date(2026, 3, 12))

    assert [(one.yuan, one.per) for one in found] == amounts


def test_a_paper_prints_no_number_that_nobody_checked() -> None:
    village, day = "520323100201", date(2026, 3, 12)

    citations = {one.code: rule.citation for one in benefits().values() if (rule := one.rule(village, on=day))}

    assert citations["unsupported_allowance"].startswith("民发〔2020〕125号")
    assert citations["orphan_allowance"] == ""


def test_a_page_says_what_is_still_to_be_checked() -> None:
    with override("zh-hans"):
        assert str(benefits()["orphan_allowance"].name) == "孤儿基本生活保障"
    assert benefits()["orphan_allowance"].unverified == {"answer_days", "papers", "steps"}


def test_an_entry_without_its_steps_is_not_read() -> None:
    row = {name: value for name, value in BODY["rain_dew"].items() if name != "steps"}

    with pytest.raises(KeyError):
        read_benefits({"rain_dew": row})
