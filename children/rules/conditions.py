"""What a rule of the benefits may ask of a child's facts on a day: does it hold, and the sentence that says so."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from django.utils.translation import gettext as _

from children.enums import OF_A_DISABILITY, DisabilityKind, Ground, Means, SchoolStage
from children.models import years_before
from children.rules.child_facts import ChildFacts, GroundFacts, Span
from children.rules.parent_conditions import GivesWay, NoSupporter, Orphan, Unsupported


class Condition(Protocol):
    """`of_health` says that its sentence tells of the child's health."""

    @property
    def of_health(self) -> bool: ...

    def holds(self, facts: ChildFacts, *, on: date) -> bool: ...

    def words(self, facts: ChildFacts, *, on: date) -> str: ...


@dataclass(frozen=True)
class Plain:
    of_health = False


@dataclass(frozen=True)
class Under(Plain):
    years: int

    def holds(self, facts: ChildFacts, *, on: date) -> bool:
        return facts.born_on > years_before(on, self.years)

    def words(self, facts: ChildFacts, *, on: date) -> str:
        asked = {"day": facts.born_on, "years": self.years}
        if self.holds(facts, on=on):
            return _("Born on %(day)s, so under %(years)s.") % asked
        return _("Born on %(day)s, so %(years)s or older.") % asked


@dataclass(frozen=True)
class FromAge(Under):
    def holds(self, facts: ChildFacts, *, on: date) -> bool:
        return not super().holds(facts, on=on)

    def words(self, facts: ChildFacts, *, on: date) -> str:
        asked = {"day": facts.born_on, "years": self.years}
        if self.holds(facts, on=on):
            return _("Born on %(day)s, so %(years)s or older.") % asked
        return _("Born on %(day)s, so under %(years)s.") % asked


@dataclass(frozen=True)
class AtSchool(Plain):
    stages: tuple[SchoolStage, ...]

    def holds(self, facts: ChildFacts, *, on: date) -> bool:
        return facts.school_stage in self.stages

    def words(self, facts: ChildFacts, *, on: date) -> str:
        return _("School, by the file: %(stage)s.") % {"stage": facts.school_stage.label}


@dataclass(frozen=True)
class Boards(Plain):
    boards: bool

    def holds(self, facts: ChildFacts, *, on: date) -> bool:
        return facts.is_boarding == self.boards

    def words(self, facts: ChildFacts, *, on: date) -> str:
        return _("Boards at school.") if facts.is_boarding else _("Does not board at school.")


@dataclass(frozen=True)
class InArea(Plain):
    prefixes: tuple[str, ...]

    def holds(self, facts: ChildFacts, *, on: date) -> bool:
        return facts.village_code.startswith(self.prefixes)

    def words(self, facts: ChildFacts, *, on: date) -> str:
        if self.holds(facts, on=on):
            return _("The village lies in an area that takes part.")
        return _("The village does not lie in an area that takes part.")


@dataclass(frozen=True)
class OfMeans(Plain):
    """One of these holds for the home; with `months`, it began no longer ago than that."""

    kinds: tuple[Means, ...]
    months: int = 0

    def _found(self, facts: ChildFacts, on: date) -> tuple[Means, Span] | None:
        for kind, span in facts.means:
            fresh = not self.months or not span.lasts(self.months, on=on)
            if kind in self.kinds and span.holds(on) and fresh:
                return kind, span
        return None

    def holds(self, facts: ChildFacts, *, on: date) -> bool:
        return self._found(facts, on) is not None

    def words(self, facts: ChildFacts, *, on: date) -> str:
        found = self._found(facts, on)
        if found:
            return _("%(means)s, noted since %(since)s.") % {"means": found[0].label, "since": found[1].since}
        asked = _("; ").join(str(kind.label) for kind in self.kinds)
        return _("Not noted of the home: %(means)s.") % {"means": asked}


