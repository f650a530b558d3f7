"""The truth tables of the benefits: every combination of what a rule asks, said once more from the documents and compared.

`expected_…` is written from domain.md §5 and §1 alone. It knows nothing of the data nor of the conditions.
"""

from datetime import date
from itertools import product

import pytest
from django.utils.translation import override

from children.enums import (
    ApplicationState,
    DisabilityKind,
    EntitlementState,
    Ground,
    IncapacityReason,
    Means,
    SchoolStage,
)
from children.rules.child_facts import ChildFacts, GroundFacts, ParentFacts, Span
from children.rules.entitlements import AppliedFor, entitlements_of

ON = date(2026, 11, 29)
LONG_AGO, RECENTLY = date(2024, 3, 1), date(2026, 10, 29)
SUIYANG, XUYONG, GAOPING = "520323100201", "510524100201", "511303100201"
STAGES = list(SchoolStage)
EDGES = {  # born so that the birthday is today, or comes tomorrow
    "6": date(2020, 11, 29), "7 tomorrow": date(2019, 11, 30), "7": date(2019, 11, 29),
    "16 tomorrow": date(2010, 11, 30), "16": date(2010, 11, 29), "18 tomorrow": date(2008, 11, 30), "18": date(2008, 11, 29),
}  # fmt: skip
UNDER = {"6": 7, "7 tomorrow": 7, "7": 16, "16 tomorrow": 16, "16": 18, "18 tomorrow": 18, "18": 99}


def parent(state):
    """One of the states that §1 tells apart."""
    known = {
        "able": {},
        "dead": {"died_on": LONG_AGO},
        "declared": {"missing_since": LONG_AGO, "declared_missing_on": RECENTLY},
        "lost long": {"missing_since": LONG_AGO},
        "lost lately": {"missing_since": RECENTLY},
        "disabled": {"unable": ((IncapacityReason.SEVERE_DISABILITY, Span(RECENTLY)),)},
        "ill": {"unable": ((IncapacityReason.SERIOUS_ILLNESS, Span(RECENTLY)),)},
        "mentally disabled": {"unable": ((IncapacityReason.MENTAL_DISABILITY, Span(RECENTLY)),)},
        "in prison long": {"unable": ((IncapacityReason.SERVING_SENTENCE, Span(LONG_AGO)),)},
        "in prison lately": {"unable": ((IncapacityReason.SERVING_SENTENCE, Span(RECENTLY)),)},
        "revoked": {"unable": ((IncapacityReason.REVOKED, Span(RECENTLY)),)},
        "deported": {"unable": ((IncapacityReason.DEPORTED, Span(RECENTLY)),)},
        "other": {"unable": ((IncapacityReason.OTHER, Span(LONG_AGO)),)},
    }
    return ParentFacts() if state == "not named" else ParentFacts(known=True, **known[state])


PARENTS = [
    "able", "dead", "declared", "lost long", "lost lately", "disabled", "ill", "mentally disabled",
    "in prison long", "in prison lately", "revoked", "deported", "other", "not named",
]  # fmt: skip
GONE = {"dead", "declared"}
IN_NEED = {"lost long", "disabled", "ill", "mentally disabled", "in prison long", "revoked", "deported"}
UNABLE = GONE | IN_NEED | {"lost lately", "in prison lately", "other"}


def child(age="7", father="able", mother="able", means=(), grounds=(), stage="primary", boards=False, village=SUIYANG):
    return ChildFacts(
        born_on=EDGES[age], village_code=village, school_stage=SchoolStage(stage), is_boarding=boards,
        father=parent(father), mother=parent(mother),
        means=tuple((Means(kind), Span(LONG_AGO)) for kind in means), grounds=tuple(grounds),
    )  # fmt: skip


def judged(code, facts, applied=None, on=ON):
    found = entitlements_of(facts, {code: applied} if applied else {}, on=on)
    return next(one for one in found if one.benefit.code == code)


def offered(facts):
    return {one.benefit.code for one in entitlements_of(facts, {}, on=ON) if one.may_qualify}


def is_orphan(father, mother):
    return father in GONE and mother in GONE


def is_unsupported(father, mother):
    return {father, mother} <= GONE | IN_NEED and not is_orphan(father, mother)


