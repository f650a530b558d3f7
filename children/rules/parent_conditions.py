"""What the rules of the benefits ask of a child's parents on a day, and what they say of them: see children/rules/parents.py."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from children.rules.child_facts import ChildFacts
from children.rules.parents import ParentOnDay, both_gone, counted_said, neither_is_able, neither_supports, parents_said

DAY = timedelta(days=1)


@dataclass(frozen=True)
class OfParents:
    """What a home's neighbours know as well: no fact of the child's health."""

    of_health = False

    def words(self, facts: ChildFacts, *, on: date) -> str:
        father, mother = parents_said(*parents_on(facts, on=on))
        return _("%(father)s %(mother)s") % {"father": father, "mother": mother}


@dataclass(frozen=True)
class Orphan(OfParents):
    """Both parents dead, or missing by the word of a court; with `before`, by the day on which she came to that age."""

    before: int = 0

    def holds(self, facts: ChildFacts, *, on: date) -> bool:
        day = min(on, _birthday(facts.born_on, self.before) - DAY) if self.before else on
        return both_gone(*parents_on(facts, on=day)) is True


@dataclass(frozen=True)
class NoSupporter(OfParents):
    """Neither parent is there and able."""

    def holds(self, facts: ChildFacts, *, on: date) -> bool:
        return neither_is_able(*parents_on(facts, on=on)) is True


@dataclass(frozen=True)
class Unsupported(OfParents):
    """De facto unsupported. Which grounds count since when, and how long they last, the standards say."""

    def holds(self, facts: ChildFacts, *, on: date) -> bool:
        return neither_supports(*parents_on(facts, on=on)) is True

    def words(self, facts: ChildFacts, *, on: date) -> str:
        return _("%(parents)s %(counted)s") % {"parents": super().words(facts, on=on), "counted": counted_said(on)}


@dataclass(frozen=True)
class GivesWay(OfParents):
    """What is not paid beside the allowance of an orphan, or of a child de facto unsupported: that one comes first."""

    to: tuple[str, ...]

    def _first(self, facts: ChildFacts, on: date) -> str | None:
        return next((name for name in self.to if BEFORE_OTHERS[name]().holds(facts, on=on)), None)

    def holds(self, facts: ChildFacts, *, on: date) -> bool:
        return self._first(facts, on) is None

    def words(self, facts: ChildFacts, *, on: date) -> str:
        first = self._first(facts, on)
        if first is None:
            return _("By the file no other allowance comes first.")
        said = {"parents": super().words(facts, on=on)}
        if first == "orphan":
            return _("%(parents)s So an orphan by the file: the orphan's allowance comes first.") % said
        return _("%(parents)s So de facto unsupported by the file: that allowance comes first.") % said


BEFORE_OTHERS: dict[str, type[Orphan] | type[Unsupported]] = {"orphan": Orphan, "unsupported": Unsupported}


def parents_on(facts: ChildFacts, *, on: date) -> tuple[ParentOnDay, ParentOnDay]:
    return ParentOnDay(facts.father, on), ParentOnDay(facts.mother, on)


def _birthday(born_on: date, years: int) -> date:
    """The first day on which `years_before` finds her that old: of who was born on 29 February, 1 March."""
    try:
        return born_on.replace(year=born_on.year + years)
    except ValueError:
        return born_on.replace(year=born_on.year + years, month=3, day=1)
