"""The way of one task through an invented department, as far as the time or a script lets it go."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from ccmp.demo.chance import Chance
from ccmp.demo.helping import CONFIRMED, RETURNED, WITHDRAWN
from ccmp.demo.moments import OfficeClock
from ccmp.people.models import User
from referrals.enums import ReturnReason, TaskState
from referrals.services.tasks import accept_task, complete_task, confirm_task, return_task, send_again, withdraw_task

# Where a task stays for good, or too long; most go their way.
STAYS = {
    "": 88,
    TaskState.SENT: 2,
    TaskState.ACCEPTED: 3,
    TaskState.RETURNED: 1,
    TaskState.COMPLETED: 4,
    TaskState.WITHDRAWN: 2,
}


@dataclass(frozen=True)
class Asked:
    """A task that was sent: what will be said when it is done, who does it, who sent it, who confirms it."""

    id: UUID
    done: str
    officer: User
    county: User
    mother: User


def play_task(
    chance: Chance, clock: OfficeClock, asked: Asked, moment: datetime, *, stays: str = ""
) -> datetime | None:
    """Play a task. Returns when it came to its end (done, confirmed or withdrawn), nothing while it runs."""
    is_scripted, stays = bool(stays), stays or chance.weighted(STAYS)
    moment = clock.after(chance, moment, fewest=0, most=2 if chance.happens(0.85) else 5)
    if stays == TaskState.SENT or not clock.has_come(moment):
        return None
    if stays == TaskState.RETURNED or (not is_scripted and chance.happens(0.12)):
        again = _give_back(chance, clock, asked, moment, for_good=stays == TaskState.RETURNED)
        if again is None:
            return None
        moment = again
    accept_task(task_id=asked.id, by=asked.officer, at=moment)
    if stays == TaskState.WITHDRAWN:
        return _withdraw(chance, clock, asked, moment)
    moment = clock.after(chance, moment, fewest=2, most=13 if is_scripted or chance.happens(0.85) else 24)
    if stays == TaskState.ACCEPTED or not clock.has_come(moment):
        return None
    complete_task(task_id=asked.id, words=asked.done, by=asked.officer, at=moment)
    return moment if stays == TaskState.COMPLETED else _confirm(chance, clock, asked, moment)


def _give_back(
    chance: Chance, clock: OfficeClock, asked: Asked, moment: datetime, *, for_good: bool
) -> datetime | None:
    """The department returns the task, the county adds what was missing. Returns when the department takes it up."""
    words = chance.one_of(RETURNED)
    return_task(task_id=asked.id, reason=ReturnReason.MISSING_PAPERS, words=words, by=asked.officer, at=moment)
    moment = clock.after(chance, moment, fewest=1, most=5)
    if for_good or not clock.has_come(moment):
        return None
    send_again(task_id=asked.id, words="材料已由村里补齐，附后。", by=asked.county, at=moment)
    moment = clock.after(chance, moment, fewest=0, most=2)
    return moment if clock.has_come(moment) else None


def _withdraw(chance: Chance, clock: OfficeClock, asked: Asked, moment: datetime) -> datetime | None:
    moment = clock.after(chance, moment, fewest=1, most=4)
    if not clock.has_come(moment):
        return None
    withdraw_task(task_id=asked.id, words=WITHDRAWN, by=asked.county, at=moment)
    return moment


def _confirm(chance: Chance, clock: OfficeClock, asked: Asked, moment: datetime) -> datetime:
    seen_at = moment + timedelta(days=chance.between(1, 6), minutes=chance.between(0, 300))
    if not clock.has_come(seen_at):
        return moment
    confirm_task(task_id=asked.id, words=chance.one_of(CONFIRMED), by=asked.mother, at=seen_at)
    return seen_at