@pytest.mark.parametrize("age", EDGES)
def test_what_rests_on_the_parents(age):
    """Orphan, de facto unsupported, destitute: every pair of parents at every age that counts, with and without means."""
    wrong = []
    for father, mother, means in product(PARENTS, PARENTS, ((), ("low_income",), ("minimum_living",), ("destitute",))):
        facts = child(age, father, mother, means)
        expected = {
            "orphan_allowance": UNDER[age] <= 18 and is_orphan(father, mother),
            "unsupported_allowance": UNDER[age] <= 18 and is_unsupported(father, mother),
            "destitute_support": UNDER[age] <= 16 and bool(means) and {father, mother} <= UNABLE
            and not is_orphan(father, mother) and not is_unsupported(father, mother),
            "medical_aid": UNDER[age] <= 18
            and (is_orphan(father, mother) or bool({"minimum_living", "destitute"} & set(means))),
        }  # fmt: skip
        held = offered(facts)
        found = {code: code in held for code in expected}
        if found != expected:
            wrong.append((father, mother, means, found))

    assert wrong == []


def test_no_two_of_those_that_exclude_each_other_are_ever_offered_together():
    for age, father, mother, means in product(EDGES, PARENTS, PARENTS, (("low_income",), ("minimum_living",))):
        disability = GroundFacts(Ground.DISABILITY, Span(LONG_AGO), DisabilityKind.LIMB, 2)
        facts = child(age, father, mother, means, (disability,))
        found = offered(facts)

        assert len(found & {"orphan_allowance", "unsupported_allowance", "destitute_support"}) <= 1
        assert not found >= {"orphan_allowance", "disability_living"}
        assert not found >= {"boarding_subsidy", "day_subsidy"}


CARE = GroundFacts(Ground.NEEDS_CARE, Span(LONG_AGO))


@pytest.mark.parametrize("age", EDGES)
def test_what_rests_on_a_disability(age):
    """Every kind and level, with a certificate, with a diagnosis alone, and without; at home with and without 低保."""
    wrong = []
    levels = [("certificate", level) for level in (1, 2, 3, 4)] + [("diagnosis", 0), ("none", 0)]
    for kind, (paper, level), allowance, care in product(DisabilityKind, levels, (True, False), (True, False)):
        ground = Ground.DISABILITY if paper == "certificate" else Ground.DIAGNOSED
        disability = () if paper == "none" else (GroundFacts(ground, Span(LONG_AGO), kind, level),)
        facts = child(
            age, means=("minimum_living",) if allowance else (), grounds=(*disability, *([CARE] if care else []))
        )
        certified = paper == "certificate"
        expected = {
            "disability_living": UNDER[age] <= 18 and certified and allowance,
            "disability_care": UNDER[age] <= 18 and certified and level in (1, 2) and care,
            "rehabilitation": UNDER[age] <= 7 and paper != "none" and kind != DisabilityKind.MENTAL,
        }
        held = offered(facts)
        found = {code: code in held for code in expected}
        if found != expected:
            wrong.append((kind, paper, level, allowance, care, found))

    assert wrong == []


def test_what_rests_on_school_means_and_area():
    wrong = []
    for stage, boards, means, village in product(
        STAGES, (True, False), ("", *Means.values), (SUIYANG, XUYONG, GAOPING)
    ):
        facts = child(stage=stage.value, boards=boards, means=(means,) if means else (), village=village)
        compulsory = stage in (SchoolStage.PRIMARY, SchoolStage.JUNIOR)
        poor = means in ("minimum_living", "destitute", "monitored")
        expected = {
            "boarding_subsidy": compulsory and boards and (poor or means == "low_income"),
            "day_subsidy": compulsory and not boards and poor,
            "school_meals": compulsory and village != GAOPING,
            "rain_dew": stage == SchoolStage.VOCATIONAL and means == "monitored",
            "minimum_living": means in ("low_income", "minimum_living"),
        }
        held = offered(facts)
        found = {code: code in held for code in expected}
        if found != expected:
            wrong.append((stage, boards, means, village, found))

    assert wrong == []


