"""What of a child's file labels and benefits ask for. Plain values: nothing here reads the database."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from itertools import chain

from children.enums import (
    OF_A_DISABILITY,
    CareKind,
    DisabilityKind,
    Ground,
    Hukou,
    IncapacityReason,
    Means,
    SchoolStage,
)


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last one of that month: 31 August and six months is 28 February."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@dataclass(frozen=True, slots=True)
class Span:
    """From a day until a day, which is the first on which it no longer holds."""

    since: date
    until: date | None = None

    def holds(self, on: date) -> bool:
        return self.since <= on and (self.until is None or on < self.until)

    def lasts(self, months: int, *, on: date) -> bool:
        """So long until `on`, or by the day that is known for its end."""
        return months_after(self.since, months) <= (self.until or on)


@dataclass(frozen=True, slots=True)
class ParentFacts:
    """A father or a mother; one whom the file does not name is not `known`. `stays`: where, and when, she was away."""

    known: bool = False
    died_on: date | None = None
    missing_since: date | None = None
    declared_missing_on: date | None = None
    unable: tuple[tuple[IncapacityReason, Span], ...] = ()
    stays: tuple[tuple[str, Span], ...] = ()
    name: str = ""


@dataclass(frozen=True, slots=True)
class GroundFacts:
    kind: Ground
    span: Span
    disability: DisabilityKind | None = None
    level: int = 0


@dataclass(frozen=True, slots=True)
class CareFacts:
    """Who looks after a child, and how well; nobody when it is nobody."""

    kind: CareKind
    span: Span
    carer: ParentFacts | None = None


@dataclass(frozen=True, slots=True)
class HukouFacts:
    """A hukou until a day; the present one has no end."""

    hukou: Hukou
    county: str = ""
    place: str = ""
    until: date | None = None


@dataclass(frozen=True, slots=True)
class ChildFacts:
    """`grown_ups`: of the family, those who live in the child's home."""

    born_on: date
    village_code: str
    school_stage: SchoolStage
    is_boarding: bool
    father: ParentFacts
    mother: ParentFacts
    means: tuple[tuple[Means, Span], ...] = ()
    grounds: tuple[GroundFacts, ...] = ()
    hukou: tuple[HukouFacts, ...] = ()
    lives_here_since: date | None = None
    care: tuple[CareFacts, ...] = ()
    grown_ups: tuple[ParentFacts, ...] = ()

    def hukou_on(self, on: date) -> HukouFacts:
        """Of those that ended after that day the first to end, else the present one."""
        later = sorted((one for one in self.hukou if one.until and one.until > on), key=lambda one: one.until or on)
        present = (one for one in self.hukou if one.until is None)
        return next(chain(later, present), HukouFacts(Hukou.NONE))


def written(disability: DisabilityKind | str, level: int, certificate: str = "") -> str:
    """The particulars of a disability as ChildGround seals them: `kind:level`, or `kind:level:certificate`. Diagnosed: level 0."""
    return ":".join([f"{disability}:{level}", *([certificate] if certificate else [])])


def ground_facts(kind: str, particulars: str, span: Span) -> GroundFacts:
    """The particulars of an illness are its name in words, which no rule asks for."""
    if kind not in OF_A_DISABILITY or not particulars:
        return GroundFacts(Ground(kind), span)
    disability, level, *_certificate = particulars.split(":", 2)
    return GroundFacts(Ground(kind), span, DisabilityKind(disability), int(level or 0))
