"""A child's benefits beside its file: what it may qualify for and how far each is. On the phone a door to their page."""

from dataclasses import dataclass
from datetime import date, datetime

from ccmp.moments import day_of
from ccmp.people.enums import VILLAGE_ROLES
from ccmp.people.models import User
from ccmp.refusals import permits
from children.enums import EntitlementState
from children.models import Child
from children.rules.claims import check_may_see_grounds, shown_to
from children.rules.entitlements import Entitlement, Fact
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

    @property
    def mark(self) -> str:
        return STATES[self.entitlement.state]


def entitlements_shown(child: Child, user: User, *, on: date) -> list[ShownEntitlement]:
    """Each benefit that this reader may hear of, with the facts that she may read."""
    sees_health = permits(check_may_see_grounds, user, child)
    found = shown_to(user, child, entitlements_of_child(child, on=on))
    return [ShownEntitlement(one, [_fact(fact, sees_health=sees_health) for fact in one.reasons()]) for one in found]


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
