"""What became of a village's children, as its companion mother reads it."""

from dataclasses import dataclass

from ccmp.people.models import User
from ccmp.people.reach import may
from referrals.enums import ReferralState, TaskState
from referrals.models import Referral, Task, TaskMove

STATES = {
    TaskState.SENT: "running",
    TaskState.ACCEPTED: "running",
    TaskState.RETURNED: "short",
    TaskState.COMPLETED: "met",
    TaskState.CONFIRMED: "met",
    TaskState.WITHDRAWN: "exempt",
}
ANSWERED = (TaskState.ACCEPTED, TaskState.RETURNED, TaskState.COMPLETED)


@dataclass(frozen=True)
class TaskLine:
    """One department's part: where it stands, and its last word."""

    task: Task
    state: str
    last: TaskMove | None
    waits: bool  # for the reader to see that the child has it

    @property
    def answered_by(self) -> User | None:
        """The department's officer who said the last word, if it was one."""
        return self.last.by if self.last and self.last.went_to in ANSWERED else None


@dataclass(frozen=True)
class ReferralLines:
    referral: Referral
    tasks: list[TaskLine]

    @property
    def waits(self) -> bool:
        return any(line.waits for line in self.tasks)


def referrals_of(user: User, *, most: int = 50) -> list[ReferralLines]:
    """The newest referrals that a user may see; those that wait for her first, then the open ones. Three queries."""
    newest = Referral.objects.visible_to(user).select_related("child__household").newest_first()[:most]
    rows = lines_of(list(newest), user)
    return sorted(rows, key=lambda row: (not row.waits, row.referral.state == ReferralState.CLOSED))


def lines_of(referrals: list[Referral], user: User) -> list[ReferralLines]:
    """Each referral with its departments' tasks and their last words. Two queries."""
    tasks = list(
        Task.objects.visible_to(user)
        .filter(referral__in=referrals)
        .select_related("department")
        .order_by("sent_at", "id")
    )
    moves = TaskMove.objects.filter(task__in=tasks).select_related("by").order_by("task", "-at", "-id").distinct("task")
    last = {move.task_id: move for move in moves}
    return [
        ReferralLines(one, [_line(task, last.get(task.id), user) for task in tasks if task.referral_id == one.id])
        for one in referrals
    ]


def _line(task: Task, last: TaskMove | None, user: User) -> TaskLine:
    state = TaskState(task.state)
    waits = state == TaskState.COMPLETED and may(user, "referrals.confirm_task", at_place=task.village_code)
    return TaskLine(task, STATES[state], last, waits)
