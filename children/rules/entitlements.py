"""What a child may qualify for on a day, by which rule and which facts, and how far she is with it. Never a decision."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from children.enums import ApplicationState, EntitlementState
from children.models import Application, ApplicationMove
from children.rules.benefits import Amount, Benefit, Rule, Step, StepOnTheWay, benefits
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
    """A child and a benefit on a day. `may_qualify` is by the facts alone; `state` says how far the application is.

    `of_home`: nobody applied for this child; that its home receives it was noted of the home.
    """

    benefit: Benefit
    rule: Rule | None
    may_qualify: bool
    facts: ChildFacts
    application: AppliedFor | None
    on: date
    of_home: bool = False

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
    def next_step(self) -> Step | None:
        """The family's or the village's while nobody applied, then the one that follows."""
        if self.state == EntitlementState.RECEIVING or not (self.may_qualify or self.waits_for_answer):
            return None
        return self.benefit.step_after_applying if self.waits_for_answer else self.benefit.steps[0]

    @property
    def way(self) -> list[StepOnTheWay]:
        """The whole way, with the next step marked; nothing where there is none to go."""
        if self.next_step is None:
            return []
        return self.benefit.way_applied if self.waits_for_answer else self.benefit.way

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


Counting = Sequence[tuple[Benefit, Rule | None]]  # benefits, and of each the rule that counts in a village on a day


def counting_in(village_code: str, *, on: date, among: Iterable[Benefit] | None = None) -> Counting:
    """Which rules count there: the same for every child of the village."""
    asked = benefits().values() if among is None else among
    return [(one, one.rule(village_code, on=on)) for one in asked]


def entitlements_of(
    facts: ChildFacts, applied: Mapping[str, AppliedFor], *, on: date, counting: Counting | None = None
) -> list[Entitlement]:
    """Each benefit for a child on a day; `applied` maps codes to the last application. `counting`: of the child's village."""
    asked = counting_in(facts.village_code, on=on) if counting is None else counting
    return [_entitlement(benefit, rule, facts, applied.get(benefit.code), on=on) for benefit, rule in asked]


def _entitlement(
    benefit: Benefit, rule: Rule | None, facts: ChildFacts, applied: AppliedFor | None, *, on: date
) -> Entitlement:
    of_home = _of_home(benefit, facts, applied, on=on) if facts.means else None
    may_qualify = rule is not None and _holds(rule, facts, on)
    return Entitlement(benefit, rule, may_qualify, facts, of_home or applied, on, of_home is not None)


def _holds(rule: Rule, facts: ChildFacts, on: date) -> bool:
    """Condition by condition up to the first that does not hold. Thirteen million times a night: so no generator."""
    for _word, condition in rule.needs:  # noqa: SIM110
        if not condition.holds(facts, on=on):
            return False
    return True


def _of_home(benefit: Benefit, facts: ChildFacts, applied: AppliedFor | None, *, on: date) -> AppliedFor | None:
    """What was noted of the home tells of each of its children, until a later step of one of them says otherwise."""
    since = next((span.since for kind, span in facts.means if kind == benefit.received_as and span.holds(on)), None)
    if since is None or (applied and (applied.state == ApplicationState.RECEIVING or applied.since >= since)):
        return None
    return AppliedFor(ApplicationState.RECEIVING, since, since)


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
