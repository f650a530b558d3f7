"""A father or mother on a day, and what follows from the two of them: benefits and labels stand on these same rules."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ccmp.places.rules.standards import values_on
from children.enums import BY_TERM, HELD_ELSEWHERE, IncapacityReason
from children.rules.child_facts import ParentFacts, Span
from children.rules.not_known import Known, all_of, any_of, not_so

UNSUPPORTED = "register.unsupported_months."
LOST_CONTACT = "lost_contact"


@dataclass(frozen=True)
class Stay:
    since: date
    until: date | None
    where: str


@dataclass(frozen=True)
class Inability:
    """A time without guardianship capacity, and why."""

    reason: IncapacityReason
    since: date
    until: date | None

    def get_reason_display(self) -> str:
        return str(self.reason.label)


@dataclass(frozen=True)
class ParentOnDay:
    """One parent as the file has her or him on a day; `known` is false when the file names nobody."""

    facts: ParentFacts
    on: date

    @property
    def known(self) -> bool:
        return self.facts.known

    @property
    def name(self) -> str:
        return self.facts.name

    @property
    def dead(self) -> bool:
        return _by(self.facts.died_on, self.on)

    @property
    def missing(self) -> bool:
        return _by(self.facts.missing_since, self.on) or self.declared

    @property
    def declared(self) -> bool:
        """Missing, as declared by a court."""
        return _by(self.facts.declared_missing_on, self.on)

    @cached_property
    def away(self) -> Stay | None:
        holding = (one for one in self.facts.stays if one[1].holds(self.on))
        return next((Stay(span.since, span.until, where) for where, span in holding), None)

    @cached_property
    def incapacities(self) -> list[Inability]:
        return [Inability(why, span.since, span.until) for why, span in self.facts.unable if span.holds(self.on)]

    @property
    def incapacity(self) -> Inability | None:
        return next(iter(self.incapacities), None)

    @property
    def is_unable(self) -> bool:
        return self.dead or self.missing or bool(self.incapacities)

    @property
    def is_away(self) -> bool:
        return self.away is not None and not self.dead and not self.missing

    @property
    def is_gone(self) -> bool:
        """Dead, or missing by the word of a court: what makes an orphan when both are so."""
        return self.dead or self.declared

    @property
    def is_here(self) -> bool:
        """Alive and at home; not in prison, not deported."""
        held = any(one.reason in HELD_ELSEWHERE for one in self.incapacities)
        return not (self.dead or self.missing or self.is_away or held)

    @property
    def is_in_need(self) -> bool:
        """One of the grounds of 民发〔2019〕62号 and 〔2020〕125号 that count on this day."""
        months = values_on(UNSUPPORTED, on=self.on)
        lost = self.facts.missing_since
        if lost and lost <= self.on and LOST_CONTACT in months and Span(lost).lasts(months[LOST_CONTACT], on=self.on):
            return True
        return any(self._counts(one, months) for one in self.incapacities)

    def _counts(self, one: Inability, months: Mapping[str, int]) -> bool:
        if one.reason not in months:
            return False
        return Span(one.since, one.until).lasts(months[one.reason], on=self.on)

    def said(self) -> str:
        """What decides, in words."""
        if not self.known:
            return _("not named in the file")
        if self.dead:
            return _("died on %(day)s") % {"day": self.facts.died_on}
        said = [one for one in (self._lost_said(), self._away_said(), *self._unable_said()) if one]
        return _("; ").join(said) or _("alive, and able by the file")

    def _lost_said(self) -> str:
        if self.declared:
            return _("declared missing by a court on %(day)s") % {"day": self.facts.declared_missing_on}
        return _("out of contact since %(day)s") % {"day": self.facts.missing_since} if self.missing else ""

    def _away_said(self) -> str:
        if self.away is None or self.missing:
            return ""
        said = {"day": self.away.since, "where": self.away.where}
        if self.away.where:
            return _("away for work since %(day)s (%(where)s)") % said
        return _("away for work since %(day)s") % said

    def _unable_said(self) -> list[str]:
        return [_unable_said(one) for one in self.incapacities]


def _unable_said(one: Inability) -> str:
    said = {"reason": one.get_reason_display(), "day": one.since, "until": one.until}
    if one.until and one.reason in BY_TERM:
        return _("%(reason)s since %(day)s, until %(until)s") % said
    return _("%(reason)s since %(day)s") % said


def _by(day: date | None, on: date) -> bool:
    return day is not None and day <= on


def _of_each(parents: Sequence[ParentOnDay], said: Callable[[ParentOnDay], bool]) -> list[Known]:
    """What is said of each; of one whom the file does not name nothing is."""
    return [said(one) if one.known else None for one in parents]


def both_gone(*parents: ParentOnDay) -> Known:
    """孤儿 while under 18: both dead, or missing by the word of a court, in any mix."""
    return all_of(*_of_each(parents, lambda one: one.is_gone))


def neither_supports(*parents: ParentOnDay) -> Known:
    """事实无人抚养 while under 18: both in need of others, or one gone and the other so; both gone is an orphan."""
    weak = all_of(*_of_each(parents, lambda one: one.is_gone or one.is_in_need))
    return all_of(weak, not_so(both_gone(*parents)))


def neither_is_able(*parents: ParentOnDay) -> Known:
    """No supporter, or none who can (国发〔2016〕14号)."""
    return all_of(*_of_each(parents, lambda one: one.is_unable))


def nobody_left(*parents: ParentOnDay) -> Known:
    """Both away for work, or one away and the other unable, dead or missing (国发〔2016〕13号, ADR 0009)."""
    father_away, mother_away = _of_each(parents, lambda one: one.is_away)
    father_unable, mother_unable = _of_each(parents, lambda one: one.is_unable)
    return any_of(
        all_of(father_away, mother_away), all_of(father_away, mother_unable), all_of(father_unable, mother_away)
    )


def a_parent_is_here(*parents: ParentOnDay) -> Known:
    return any_of(*_of_each(parents, lambda one: one.is_here))


def parents_said(father: ParentOnDay, mother: ParentOnDay) -> list[str]:
    return [_("Father: %(said)s.") % {"said": father.said()}, _("Mother: %(said)s.") % {"said": mother.said()}]


def counted_said(on: date) -> str:
    """From when a sentence and lost contact count on a day; before the first document nothing does."""
    months = values_on(UNSUPPORTED, on=on).get(LOST_CONTACT)
    if months is None:
        return _("On that day there was no such rule yet.")
    return ngettext(
        "A sentence and lost contact count from %(months)s month.",
        "A sentence and lost contact count from %(months)s months.",
        months,
    ) % {"months": months}
