"""A child's benefits beside its file: what it may qualify for and how far each is. On the phone a door to their page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from ccmp.moments import day_of
from ccmp.people.enums import VILLAGE_ROLES
from ccmp.people.models import User
from ccmp.refusals import permits
from children.enums import EntitlementState
from children.models import Child
from children.rules.answers import AnswerClock, answer_clock
from children.rules.claims import check_may_see_grounds, shown_to
from children.rules.entitlements import Entitlement, Fact
from children.services.answers import notice_of
from children.services.beside import FilePart
from children.services.take_up import entitlements_of_child
from children.services.take_up_list import STATES

NOTHING = "children/nothing.html"


@dataclass(frozen=True)
class ShownFact:
    """A fact as this reader may read it: whoever may not see a child's health reads that there is such a fact."""

    word: str
    holds: bool | None
    words: str
    is_kept_back: bool = False


@dataclass(frozen=True)
class ShownEntitlement:
    """One benefit of a child, for one reader."""

    entitlement: Entitlement
    facts: list[ShownFact]
    clock: AnswerClock | None = None  # while it waits for the office's answer
    beside: tuple[str, ...] = ()  # benefits that the child receives, and to which this one is the difference

    @property
    def is_confidential(self) -> bool:
        return self.entitlement.benefit.is_confidential

    @property
    def mark(self) -> str:
        return STATES[self.entitlement.state]


def entitlements_shown(child: Child, user: User, *, on: date) -> list[ShownEntitlement]:
    """Each benefit that this reader may hear of, with the facts that she may read."""
    sees_health = permits(check_may_see_grounds, user, child)
    found = shown_to(user, child, entitlements_of_child(child, on=on))
    clocks = answer_clocks([one for one in found if one.waits_for_answer], on=on)
    received = {one.benefit.code: str(one.benefit.name) for one in found if one.state == EntitlementState.RECEIVING}
    return [
        ShownEntitlement(
            one,
            [_fact(fact, sees_health=sees_health) for fact in one.reasons()],
            clocks.get(one.benefit.code),
            tuple(received[code] for code in one.benefit.tops_up if code in received),
        )
        for one in found
    ]


def answer_clocks(waiting: Sequence[Entitlement], *, on: date) -> dict[str, AnswerClock]:
    """By benefit. One query, none where nothing waits."""
    asked = {one.benefit: one.application.applied_on for one in waiting if one.application}
    notice = notice_of(asked.values(), until=on)
    return {
        benefit.code: answer_clock(day, benefit.answer_days, on=on, notice=notice) for benefit, day in asked.items()
    }


def _fact(fact: Fact, *, sees_health: bool) -> ShownFact:
    if fact.condition.of_health and not sees_health:
        return ShownFact(fact.word, None, "", is_kept_back=True)
    return ShownFact(fact.word, fact.holds, fact.words)


def those_of_concern(shown: list[ShownEntitlement]) -> list[ShownEntitlement]:
    """What she may qualify for, or has applied for at some time."""
    return [one for one in shown if one.entitlement.state != EntitlementState.NOT_ELIGIBLE]


def entitlements_part(child: Child, user: User, *, at: datetime) -> FilePart:
    if user.role_now in VILLAGE_ROLES:
        return FilePart(NOTHING, NOTHING, "children/entitlements_door.html")
    values = {"concerned": those_of_concern(entitlements_shown(child, user, on=day_of(at)))}
    return FilePart(NOTHING, NOTHING, "children/entitlements_section.html", values)
