"""A referral as the county reads it: a lane for each department, with its three stages."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from ccmp.web.spoken import spoken_span
from referrals.enums import TaskClockKind, TaskState
from referrals.models import Referral, Task, TaskClock, TaskMove

STAGES = (TaskClockKind.ACCEPT, TaskClockKind.COMPLETE, TaskClockKind.CONFIRM)
DONE_IN = {
    TaskClockKind.ACCEPT: {TaskState.ACCEPTED, TaskState.COMPLETED, TaskState.CONFIRMED},
    TaskClockKind.COMPLETE: {TaskState.COMPLETED, TaskState.CONFIRMED},
    TaskClockKind.CONFIRM: {TaskState.CONFIRMED},
}
SOON = timedelta(hours=8)  # what has less left is told as running short, as by the clock beside it


@dataclass(frozen=True)
class Stage:
    """One stage of a task. `state` is the drawn state, `past` the share of the time that is gone (percent, 0–100)."""

    kind: TaskClockKind
    is_done: bool
    is_running: bool
    clock: TaskClock | None
    state: str
    past: int

    @property
    def is_late(self) -> bool:
        return self.state == "danger"

    @property
    def took(self) -> str:
        """How long it took, in words, once it is done."""
        if self.clock is None or self.clock.stopped_at is None:
            return ""
        return spoken_span(self.clock.stopped_at - self.clock.started_at)


@dataclass(frozen=True)
class Lane:
    task: Task
    stages: tuple[Stage, ...]
    returned: TaskMove | None
    last: TaskMove | None


def lanes_of(referral: Referral, *, at: datetime) -> list[Lane]:
    """All lanes of a referral, in the order in which they were sent. Three queries, however many departments."""
    tasks = list(referral.tasks.select_related("department", "referral").order_by("sent_at", "id"))
    return lanes(tasks, at=at)


def lanes(tasks: Sequence[Task], *, at: datetime) -> list[Lane]:
    """The same for any tasks. Two queries."""
    clocks: dict[UUID, dict[str, TaskClock]] = defaultdict(dict)
    for clock in TaskClock.objects.filter(task__in=tasks).order_by("started_at", "id"):
        clocks[clock.task_id][clock.kind] = clock
    moves: dict[UUID, list[TaskMove]] = defaultdict(list)
    for move in TaskMove.objects.filter(task__in=tasks).select_related("by").order_by("at", "id"):
        moves[move.task_id].append(move)
    return [_lane(task, clocks[task.id], moves[task.id], at=at) for task in tasks]


def _lane(task: Task, clocks: dict[str, TaskClock], moves: list[TaskMove], *, at: datetime) -> Lane:
    stages = tuple(_stage(task, kind, clocks.get(kind), at=at) for kind in STAGES)
    last = moves[-1] if moves else None
    return Lane(task, stages, last if task.state == TaskState.RETURNED else None, last)


def _stage(task: Task, kind: TaskClockKind, clock: TaskClock | None, *, at: datetime) -> Stage:
    is_done = task.state in DONE_IN[kind]
    is_running = clock is not None and clock.stopped_at is None
    past = _past(clock, at=at) if clock and is_running else (100 if is_done else 0)
    return Stage(kind, is_done, is_running, clock, _state(clock, is_done=is_done, at=at), past)


def _past(clock: TaskClock, *, at: datetime) -> int:
    whole = (clock.due_at - clock.started_at).total_seconds()
    return min(100, max(0, round(100 * (at - clock.started_at).total_seconds() / whole))) if whole else 100


def _state(clock: TaskClock | None, *, is_done: bool, at: datetime) -> str:
    if is_done:
        return "met"
    if clock is None or clock.stopped_at is not None:
        return ""
    if clock.is_overdue(at=at):
        return "danger"
    return "short" if clock.due_at - at < SOON else "exempt"
