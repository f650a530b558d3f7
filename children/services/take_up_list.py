"""The list of what nobody claimed yet, as the office reads it: whose, what, how long, and who does the next step."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ccmp.people.models import User
from ccmp.places.models import Place
from children.enums import EntitlementState
from children.models import TakeUpRun, Unclaimed
from children.models.entitlement import UnclaimedQuerySet
from children.rules.benefits import Benefit, Step, benefits

STATES = {
    EntitlementState.NOT_ELIGIBLE: "exempt",
    EntitlementState.MAY_QUALIFY: "short",
    EntitlementState.APPLIED: "running",
    EntitlementState.RECEIVING: "met",
    EntitlementState.REFUSED: "danger",
    EntitlementState.ENDED: "exempt",
}


@dataclass(frozen=True)
class UnclaimedLine:
    """One row of the list."""

    row: Unclaimed
    benefit: Benefit
    on: date

    @property
    def mark(self) -> str:
        return STATES[EntitlementState(self.row.state)]

    @property
    def waiting_days(self) -> int:
        return (self.on - self.row.since).days

    @property
    def next_step(self) -> Step:
        steps = self.benefit.steps
        return steps[1 if self.row.state == EntitlementState.APPLIED and len(steps) > 1 else 0]


def unclaimed(user: User, *, on: date) -> UnclaimedQuerySet:
    """What this reader's children may claim and do not receive, the longest first; of a child that left, nothing."""
    rows: UnclaimedQuerySet = Unclaimed.objects.visible_to(user).of_register(on=on).with_child()
    return rows.longest_waiting_first()


def villages_of(rows: UnclaimedQuerySet) -> list[Place]:
    """The villages that the list speaks of, by name. One query."""
    codes = rows.order_by().values("village_code").distinct()
    return list(Place.objects.filter(code__in=codes).order_by("name", "code"))


def lines(rows: Iterable[Unclaimed], *, on: date) -> list[UnclaimedLine]:
    known = benefits()
    return [UnclaimedLine(row, known[row.benefit], on) for row in rows if row.benefit in known]


@dataclass(frozen=True)
class HowFresh:
    """By which day the list stands, and a working out that is under way."""

    worked_out_on: date | None
    running: TakeUpRun | None


def how_fresh() -> HowFresh:
    """Two queries."""
    last = TakeUpRun.objects.finished().newest_first().first()
    running = TakeUpRun.objects.unfinished().newest_first().first()
    return HowFresh(last.on if last else None, running)
