"""Each label as the law has it, asked of a child on a day: true, false, or not known from this file."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from ccmp.places.rules.standards import value, values_on
from children.enums import NO_MEANS, POOR, CareKind, Ground, Hukou, LabelKind, LeftBy, Means
from children.models import OF_AGE, STATUTORY_AGE, years_before
from children.rules import parents
from children.rules.child_facts import CareFacts, ChildFacts, GroundFacts, HukouFacts, Span, months_after
from children.rules.not_known import Known, all_of, any_of
from children.rules.parents import ParentOnDay

NOBODY_ABLE = (CareKind.NONE, CareKind.INCAPABLE_PARENT)


@dataclass(frozen=True)
class ChildOnDay:
    """A child's facts as they stood on a day."""

    facts: ChildFacts
    on: date

    @cached_property
    def father(self) -> ParentOnDay:
        return ParentOnDay(self.facts.father, self.on)

    @cached_property
    def mother(self) -> ParentOnDay:
        return ParentOnDay(self.facts.mother, self.on)

    @property
    def parents(self) -> tuple[ParentOnDay, ParentOnDay]:
        return self.father, self.mother

    @cached_property
    def hukou(self) -> HukouFacts:
        return self.facts.hukou_on(self.on)

    @cached_property
    def care(self) -> list[CareFacts]:
        return [one for one in self.facts.care if one.span.holds(self.on)]

    @property
    def carers(self) -> list[ParentOnDay]:
        return [ParentOnDay(one.carer, self.on) for one in self.care if one.carer]

    @property
    def is_without_care(self) -> bool:
        return any(one.kind == CareKind.NONE for one in self.care)

    @property
    def grown_ups(self) -> list[ParentOnDay]:
        return [ParentOnDay(one, self.on) for one in self.facts.grown_ups]

    def under(self, years: int) -> bool:
        return self.facts.born_on > years_before(self.on, years)

    def means(self, kinds: tuple[Means, ...]) -> list[tuple[Means, Span]]:
        return [one for one in self.facts.means if one[0] in kinds and one[1].holds(self.on)]

    def grounds(self, kind: Ground) -> list[GroundFacts]:
        return [one for one in self.facts.grounds if one.kind == kind and one.span.holds(self.on)]

    @property
    def left_by(self) -> LeftBy:
        away = sum(one.is_away for one in self.parents)
        return (LeftBy.NONE, LeftBy.ONE, LeftBy.BOTH)[away]

    def standard(self, name: str) -> int:
        return value(f"register.{name}", on=self.on)


def left_behind(day: ChildOnDay) -> Known:
    return all_of(day.hukou.hukou == Hukou.RURAL, day.under(STATUTORY_AGE), parents.nobody_left(*day.parents))


def left_by_both(day: ChildOnDay) -> Known:
    return all_of(*(one.is_away if one.known else None for one in day.parents))


def left_by_one(day: ChildOnDay) -> Known:
    """Of the other one it is enough that the file does not have her away."""
    if day.left_by == LeftBy.NONE and not all(one.known for one in day.parents):
        return None
    return day.left_by == LeftBy.ONE


def orphan(day: ChildOnDay) -> Known:
    return all_of(day.under(OF_AGE), parents.both_gone(*day.parents))


def unsupported(day: ChildOnDay) -> Known:
    is_a_rule_yet = bool(values_on(parents.UNSUPPORTED, on=day.on))
    return all_of(is_a_rule_yet, day.under(OF_AGE), parents.neither_supports(*day.parents))


def destitute(day: ChildOnDay) -> Known:
    """That a home has no means is a fact somebody noted; while nobody did, it is not known."""
    return all_of(day.under(STATUTORY_AGE), parents.neither_is_able(*day.parents), bool(day.means(NO_MEANS)) or None)


def poverty(day: ChildOnDay) -> Known:
    return day.under(OF_AGE) and bool(day.means(POOR))


def guardianship_missing(day: ChildOnDay) -> Known:
    """Nobody looks after the child, or a parent who cannot; or neither parent is there and able, whoever does meanwhile."""
    nobody_able = any(one.kind in NOBODY_ABLE for one in day.care)
    return all_of(day.under(OF_AGE), any_of(nobody_able, parents.neither_is_able(*day.parents)))


def of_ground(kind: Ground) -> Callable[[ChildOnDay], Known]:
    return lambda day: day.under(OF_AGE) and bool(day.grounds(kind))


def migrant(day: ChildOnDay) -> Known:
    """Registered nowhere is no hukou elsewhere. Where the county of the hukou is not written down, it is not known."""
    county, since = day.hukou.county, day.facts.lives_here_since
    elsewhere = county != day.facts.village_code[:6] if county else None
    long_enough = months_after(since, day.standard("migrant_months")) <= day.on if since else None
    return all_of(
        day.hukou.hukou != Hukou.NONE,
        day.under(STATUTORY_AGE),
        elsewhere,
        long_enough,
        parents.a_parent_is_here(*day.parents),
    )


def unattended(day: ChildOnDay) -> Known:
    """Nobody looks after the child, or who does is not there. A parent at home is somebody, while nobody says otherwise."""
    if day.is_without_care:
        return True
    if any(one.is_here for one in (*day.carers, *day.parents) if one.known):
        return False
    return True if day.care else None


def under_8_unattended(day: ChildOnDay) -> Known:
    return all_of(day.under(day.standard("unattended_under")), unattended(day))


def under_16_alone(day: ChildOnDay) -> Known:
    nobody_lives_in = not any(one.is_here for one in day.grown_ups)
    return all_of(day.under(day.standard("alone_under")), nobody_lives_in, unattended(day))


GROUNDS: dict[LabelKind, Ground] = {
    LabelKind.DISABILITY: Ground.DISABILITY,
    LabelKind.ILLNESS: Ground.ILLNESS,
    LabelKind.GUARDIANSHIP_IMPROPER: Ground.IMPROPER_CARE,
}
CONCEPTS: dict[LabelKind, Callable[[ChildOnDay], Known]] = {
    LabelKind.LEFT_BEHIND: left_behind,
    LabelKind.LEFT_BY_BOTH: left_by_both,
    LabelKind.LEFT_BY_ONE: left_by_one,
    LabelKind.ORPHAN: orphan,
    LabelKind.UNSUPPORTED: unsupported,
    LabelKind.DESTITUTE: destitute,
    LabelKind.POVERTY: poverty,
    LabelKind.GUARDIANSHIP_MISSING: guardianship_missing,
    LabelKind.MIGRANT: migrant,
    LabelKind.UNATTENDED: under_8_unattended,
    LabelKind.ALONE: under_16_alone,
    **{kind: of_ground(ground) for kind, ground in GROUNDS.items()},
}
OPEN_DIFFICULTIES = (LabelKind.POVERTY, LabelKind.GUARDIANSHIP_MISSING)
