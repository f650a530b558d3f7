"""The homes where a visit is due: children who live together are visited together."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from ccmp.people.models import User
from children.models import Household
from visits.enums import RiskLevel
from visits.models import VisitDeadline
from visits.models.visit import VisitDeadlineQuerySet

LEVEL_STATES = {
    RiskLevel.HIGH: "danger",
    RiskLevel.MEDIUM: "short",
    RiskLevel.LOW: "met",
    RiskLevel.NOT_ASSESSED: "exempt",
}
WEEK_AHEAD = timedelta(days=7)


@dataclass(frozen=True)
class DueHome:
    """A home and the visits due there, the most urgent first."""

    household: Household
    deadlines: tuple[VisitDeadline, ...]
    on: date

    @property
    def first(self) -> VisitDeadline:
        return self.deadlines[0]

    @property
    def days_late(self) -> int:
        return self.first.days_late(on=self.on)

    @property
    def is_first_visit(self) -> bool:
        return all(deadline.level == RiskLevel.NOT_ASSESSED for deadline in self.deadlines)


def deadlines_due(user: User, *, by: date, on: date) -> VisitDeadlineQuerySet:
    """Visits that a user may see and that are due until a day, the most urgent first, with child and home."""
    due: VisitDeadlineQuerySet = VisitDeadline.objects.visible_to(user).due_by(by).of_register(on=on)
    return due.select_related("child__household").most_urgent_first()


def by_home(deadlines: Iterable[VisitDeadline], *, on: date) -> list[DueHome]:
    """Deadlines grouped by home, in the order in which each home first comes up."""
    homes: dict[object, list[VisitDeadline]] = {}
    for deadline in deadlines:
        homes.setdefault(deadline.child.household_id, []).append(deadline)
    return [DueHome(rows[0].child.household, tuple(rows), on) for rows in homes.values()]
