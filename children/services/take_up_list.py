"""The list of what nobody claimed yet, as the office reads it: whose, what, how long, and who does the next step."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from ccmp.people.models import User
from ccmp.places.models import Place
from children.enums import EntitlementState
from children.models import TakeUpRun, Unclaimed
from children.models.entitlement import UnclaimedQuerySet
from children.rules.answers import AnswerClock, answer_clock
from children.rules.benefits import Benefit, Step, benefits, listed_when_grown
from children.services.answers import notice_of

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
    clock: AnswerClock | None = None  # of an application that waits for its answer

    @property
    def mark(self) -> str:
        return STATES[EntitlementState(self.row.state)]

    @property
    def waiting_days(self) -> int:
        return (self.on - self.row.since).days

    @property
    def next_step(self) -> Step:
        return self.benefit.step_after_applying if self.row.state == EntitlementState.APPLIED else self.benefit.steps[0]


def unclaimed(user: User, *, on: date) -> UnclaimedQuerySet:
    """What this reader's children may claim and do not receive, the longest first; of a child that moved away, nothing."""
    rows: UnclaimedQuerySet = (
        Unclaimed.objects.visible_to(user).of_register(on=on, grown=listed_when_grown()).with_child()
    )
    return rows.longest_waiting_first()


def villages_of(rows: UnclaimedQuerySet) -> list[Place]:
    """The villages that the list speaks of, by name. One query."""
    codes = rows.order_by().values("village_code").distinct()
    return list(Place.objects.filter(code__in=codes).order_by("name", "code"))


def lines(rows: Iterable[Unclaimed], *, on: date) -> list[UnclaimedLine]:
    """One query for the calendar, none where nothing waits for an answer."""
    known = benefits()
    shown = [row for row in rows if row.benefit in known]
    notice = notice_of((row.since for row in shown if row.state == EntitlementState.APPLIED), until=on)
    return [UnclaimedLine(row, known[row.benefit], on, _clock(row, on=on, notice=notice)) for row in shown]


def _clock(row: Unclaimed, *, on: date, notice: Mapping[date, str]) -> AnswerClock | None:
    if row.state != EntitlementState.APPLIED:
        return None
    return answer_clock(row.since, benefits()[row.benefit].answer_days, on=on, notice=notice)


@dataclass(frozen=True)
class HowFresh:
    """By which day the list stands, and a working out that is under way."""

    worked_out_on: date | None
    running: TakeUpRun | None


def how_fresh() -> HowFresh:
    """One that a newer one overtook half-way is not under way any more. Two queries."""
    last = TakeUpRun.objects.finished().newest_first().first()
    newest = TakeUpRun.objects.newest_first().first()
    return HowFresh(last.on if last else None, newest if newest and not newest.finished_at else None)
