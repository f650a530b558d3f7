"""What the rules of the benefits ask of a child's parents on a day, and what they say of them."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ccmp.moments import DAY
from children.enums import IncapacityReason
from children.rules.child_facts import ChildFacts, ParentFacts, Span


@dataclass(frozen=True)
class OfParents:
    """What a home's neighbours know as well: no fact of the child's health."""

    of_health = False


@dataclass(frozen=True)
class Orphan(OfParents):
    """Both parents dead; with `before`, by the day on which she came to that age."""

    before: int = 0

    def holds(self, facts: ChildFacts, *, on: date) -> bool:
        day = min(on, _birthday(facts.born_on, self.before) - DAY) if self.before else on
        return facts.father.is_dead(day) and facts.mother.is_dead(day)

    def words(self, facts: ChildFacts, *, on: date) -> str:
        return _parents_said(facts, on)


@dataclass(frozen=True)
class NoSupporter(OfParents):
    """Neither parent is there and able (国发〔2016〕14号: no supporter, or one who cannot)."""

    def holds(self, facts: ChildFacts, *, on: date) -> bool:
        return all(one.is_dead(on) or _is_missing(one, on) or _unable(one, on) for one in (facts.father, facts.mother))

    def words(self, facts: ChildFacts, *, on: date) -> str:
        return _parents_said(facts, on)


@dataclass(frozen=True)
class Unsupported(OfParents):
    """Both parents in need of others, or one dead and the other so; both dead is an orphan (民发〔2019〕62号).

    A sentence and lost contact count from `months`; `others`: reasons of the same weight, to be checked.
    """

    months: int
    others: bool = False

    def holds(self, facts: ChildFacts, *, on: date) -> bool:
        father, mother = facts.father, facts.mother
        if father.is_dead(on) and mother.is_dead(on):
            return False
        return all(one.is_dead(on) or self._counts(one, on) for one in (father, mother))

    def _counts(self, parent: ParentFacts, on: date) -> bool:
        if parent.missing_since and parent.missing_since <= on:
            return Span(parent.missing_since).lasts(self.months, on=on)
        return any(span.holds(on) and self._reason_counts(reason, span, on) for reason, span in parent.unable)

    def _reason_counts(self, reason: IncapacityReason, span: Span, on: date) -> bool:
        if reason == IncapacityReason.SERVING_SENTENCE:
            return span.lasts(self.months, on=on)
        return self.others or reason != IncapacityReason.OTHER

    def words(self, facts: ChildFacts, *, on: date) -> str:
        counted = ngettext(
            "A sentence and lost contact count from %(months)s month.",
            "A sentence and lost contact count from %(months)s months.",
            self.months,
        ) % {"months": self.months}
        return _("%(parents)s %(counted)s") % {"parents": _parents_said(facts, on), "counted": counted}


def _birthday(born_on: date, years: int) -> date:
    """The day on which she comes to that age; who was born on 29 February does so on the 28th."""
    try:
        return born_on.replace(year=born_on.year + years)
    except ValueError:
        return born_on.replace(year=born_on.year + years, day=28)


def _is_missing(parent: ParentFacts, on: date) -> bool:
    return parent.missing_since is not None and parent.missing_since <= on


def _unable(parent: ParentFacts, on: date) -> tuple[IncapacityReason, Span] | None:
    return next(((reason, span) for reason, span in parent.unable if span.holds(on)), None)


def _parents_said(facts: ChildFacts, on: date) -> str:
    father = _("Father: %(said)s.") % {"said": _parent_said(facts.father, on)}
    mother = _("Mother: %(said)s.") % {"said": _parent_said(facts.mother, on)}
    return _("%(father)s %(mother)s") % {"father": father, "mother": mother}


def _parent_said(parent: ParentFacts, on: date) -> str:
    if not parent.known:
        return _("not named in the file")
    if parent.is_dead(on):
        return _("died on %(day)s") % {"day": parent.died_on}
    if _is_missing(parent, on):
        return _("out of contact since %(day)s") % {"day": parent.missing_since}
    unable = _unable(parent, on)
    if unable:
        return _("%(reason)s since %(day)s") % {"reason": unable[0].label, "day": unable[1].since}
    return _("alive, and able by the file")
