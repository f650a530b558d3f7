"""What is true of labels whatever the family: for any invented facts, on any day."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from children.enums import ALERTS, BY_TERM, SEALED_LABELS, Ground, Hukou, LabelKind, LeftBy
from children.rules.child_facts import GroundFacts, HukouFacts, ParentFacts, Span
from children.rules.labels import ChildOnDay, labels_from
from children.rules.labels.concepts import CONCEPTS
from tests.factories import invented_facts

ON = invented_facts.ON
A_DAY = timedelta(days=1)
LONG_AGO = date(2020, 1, 1)
families = st.randoms(use_true_random=False).map(invented_facts.facts)
days = st.sampled_from([ON, ON - A_DAY, ON + A_DAY, date(2020, 6, 1), date(2024, 2, 29)]) | st.dates(
    date(2016, 3, 1), date(2027, 1, 1)
)
whatever = settings(max_examples=250, deadline=None)


def told(facts, on):
    return {kind: concept(ChildOnDay(facts, on)) for kind, concept in CONCEPTS.items()}


def able_again(parent: ParentFacts) -> ParentFacts:
    return replace(parent, unable=())


def at_home(parent: ParentFacts) -> ParentFacts:
    return replace(parent, stays=())


@whatever
@given(
    facts=families, on=days, better=st.sampled_from([able_again, at_home]), who=st.sampled_from(["father", "mother"])
)
def test_a_parent_who_can_again_or_comes_home_makes_no_child_left_behind(facts, on, better, who):
    before = told(facts, on)[LabelKind.LEFT_BEHIND]

    after = told(replace(facts, **{who: better(getattr(facts, who))}), on)[LabelKind.LEFT_BEHIND]

    assert before or not after


@whatever
@given(facts=families, on=days, who=st.sampled_from(["father", "mother"]))
def test_a_parent_who_can_again_leaves_no_child_less_supported(facts, on, who):
    worse = (LabelKind.UNSUPPORTED, LabelKind.DESTITUTE, LabelKind.GUARDIANSHIP_MISSING)
    before, after = told(facts, on), told(replace(facts, **{who: able_again(getattr(facts, who))}), on)

    assert all(before[kind] or not after[kind] for kind in worse)


def known_by(parent: ParentFacts, on: date) -> ParentFacts:
    """Without what came after: the term of a sentence was known when it began."""
    by = lambda day: day if day and day <= on else None  # noqa: E731
    ended = lambda span: span if span.until and span.until <= on else Span(span.since)  # noqa: E731
    return replace(
        parent,
        died_on=by(parent.died_on),
        missing_since=by(parent.missing_since),
        declared_missing_on=by(parent.declared_missing_on),
        unable=tuple((why, one if why in BY_TERM else ended(one)) for why, one in parent.unable if one.since <= on),
        stays=tuple((where, ended(one)) for where, one in parent.stays if one.since <= on),
    )


@whatever
@given(facts=families, on=days)
def test_labels_of_a_day_depend_on_no_fact_after_that_day(facts, on):
    ended = lambda span: span if span.until and span.until <= on else Span(span.since)  # noqa: E731
    by_then = replace(
        facts,
        father=known_by(facts.father, on),
        mother=known_by(facts.mother, on),
        grown_ups=tuple(known_by(one, on) for one in facts.grown_ups),
        means=tuple((kind, ended(one)) for kind, one in facts.means if one.since <= on),
        hukou=(replace(facts.hukou_on(on), until=None),),
        care=tuple(
            replace(one, span=ended(one.span), carer=one.carer and known_by(one.carer, on))
            for one in facts.care
            if one.span.since <= on
        ),
    )

    now, then = labels_from(ChildOnDay(facts, on)), labels_from(ChildOnDay(by_then, on))

    assert [(one.kind, one.holds, one.why, one.missing) for one in now] == [
        (one.kind, one.holds, one.why, one.missing) for one in then
    ]


@whatever
@given(facts=families, on=days)
def test_an_orphan_is_not_de_facto_unsupported_and_not_left_behind(facts, on):
    said = told(facts, on)

    assert not (said[LabelKind.ORPHAN] and (said[LabelKind.UNSUPPORTED] or said[LabelKind.LEFT_BEHIND]))


@whatever
@given(facts=families, on=days)
def test_who_is_left_behind_by_the_law_was_left_by_both_or_by_one_beside_one_who_cannot(facts, on):
    day = ChildOnDay(facts, on)
    if told(facts, on)[LabelKind.LEFT_BEHIND]:
        assert day.left_by != LeftBy.NONE
        assert day.left_by == LeftBy.BOTH or any(one.is_unable for one in day.parents if not one.is_away)


@whatever
@given(facts=families, on=days)
def test_orphans_and_the_unsupported_have_nobody_able_to_be_their_guardian(facts, on):
    said = told(facts, on)

    assert said[LabelKind.GUARDIANSHIP_MISSING] or not (said[LabelKind.ORPHAN] or said[LabelKind.UNSUPPORTED])


@whatever
@given(facts=families, on=days, chance=st.randoms(use_true_random=False), who=st.sampled_from(["father", "mother"]))
def test_what_is_said_while_a_parent_is_not_named_stays_so_once_she_is(facts, on, chance, who):
    """Nothing is concluded from a blank. Who is away is counted as far as it is known; an alert does not wait for names."""
    blank = replace(facts, **{who: ParentFacts()})
    said, later = told(blank, on), told(replace(facts, **{who: invented_facts.a_grown_up(chance)}), on)

    for kind in set(CONCEPTS) - {LabelKind.LEFT_BY_ONE, *ALERTS}:
        assert said[kind] is None or said[kind] == later[kind], kind


@whatever
@given(facts=families, on=days)
def test_what_is_not_known_is_missing_by_name(facts, on):
    for label in labels_from(ChildOnDay(facts, on)):
        assert bool(label.missing) == label.is_unknown


@whatever
@given(facts=families, on=days, sealed=st.lists(st.sampled_from(list(Ground)), max_size=4))
def test_who_may_not_see_health_is_told_the_same_whatever_lies_sealed(facts, on, sealed):
    ill = replace(facts, grounds=tuple(GroundFacts(kind, Span(LONG_AGO)) for kind in sealed))

    def read(one):
        labels = labels_from(ChildOnDay(one, on))
        return [(one.kind, one.holds, one.why, one.missing, one.is_kept_back) for one in labels]

    assert read(ill) == read(facts)
    assert all(holds is None for kind, holds, *_rest in read(ill) if kind in SEALED_LABELS)


@whatever
@given(facts=families, on=days)
def test_an_infection_makes_no_label_and_no_sentence(facts, on):
    infected = replace(facts, grounds=(GroundFacts(Ground.INFECTED, Span(LONG_AGO)),))

    def read(one):
        labels = labels_from(ChildOnDay(one, on), sees_health=True)
        return [(one.kind, one.holds, one.why, one.missing) for one in labels]

    assert read(infected) == read(facts)


# ── edges ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def left_by_both(born_on, *, until=None, **facts):
    away = ParentFacts(known=True, stays=(("广东东莞", Span(LONG_AGO, until)),))
    base = invented_facts.plain_facts(born_on)
    return replace(base, father=away, mother=away, **facts)


@pytest.mark.parametrize(
    ("born_on", "on", "holds"),
    [
        (date(2010, 3, 13), ON, True),
        (date(2010, 3, 12), ON, False),
        (date(2008, 2, 29), date(2024, 2, 28), True),
        (date(2008, 2, 29), date(2024, 2, 29), False),
        (date(2010, 2, 28), date(2026, 2, 27), True),
        (date(2010, 2, 28), date(2026, 2, 28), False),
    ],
)
def test_nobody_is_left_behind_from_the_sixteenth_birthday_on(born_on, on, holds):
    assert told(left_by_both(born_on), on)[LabelKind.LEFT_BEHIND] is holds


@pytest.mark.parametrize(
    ("on", "holds"), [(date(2022, 2, 28), True), (date(2022, 3, 1), False)], ids=["28 February", "1 March"]
)
def test_who_was_born_on_29_february_is_an_orphan_until_1_march_of_a_common_year(on, holds):
    dead = ParentFacts(known=True, died_on=LONG_AGO)
    orphan = replace(invented_facts.plain_facts(date(2004, 2, 29)), father=dead, mother=dead)

    assert told(orphan, on)[LabelKind.ORPHAN] is holds


def test_a_fact_that_ends_on_a_day_holds_no_more_on_that_day():
    facts = left_by_both(date(2014, 6, 1), until=ON)

    assert told(facts, ON - A_DAY)[LabelKind.LEFT_BEHIND] is True
    assert told(facts, ON)[LabelKind.LEFT_BEHIND] is False


def test_a_hukou_that_changes_on_a_day_is_the_new_one_on_that_day():
    facts = left_by_both(date(2014, 6, 1), hukou=(HukouFacts(Hukou.RURAL), HukouFacts(Hukou.URBAN, until=ON)))

    assert told(facts, ON - A_DAY)[LabelKind.LEFT_BEHIND] is False
    assert told(facts, ON)[LabelKind.LEFT_BEHIND] is True


@pytest.mark.parametrize(
    ("since", "on", "holds"),
    [
        (date(2025, 9, 12), ON, True),
        (date(2025, 9, 13), ON, False),
        (date(2025, 8, 31), date(2026, 2, 28), True),
        (date(2025, 8, 31), date(2026, 2, 27), False),
    ],
)
def test_lost_contact_counts_from_six_months_to_the_day(since, on, holds):
    dead, lost = ParentFacts(known=True, died_on=LONG_AGO), ParentFacts(known=True, missing_since=since)
    facts = replace(invented_facts.plain_facts(date(2014, 6, 1)), father=dead, mother=lost)

    assert told(facts, on)[LabelKind.UNSUPPORTED] is holds


@pytest.mark.parametrize(
    ("reason", "on", "holds"),
    [
        ("severe_disability", date(2019, 12, 31), False),
        ("severe_disability", date(2020, 1, 1), True),
        ("mental_disability", date(2020, 1, 1), True),
        ("revoked", date(2020, 12, 31), False),
        ("revoked", date(2021, 1, 1), True),
        ("deported", date(2020, 12, 31), False),
        ("deported", date(2021, 1, 1), True),
        ("other", date(2026, 1, 1), False),
    ],
)
def test_a_ground_counts_from_the_day_of_its_document(reason, on, holds):
    unable = ParentFacts(known=True, unable=((invented_facts.IncapacityReason(reason), Span(date(2018, 1, 1))),))
    facts = replace(invented_facts.plain_facts(date(2014, 6, 1)), father=unable, mother=unable)

    assert told(facts, on)[LabelKind.UNSUPPORTED] is holds
