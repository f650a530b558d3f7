"""Pseudonymised extracts: keyed pseudonyms by study, nobody who stands out, approved, and in the trail."""

import csv
import io
from dataclasses import astuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ccmp.audit.models import AuditEntry
from ccmp.identifiers import new_id
from ccmp.privacy.models import Extract
from ccmp.privacy.rules.alike import Row, age_band, enough_alike, visits_band
from ccmp.privacy.services.extracts import (
    NotApproved,
    TooFewAlike,
    approve_study,
    ask_for_study,
    pseudonym,
    take_extract,
)
from ccmp.refusals import NotAllowed
from children.services.consent import ConsentEntry, give_consent
from tests import factories
from tests.factories import NOW


def agreeing(mother, name):
    child = factories.make_child(mother, name=name)
    given = {"purpose": "evaluation", "text_version": 1, "given_by": "陈国富", "relation": "61", "evidence": "paper"}
    give_consent(entry=ConsentEntry(new_id(), child.id, NOW, on=NOW.date(), **given), by=mother, at=NOW)
    return child


@pytest.fixture
def researcher(world):
    return factories.make_researcher()


@pytest.fixture
def study(researcher):
    asked = ask_for_study(name="童伴妈妈与抗逆力", purpose="比较两组村", by=researcher, at=NOW)
    return approve_study(study_id=asked.pk, by=factories.make_foundation_officer(), at=NOW)


def rows_of(taken):
    return list(csv.DictReader(io.StringIO(taken.content.decode("utf-8-sig"))))


def test_it_has_who_agreed_by_pseudonym_and_neither_a_name_nor_a_village_nor_a_day(mother, study, researcher):
    children = [agreeing(mother, f"欧阳雨{one}") for one in "甲乙丙丁戊己"]
    factories.make_child(mother, name="欧阳不愿")

    taken = take_extract(study_id=study.pk, by=researcher, at=NOW)

    rows = rows_of(taken)
    assert {one["pseudonym"] for one in rows} == {pseudonym(study, child.pk) for child in children}
    same = {tuple(value for name, value in one.items() if name != "pseudonym") for one in rows}
    assert same == {("贵州省", "绥阳县", "ccmp", "2", "9-11", "", "False", "primary", "0", "")}
    text = taken.content.decode()
    assert [word for word in ("欧阳", "云脚", "2014", "520323", str(children[0].pk)) if word in text] == []
    detail = {"least_alike": 5, "rows": 6, "widened": 0, "left_out": 0}
    assert AuditEntry.objects.get(did="took an extract").detail == {"counts": detail}
    assert Extract.objects.get().sha256 == taken.extract.sha256


def test_another_study_has_other_pseudonyms_and_the_same_study_the_same(mother, study, researcher):
    children = [agreeing(mother, f"欧阳雨{one}") for one in "甲乙丙丁戊"]
    other = ask_for_study(name="另一项", purpose="另一个问题", by=researcher, at=NOW)

    first, again = (take_extract(study_id=study.pk, by=researcher, at=NOW) for _time in (1, 2))

    assert first.content == again.content
    assert not {pseudonym(other, one.pk) for one in children} & {one["pseudonym"] for one in rows_of(first)}


def test_where_too_many_stand_out_nothing_is_taken_at_all(mother, study, researcher):
    agreeing(mother, "欧阳雨甲")

    with pytest.raises(TooFewAlike):
        take_extract(study_id=study.pk, by=researcher, at=NOW)

    assert not Extract.objects.exists()


def test_a_study_is_approved_first_by_the_foundation_and_taken_by_a_researcher(mother, researcher, officer):
    asked = ask_for_study(name="未批准", purpose="问题", by=researcher, at=NOW)

    with pytest.raises(NotApproved):
        take_extract(study_id=asked.pk, by=researcher, at=NOW)
    for person in (researcher, officer):
        with pytest.raises(NotAllowed):
            approve_study(study_id=asked.pk, by=person, at=NOW)
    with pytest.raises(NotAllowed):
        take_extract(study_id=asked.pk, by=officer, at=NOW)


ROWS = st.builds(
    Row,
    pseudonym=st.integers(0, 10**6).map(str),
    province=st.sampled_from(["贵州省", "四川省"]),
    county=st.sampled_from(["绥阳县", "凤冈县", "高坪区"]),
    arm=st.just("ccmp"),
    sex=st.sampled_from(["1", "2"]),
    age=st.sampled_from(["0-2", "9-11"]),
    parents_away=st.sampled_from(["", "left_by_both"]),
    is_boarding=st.booleans(),
    school=st.just("primary"),
    visits=st.just("0"),
    risk=st.just(""),
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(rows=st.lists(ROWS, max_size=30), least=st.integers(2, 4))
def test_whoever_stays_is_like_enough_others_and_nobody_is_added(rows, least):
    found = enough_alike(rows, least=least)

    alike = [sum(other.by_sight == one.by_sight for other in found.rows) for one in found.rows]
    assert all(number >= least for number in alike)
    assert len(found.rows) + found.left_out == len(rows)
    assert all(astuple(one)[0] in {row.pseudonym for row in rows} for one in found.rows)


def test_bands():
    assert [age_band(years) for years in (0, 2, 3, 11, 12, 17, 18)] == [
        "0-2",
        "0-2",
        "3-5",
        "9-11",
        "12-14",
        "15-17",
        "18+",
    ]
    assert [visits_band(number) for number in (0, 1, 2, 3, 6, 7)] == ["0", "1-2", "1-2", "3-6", "3-6", "7+"]
