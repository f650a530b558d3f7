"""Twenty families on three days, as an officer of civil affairs would work them out: see worked_cases.py."""

from pathlib import Path

import pytest
from django.utils import translation

from children.enums import LabelKind
from children.rules.labels import ChildOnDay, labels_from
from tests.children import worked_cases
from tests.children.worked_cases import CASES, DAYS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "worked-cases.md"


@pytest.mark.parametrize(("number", "on"), list(enumerate(DAYS)), ids=[f"{on}" for on in DAYS])
@pytest.mark.parametrize("case", CASES, ids=[one.name for one in CASES])
def test_a_family_on_a_day(case, number, on):
    labels = labels_from(ChildOnDay(case.facts, on), sees_health=True)

    told = {
        "holds": {one.kind.value for one in labels if one.holds},
        "unknown": {one.kind.value for one in labels if one.holds is None},
    }

    expected = case.days[number]
    assert told == {"holds": set(expected.holds.split()), "unknown": set(expected.unknown.split())}


def test_the_printed_page_agrees_with_the_cases():
    with translation.override("zh-hans"):
        assert PAGE.read_text("utf-8") == worked_cases.page()


def test_every_label_is_worked_out_for_somebody():
    held = [{kind for one in CASES for kind in one.days[number].holds.split()} for number in range(3)]

    assert set.union(*held) == set(LabelKind.values)
    assert len(CASES) == 20
