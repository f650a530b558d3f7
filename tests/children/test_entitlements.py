"""Worked cases: who may qualify for what, on which day. Each line reads: the case, the facts, the benefits."""

from datetime import date

import pytest
from django.utils.translation import override

from children.enums import DisabilityKind, Ground, IncapacityReason, Means, SchoolStage
from children.rules.benefits import benefits, read_benefits
from children.rules.child_facts import ChildFacts, GroundFacts, ParentFacts, Span
from children.rules.entitlements import entitlements_of

ON = date(2026, 3, 12)
LONG_AGO, LAST_MONTH = date(2024, 3, 1), date(2026, 2, 12)
DEPORTED = IncapacityReason.DEPORTED
PRISON, ILL, DISABLED, OTHER = (
    IncapacityReason.SERVING_SENTENCE,
    IncapacityReason.SERIOUS_ILLNESS,
    IncapacityReason.SEVERE_DISABILITY,
    IncapacityReason.OTHER,
)


def able():
    return ParentFacts(known=True)


def dead(on=LONG_AGO):
    return ParentFacts(known=True, died_on=on)


def lost(since=LONG_AGO):
    return ParentFacts(known=True, missing_since=since)


def unable(reason, since=LONG_AGO, until=None):
    return ParentFacts(known=True, unable=((reason, Span(since, until)),))


def home(kind, since=LONG_AGO):
    return {"means": ((kind, Span(since)),)}


def disability(kind, level, *more):
    return {"grounds": (GroundFacts(Ground.DISABILITY, Span(LONG_AGO), kind, level), *more)}


NEEDS_CARE = GroundFacts(Ground.NEEDS_CARE, Span(LONG_AGO))
BORN = {
    "five": date(2020, 6, 1),
    "eleven": date(2014, 6, 1),
    "fifteen": date(2010, 6, 1),
    "seventeen": date(2008, 6, 1),
}


def child(age="eleven", father=None, mother=None, **facts):
    """A pupil of eleven in 绥阳, whose parents are alive and able; a county that takes part in the school meals."""
    stages = {"five": "kindergarten", "eleven": "primary", "fifteen": "junior", "seventeen": "vocational"}
    given = {
        "born_on": BORN[age],
        "village_code": "520323100201",
        "school_stage": SchoolStage(facts.pop("stage", stages[age])),
        "is_boarding": False,
        "father": father or able(),
        "mother": mother or able(),
    }
    return ChildFacts(**(given | facts))


MEALS = {"school_meals"}
POOR = home(Means.LOW_INCOME)
ALLOWANCE = home(Means.MINIMUM_LIVING)

