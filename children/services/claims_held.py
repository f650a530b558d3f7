"""How far children are with their benefits, as a village's phone holds it: by the list of the unclaimed and the applications.

No rule is judged here: what a child may qualify for is what the last working out found, with every step noted since.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from ccmp.people.models import User
from children.enums import EntitlementState
from children.models import Application, Child, Unclaimed
from children.rules.answers import AnswerClock, answer_clock
from children.rules.benefits import Benefit, benefits
from children.rules.entitlements import UNCLAIMED
from children.services.answers import notice_of
from children.services.take_up_list import STATES


@dataclass(frozen=True)
class Claim:
    """One benefit of one child. `qualifies`: by the last working out, and not received."""

    code: str
    state: EntitlementState
    since: date
    qualifies: bool
    answer: str = ""

    @property
    def mark(self) -> str:
        return STATES[self.state]

    @property
    def is_unclaimed(self) -> bool:
        return self.qualifies and self.state in UNCLAIMED

    @property
    def is_applied(self) -> bool:
        return self.state == EntitlementState.APPLIED

    @property
    def is_received(self) -> bool:
        return self.state == EntitlementState.RECEIVING


@dataclass(frozen=True)
class ClaimShown:
    """A claim on a day, beside the child whose it is."""

    child: Child
    claim: Claim
    on: date
    clock: AnswerClock | None = None  # while it waits for the office's answer


def open_to_the_village() -> list[Benefit]:
    """What a village may hear of at all."""
    return [one for one in benefits().values() if not one.is_confidential]


def claims_of(children: Iterable[UUID] | Any) -> Mapping[UUID, list[Claim]]:
    """By child, in the order of the benefits. Two queries, however many they are."""
    wanted = {one.code for one in open_to_the_village()}
    found: dict[UUID, dict[str, Claim]] = defaultdict(dict)
    rows = Unclaimed.objects.filter(child__in=children).values_list("child_id", "benefit", "state", "since")
    for child_id, code, state, since in rows:
        found[child_id][code] = Claim(code, EntitlementState(state), since, qualifies=True)
    applications = Application.objects.filter(child__in=children).order_by("applied_on", "recorded_at", "id")
    for one in applications.only("child_id", "benefit", "state", "since", "answer"):
        if one.benefit in wanted:
            qualifies = one.benefit in found[one.child_id]
            claim = Claim(one.benefit, EntitlementState(one.state), one.since, qualifies, one.answer)
            found[one.child_id][one.benefit] = claim
    return {child_id: [held[code] for code in benefits() if code in held] for child_id, held in found.items()}


def shown_with_clocks(claims: Iterable[tuple[Child, Claim]], *, on: date) -> list[ClaimShown]:
    """One query for the calendar, none where nothing waits."""
    held = list(claims)
    notice = notice_of((claim.since for _child, claim in held if claim.is_applied), until=on)
    return [ClaimShown(child, claim, on, _clock(claim, on=on, notice=notice)) for child, claim in held]


def _clock(claim: Claim, *, on: date, notice: Mapping[date, str]) -> AnswerClock | None:
    if not claim.is_applied:
        return None
    return answer_clock(claim.since, benefits()[claim.code].answer_days, on=on, notice=notice)


def unclaimed_in_the_village(user: User, *, on: date) -> Sequence[ClaimShown]:
    """What the children of her register may claim and do not receive, the longest waiting first. Four queries."""
    children = list(Child.objects.visible_to(user).in_register(on=on).select_related("household"))
    held = claims_of([child.id for child in children])
    gaps = ((child, one) for child in children for one in held.get(child.id, ()) if one.is_unclaimed)
    return sorted(
        shown_with_clocks(gaps, on=on),
        key=lambda one: (one.claim.since, one.child.name, str(one.child.id), one.claim.code),
    )
