"""What a child may qualify for on a day, by which rule and which facts, and how far she is with it. Never a decision."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from children.enums import ApplicationState, EntitlementState
from children.models import Application, ApplicationMove
from children.rules.benefits import Amount, Benefit, Rule, Step, benefits
from children.rules.child_facts import ChildFacts
from children.rules.conditions import Condition

UNCLAIMED = (
    EntitlementState.MAY_QUALIFY,
    EntitlementState.APPLIED,
    EntitlementState.REFUSED,
    EntitlementState.ENDED,
)


@dataclass(frozen=True)
class Fact:
    """One condition of a rule: does it hold, in a sentence."""

    word: str
    condition: Condition
    holds: bool
    facts: ChildFacts
    on: date

    @property
    def words(self) -> str:
        return self.condition.words(self.facts, on=self.on)


@dataclass(frozen=True)
class AppliedFor:
    """The last application for a benefit, as it stood on a day."""

    state: ApplicationState
    since: date
    applied_on: date
    answer: str = ""


@dataclass(frozen=True)
class Entitlement:
    """A child and a benefit on a day. `may_qualify` is by the facts alone; `state` says how far the application is."""

    benefit: Benefit
    rule: Rule | None
    may_qualify: bool
    facts: ChildFacts
    application: AppliedFor | None
    on: date

    @property
    def state(self) -> EntitlementState:
        if self.application:
            return EntitlementState(self.application.state.value)
        return EntitlementState.MAY_QUALIFY if self.may_qualify else EntitlementState.NOT_ELIGIBLE

    @property
    def is_unclaimed(self) -> bool:
        """She may qualify, and does not receive it: the gap."""
        return self.may_qualify and self.state in UNCLAIMED

    @property
    def waits_for_answer(self) -> bool:
        return self.state == EntitlementState.APPLIED

    @property
    def waiting_days(self) -> int:
        """Since it was applied for."""
        return (self.on - self.application.applied_on).days if self.application and self.waits_for_answer else 0

    @property
    def next_step(self) -> Step | None:
        """The family's or the village's while nobody applied, then the one that follows."""
        if self.state == EntitlementState.RECEIVING or not (self.may_qualify or self.waits_for_answer):
            return None
        return self.benefit.steps[1 if self.waits_for_answer and len(self.benefit.steps) > 1 else 0]

    @property
    def amounts(self) -> list[Amount]:
        return self.benefit.amounts_in(self.facts.village_code, self.facts.school_stage, on=self.on)

    def reasons(self) -> list[Fact]:
        if self.rule is None:
            return []
        return [
            Fact(word, condition, condition.holds(self.facts, on=self.on), self.facts, self.on)
            for word, condition in self.rule.needs
        ]


def entitlement(benefit: Benefit, facts: ChildFacts, applied: AppliedFor | None = None, *, on: date) -> Entitlement:
    rule = benefit.rule(facts.village_code, on=on)
    may = rule is not None and all(condition.holds(facts, on=on) for _word, condition in rule.needs)
    return Entitlement(benefit, rule, may, facts, applied, on)


def entitlements_of(
    facts: ChildFacts,
    applied: dict[str, AppliedFor],
    *,
    on: date,
    among: Iterable[Benefit] | None = None,
) -> list[Entitlement]:
    """Each benefit for a child on a day; `applied` maps codes to the last application."""
    asked = benefits().values() if among is None else among
    return [entitlement(one, facts, applied.get(one.code), on=on) for one in asked]


def applied_on_day(
    applications: Iterable[Application], moves: dict[object, Sequence[ApplicationMove]], *, on: date
) -> dict[str, AppliedFor]:
    """The last application for each benefit as it stood on a day. `moves`: those of each application, in their order."""
    found: dict[str, AppliedFor] = {}
    for one in sorted(applications, key=lambda row: (row.applied_on, row.recorded_at, row.id)):
        if one.applied_on > on:
            continue
        state, since, answer = ApplicationState.APPLIED, one.applied_on, ""
        for move in moves.get(one.id, ()):
            if move.on <= on:
                state, since, answer = ApplicationState(move.went_to), move.on, move.why
        found[one.benefit] = AppliedFor(state, since, one.applied_on, answer)
    return found
