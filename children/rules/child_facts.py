"""What of a child's file the rules of the benefits ask for. Plain values: nothing here reads the database."""

from dataclasses import dataclass
from datetime import date, timedelta

from children.enums import DisabilityKind, Ground, IncapacityReason, Means, SchoolStage

A_MONTH = timedelta(days=30.5)


@dataclass(frozen=True, slots=True)
class Span:
    """From a day until a day, which is the first on which it no longer holds."""

    since: date
    until: date | None = None

    def holds(self, on: date) -> bool:
        return self.since <= on and (self.until is None or on < self.until)

    def lasts(self, months: int, *, on: date) -> bool:
        """So long until `on`, or by the day that is known for its end."""
        return (self.until or on) - self.since >= months * A_MONTH


@dataclass(frozen=True, slots=True)
class ParentFacts:
    """A father or a mother; one whom the file does not name is not `known`."""

    known: bool = False
    died_on: date | None = None
    missing_since: date | None = None
    unable: tuple[tuple[IncapacityReason, Span], ...] = ()

    def is_dead(self, on: date) -> bool:
        return self.died_on is not None and self.died_on <= on


@dataclass(frozen=True, slots=True)
class GroundFacts:
    kind: Ground
    span: Span
    disability: DisabilityKind | None = None
    level: int = 0


@dataclass(frozen=True, slots=True)
class ChildFacts:
    born_on: date
    village_code: str
    school_stage: SchoolStage
    is_boarding: bool
    father: ParentFacts
    mother: ParentFacts
    means: tuple[tuple[Means, Span], ...] = ()
    grounds: tuple[GroundFacts, ...] = ()


def written(disability: DisabilityKind | str, level: int) -> str:
    """The particulars of a disability as ChildGround seals them."""
    return f"{disability}:{level}"


def ground_facts(kind: str, particulars: str, span: Span) -> GroundFacts:
    if not particulars:
        return GroundFacts(Ground(kind), span)
    disability, _colon, level = particulars.partition(":")
    return GroundFacts(Ground(kind), span, DisabilityKind(disability), int(level or 0))