@dataclass(frozen=True)
class HasGround:
    kind: Ground
    of_health = True

    def _found(self, facts: ChildFacts, on: date) -> GroundFacts | None:
        return next((one for one in facts.grounds if one.kind == self.kind and one.span.holds(on)), None)

    def holds(self, facts: ChildFacts, *, on: date) -> bool:
        return self._found(facts, on) is not None

    def words(self, facts: ChildFacts, *, on: date) -> str:
        found = self._found(facts, on)
        if found:
            return _("%(ground)s, noted since %(since)s.") % {"ground": self.kind.label, "since": found.span.since}
        return _("Not noted of the child: %(ground)s.") % {"ground": self.kind.label}


@dataclass(frozen=True)
class Disabled(HasGround):
    """A disability of one of these levels and kinds; none named is any. A diagnosis counts where no certificate is asked."""

    kind: Ground = Ground.DISABILITY
    levels: tuple[int, ...] = ()
    kinds: tuple[DisabilityKind, ...] = ()
    certificate: bool = True

    def _found(self, facts: ChildFacts, on: date) -> GroundFacts | None:
        counting = (Ground.DISABILITY,) if self.certificate else OF_A_DISABILITY
        for one in facts.grounds:
            fits = (not self.levels or one.level in self.levels) and (not self.kinds or one.disability in self.kinds)
            if one.kind in counting and one.span.holds(on) and fits:
                return one
        return None

    def words(self, facts: ChildFacts, *, on: date) -> str:
        found = self._found(facts, on)
        if found and found.disability:
            said = {"kind": found.disability.label, "level": found.level, "since": found.span.since}
            if found.kind == Ground.DIAGNOSED:
                return _("Disability: %(kind)s, by a hospital's diagnosis of %(since)s, no certificate yet.") % said
            return _("Disability: %(kind)s, level %(level)s, certificate since %(since)s.") % said
        if self.levels:
            asked = _(" or ").join(str(level) for level in self.levels)
            return _("No disability of level %(levels)s is noted.") % {"levels": asked}
        return _("No disability of the kinds that count is noted.")


@dataclass(frozen=True)
class AnyOf:
    conditions: tuple[Condition, ...]

    @property
    def of_health(self) -> bool:
        return any(one.of_health for one in self.conditions)

    def holds(self, facts: ChildFacts, *, on: date) -> bool:
        return any(one.holds(facts, on=on) for one in self.conditions)

    def words(self, facts: ChildFacts, *, on: date) -> str:
        held = [one for one in self.conditions if one.holds(facts, on=on)]
        return " ".join(one.words(facts, on=on) for one in held or self.conditions)


def _means(asked: Any) -> OfMeans:
    """A list of kinds, or {of: kinds, months: n}."""
    kinds, months = (asked["of"], asked["months"]) if isinstance(asked, Mapping) else (asked, 0)
    return OfMeans(tuple(Means(one) for one in kinds), months)


def _disabled(asked: Mapping[str, Any]) -> Disabled:
    kinds = tuple(DisabilityKind(one) for one in asked.get("kinds", ()))
    return Disabled(levels=tuple(asked.get("levels", ())), kinds=kinds, certificate=asked.get("certificate", True))


def read_condition(line: Mapping[str, Any]) -> tuple[str, Condition]:
    """A line of a rule's `needs`: its one word and what it asks for. Raises KeyError for an unknown word."""
    ((word, asked),) = line.items()
    return word, WORDS[word](asked)


WORDS: dict[str, Callable[[Any], Condition]] = {
    "under": Under,
    "from_age": FromAge,
    "stage": lambda asked: AtSchool(tuple(SchoolStage(one) for one in asked)),
    "boards": Boards,
    "area": lambda asked: InArea(tuple(asked)),
    "means": _means,
    "orphan": lambda asked: Orphan(**asked),
    "no_supporter": lambda _asked: NoSupporter(),
    "unsupported": lambda asked: Unsupported(**asked),
    "gives_way_to": lambda asked: GivesWay(tuple(asked)),
    "disability": _disabled,
    "needs_care": lambda _asked: HasGround(Ground.NEEDS_CARE),
    "illness": lambda _asked: HasGround(Ground.ILLNESS),
    "infected": lambda _asked: HasGround(Ground.INFECTED),
    "any": lambda asked: AnyOf(tuple(read_condition(line)[1] for line in asked)),
}