# the case | the child | what she may qualify for on 12 March 2026
CASES = [
    ("a pupil whose home is well", child(), MEALS),
    ("a child of five whose home is well", child("five"), set()),
    ("a pupil outside the area of the school meals", child(village_code="511303100201"), set()),
    # the parents
    ("both parents dead", child(father=dead(), mother=dead()), MEALS | {"orphan_allowance", "medical_aid"}),
    ("father dead, mother able", child(father=dead()), MEALS),
    ("father dead, mother out of contact for two years", child(father=dead(), mother=lost()), MEALS | {"unsupported_allowance"}),
    ("father dead, mother out of contact for a month", child(father=dead(), mother=lost(LAST_MONTH)), MEALS),
    ("father in prison for two years, mother dead", child(father=unable(PRISON), mother=dead()), MEALS | {"unsupported_allowance"}),
    ("father in prison since last month, mother dead", child(father=unable(PRISON, LAST_MONTH), mother=dead()), MEALS),
    (
        "father in prison since last month, for a year, mother dead",
        child(father=unable(PRISON, LAST_MONTH, date(2027, 2, 12)), mother=dead()),
        MEALS | {"unsupported_allowance"},
    ),
    (
        "father gravely ill, mother severely disabled",
        child(father=unable(ILL), mother=unable(DISABLED)),
        MEALS | {"unsupported_allowance"},
    ),
    ("father gravely ill, mother able", child(father=unable(ILL)), MEALS),
    (
        "father dead, mother unable for another reason of the same weight",
        child(father=dead(), mother=unable(OTHER)),
        MEALS,
    ),
    ("father dead, mother deported", child(father=dead(), mother=unable(DEPORTED)), MEALS | {"unsupported_allowance"}),
    (
        "father gravely ill, mother's guardianship revoked by a court",
        child(father=unable(ILL), mother=unable(IncapacityReason.REVOKED)),
        MEALS | {"unsupported_allowance"},
    ),
    (
        "father dead, mother with a mental disability of level 3",
        child(father=dead(), mother=unable(IncapacityReason.MENTAL_DISABILITY)),
        MEALS | {"unsupported_allowance"},
    ),
    (
        "father dead, mother in rehabilitation since last month",
        child(father=dead(), mother=unable(IncapacityReason.REHABILITATION, LAST_MONTH)),
        MEALS,
    ),
    (
        "father dead, mother out of contact for a month, and gravely ill",
        child(father=dead(), mother=ParentFacts(True, None, LAST_MONTH, unable=((ILL, Span(LONG_AGO)),))),
        MEALS | {"unsupported_allowance"},
    ),
    (
        "father dead, mother declared missing by a court last month",
        child(father=dead(), mother=ParentFacts(True, None, LONG_AGO, LAST_MONTH)),
        MEALS | {"orphan_allowance", "medical_aid"},
    ),
    (
        "father declared missing by a court, mother in prison for two years",
        child(father=ParentFacts(True, None, LONG_AGO, LONG_AGO), mother=unable(PRISON)),
        MEALS | {"unsupported_allowance"},
    ),
    ("father dead, of the mother nothing is known", child(father=dead(), mother=ParentFacts()), MEALS),
    ("father's illness ended", child(father=unable(ILL, LONG_AGO, LAST_MONTH), mother=dead()), MEALS),
    # the home
    ("income under the standard", child(**POOR), MEALS | {"minimum_living"}),
    ("the same, boarding", child(is_boarding=True, **POOR), MEALS | {"minimum_living", "boarding_subsidy"}),
    ("the home receives the allowance", child(**ALLOWANCE), MEALS | {"minimum_living", "medical_aid", "day_subsidy"}),
    (
        "the same, boarding, at fifteen",
        child("fifteen", is_boarding=True, **ALLOWANCE),
        MEALS | {"minimum_living", "medical_aid", "boarding_subsidy"},
    ),
    ("an accident last month", child(**home(Means.EMERGENCY, LAST_MONTH)), MEALS | {"temporary_relief"}),
    ("an accident two years ago", child(**home(Means.EMERGENCY)), MEALS),
    ("a monitored home, in vocational school", child("seventeen", **home(Means.MONITORED)), {"rain_dew"}),
    ("a monitored home, at senior high school", child("seventeen", stage="senior", **home(Means.MONITORED)), set()),
    (
        "no means, father dead, mother in prison for two years, fifteen",
        child("fifteen", father=dead(), mother=unable(PRISON), **POOR),
        MEALS | {"minimum_living", "unsupported_allowance"},  # 民发〔2021〕43号: not as destitute beside it
    ),
    (
        "no means, father in prison since last month, mother dead, fifteen: destitute, and not yet unsupported",
        child("fifteen", father=unable(PRISON, LAST_MONTH), mother=dead(), **POOR),
        MEALS | {"minimum_living", "destitute_support"},
    ),
    (
        "the same at seventeen",
        child("seventeen", father=dead(), mother=unable(PRISON), **POOR),
        {"minimum_living", "unsupported_allowance"},
    ),
    # her health
    ("deaf, five", child("five", **disability(DisabilityKind.HEARING, 2)), {"rehabilitation"}),
    ("deaf, eleven", child(**disability(DisabilityKind.HEARING, 2)), MEALS),
    ("mental disability, five", child("five", **disability(DisabilityKind.MENTAL, 2)), set()),
    (
        "disability of level 1 and long-term care",
        child(**disability(DisabilityKind.INTELLECTUAL, 1, NEEDS_CARE)),
        MEALS | {"disability_care"},
    ),
    ("disability of level 3 and long-term care", child(**disability(DisabilityKind.LIMB, 3, NEEDS_CARE)), MEALS),
    (
        "disability of level 3 in a home with the allowance",
        child(**disability(DisabilityKind.LIMB, 3), **ALLOWANCE),
        MEALS | {"minimum_living", "disability_living", "medical_aid", "day_subsidy"},
    ),
    ("HIV infection", child(grounds=(GroundFacts(Ground.INFECTED, Span(LONG_AGO)),)), MEALS | {"hiv_allowance"}),
]  # fmt: skip


@pytest.mark.parametrize(("case", "facts", "expected"), CASES, ids=[one[0] for one in CASES])
def test_what_a_child_may_qualify_for(case, facts, expected):
    found = entitlements_of(facts, {}, on=ON)

    assert {one.benefit.code for one in found if one.may_qualify} == expected