@pytest.mark.parametrize("age", EDGES)
@pytest.mark.parametrize("stage", ["senior", "vocational", "working", "junior"])
@pytest.mark.parametrize("became", ["before 18", "on the birthday", "never"])
def test_an_orphans_studies(age, stage, became):
    """Orphan before 18, 18 by now, and at school."""
    day = {"before 18": date(2026, 11, 28), "on the birthday": date(2026, 11, 29), "never": None}[became]
    both = ParentFacts(known=True, died_on=day)
    facts = ChildFacts(EDGES[age], SUIYANG, SchoolStage(stage), is_boarding=False, father=both, mother=both)

    assert ("orphan_studies" in offered(facts)) == (
        age == "18" and stage in ("senior", "vocational") and became == "before 18"
    )


def test_who_was_born_on_29_february_comes_of_age_on_1_march():
    both = ParentFacts(known=True, died_on=date(2026, 2, 28))
    facts = ChildFacts(date(2008, 2, 29), SUIYANG, SchoolStage.SENIOR, is_boarding=False, father=both, mother=both)

    last, first = (entitlements_of(facts, {}, on=day) for day in (date(2026, 2, 28), date(2026, 3, 1)))

    assert [one.benefit.code for one in last if one.may_qualify] == ["orphan_allowance", "medical_aid"]
    assert [one.benefit.code for one in first if one.may_qualify] == ["orphan_studies"]


def test_a_past_day_is_judged_by_the_exclusions_of_that_day():
    """孤儿 since 2016-10-10 (民发〔2016〕178号), 事实无人抚养 since 2021-07-01 (民发〔2021〕43号)."""
    both = ParentFacts(known=True, died_on=date(2015, 1, 1))
    prison = ParentFacts(known=True, unable=((IncapacityReason.SERVING_SENTENCE, Span(date(2015, 1, 1))),))
    poor = ((Means.LOW_INCOME, Span(date(2015, 1, 1))),)
    of_day = {"born_on": date(2012, 1, 1), "village_code": SUIYANG, "school_stage": SchoolStage.PRIMARY, "means": poor}
    orphan = ChildFacts(is_boarding=False, father=both, mother=both, **of_day)
    unsupported = ChildFacts(is_boarding=False, father=both, mother=prison, **of_day)

    def destitute(facts, day):
        return judged("destitute_support", facts, on=day).may_qualify

    assert [destitute(orphan, day) for day in (date(2016, 10, 9), date(2016, 10, 10))] == [True, False]
    assert [destitute(unsupported, day) for day in (date(2021, 6, 30), date(2021, 7, 1))] == [True, False]


def test_a_benefit_that_gives_way_says_to_which():
    facts = child("16 tomorrow", "dead", "in prison long", ("low_income",))

    with override("zh-hans"):
        said = judged("destitute_support", facts).reasons()[-1].words

    assert said.startswith("父亲：")
    assert said.endswith("按档案属于事实无人抚养，应先办事实无人抚养儿童补贴，这一项不再重复享受。")


# ── what a home receives ────────────────────────────────────────────────────────────────────────────────────────────


def of_home(applied=None, means=Means.MINIMUM_LIVING, since=LONG_AGO):
    facts = ChildFacts(
        EDGES["7"], SUIYANG, SchoolStage.PRIMARY, is_boarding=False, father=parent("able"), mother=parent("able"),
        means=((means, Span(since)),),
    )  # fmt: skip
    return judged("minimum_living", facts, applied)


def applied(state, since):
    return AppliedFor(ApplicationState(state), since, since)


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        (None, (EntitlementState.RECEIVING, True)),
        (applied("applied", date(2024, 1, 1)), (EntitlementState.RECEIVING, True)),
        (applied("refused", date(2024, 1, 1)), (EntitlementState.RECEIVING, True)),
        (applied("receiving", date(2024, 1, 1)), (EntitlementState.RECEIVING, False)),
        (applied("ended", date(2026, 1, 1)), (EntitlementState.ENDED, False)),
    ],
    ids=["nobody applied", "applied before", "refused before", "received before", "ended since"],
)
def test_a_home_that_is_noted_to_receive_it_does(step, expected):
    found = of_home(step)

    assert (found.state, found.of_home) == expected
    assert found.may_qualify
    assert found.is_unclaimed == (found.state == EntitlementState.ENDED)


def test_other_means_say_nothing_of_it():
    assert of_home(means=Means.LOW_INCOME).state == EntitlementState.MAY_QUALIFY
    assert of_home(means=Means.MONITORED).state == EntitlementState.NOT_ELIGIBLE