@pytest.mark.parametrize(
    ("born_on", "expected"),
    [
        (date(2008, 3, 13), True),
        (date(2008, 3, 12), False),
    ],
    ids=["eighteen tomorrow", "eighteen today"],
)
def test_the_orphans_allowance_ends_with_the_eighteenth_birthday(born_on, expected):
    facts = child("seventeen", father=dead(), mother=dead(), born_on=born_on)

    assert ("orphan_allowance" in may_qualify(facts)) is expected


def test_an_orphan_who_studies_at_eighteen_may_have_the_studies_paid():
    born_on = date(2008, 3, 12)
    orphan = child("seventeen", father=dead(), mother=dead(), born_on=born_on)
    late_orphan = child("seventeen", father=dead(), mother=dead(date(2026, 3, 12)), born_on=born_on)

    assert "orphan_studies" in may_qualify(orphan)
    assert "orphan_studies" not in may_qualify(late_orphan)


def may_qualify(facts, on=ON):
    return {one.benefit.code for one in entitlements_of(facts, {}, on=on) if one.may_qualify}


def test_a_day_is_judged_by_the_rule_of_that_day():
    """Guardianship revoked by a court counts since 2021 (民发〔2020〕125号)."""
    facts = child(father=dead(date(2019, 1, 1)), mother=unable(IncapacityReason.REVOKED, date(2019, 1, 1)))

    found = {day: _one(facts, "unsupported_allowance", day) for day in (date(2020, 6, 1), date(2021, 6, 1))}

    assert {day: (one.may_qualify, one.rule.version) for day, one in found.items()} == {
        date(2020, 6, 1): (False, 1),
        date(2021, 6, 1): (True, 2),
    }


def _one(facts, code, on=ON):
    return next(one for one in entitlements_of(facts, {}, on=on) if one.benefit.code == code)


def test_before_its_first_rule_nobody_qualifies():
    found = _one(
        child(father=dead(date(2005, 1, 1)), mother=dead(date(2005, 1, 1))), "orphan_allowance", date(2009, 1, 1)
    )

    assert (found.may_qualify, found.rule, found.reasons()) == (False, None, [])


def test_each_fact_stands_in_a_sentence():
    half = child(father=dead(), mother=lost(LAST_MONTH))

    with override("en"):
        found = [(one.word, one.holds, one.words) for one in _one(half, "unsupported_allowance").reasons()]

    assert found == [
        ("under", True, "Born on 2014-06-01, so under 18."),
        (
            "unsupported",
            False,
            "Father: died on 2024-03-01. Mother: out of contact since 2026-02-12. "
            "A sentence and lost contact count from 6 months.",
        ),
    ]


def test_a_countys_own_amount_stands_over_its_provinces():
    allowance = benefits()["orphan_allowance"]

    liuzhi = allowance.amounts_in("520203100201", SchoolStage.PRIMARY, on=ON)
    suiyang = allowance.amounts_in("520323100201", SchoolStage.PRIMARY, on=ON)

    assert ([(one.yuan, one.words.en) for one in liuzhi], suiyang) == (
        [(800, "in the community"), (1300, "in an institution")],
        [],
    )


def test_a_pupil_is_told_the_amount_of_her_school():
    subsidy = benefits()["boarding_subsidy"]

    assert [one.yuan for one in subsidy.amounts_in("520323100201", SchoolStage.JUNIOR, on=ON)] == [1250]


def test_an_areas_own_rule_stands_over_the_countrys():
    narrow = {"version": 2, "from": date(2025, 1, 1), "source": "县", "area": "520323", "needs": [{"under": 15}]}
    wide = {"version": 1, "from": date(2018, 10, 1), "source": "国", "needs": [{"under": 7}]}
    row = {
        "zh": "康复",
        "en": "care",
        "department": "disabled_federation",
        "answer_days": 10,
        "papers": [],
        "steps": [],
    }
    benefit = read_benefits({"x": row | {"rules": [wide, narrow]}})["x"]

    asked = [("520323100201", ON), ("520327100201", ON), ("520323100201", date(2024, 1, 1))]

    assert [benefit.rule(code, on=day).version for code, day in asked] == [2, 1, 1]


def test_every_benefit_says_who_does_what_and_where_its_rules_come_from():
    for benefit in benefits().values():
        assert benefit.steps, benefit.code
        assert [rule.version for rule in benefit.rules] == list(range(1, len(benefit.rules) + 1)), benefit.code
        assert all(rule.source for rule in benefit.rules), benefit.code


def test_hiv_alone_is_confidential():
    assert [one.code for one in benefits().values() if one.is_confidential] == ["hiv_allowance"]
