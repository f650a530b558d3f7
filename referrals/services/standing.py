"""How a referral stands as a whole, and what the county is to do next."""

from collections.abc import Sequence
from dataclasses import dataclass

from referrals.enums import TaskState
from referrals.services.lanes import Lane


@dataclass(frozen=True)
class Standing:
    """Tasks by where they stand (those withdrawn left out), and the departments by what is wanted of the county."""

    asked: int
    waiting: int
    doing: int
    done: int
    got: int
    to_chase: tuple[str, ...]
    to_send_again: tuple[str, ...]
    to_look_at: tuple[str, ...]  # titles: done, says the department, and nobody has seen it in time

    @property
    def is_all_answered(self) -> bool:
        return self.asked > 0 and self.done == self.asked

    @property
    def returned(self) -> int:
        return len(self.to_send_again)


def standing_of(lanes: Sequence[Lane]) -> Standing:
    asked = [lane for lane in lanes if lane.task.state != TaskState.WITHDRAWN]
    late = [lane for lane in asked if any(stage.is_late for stage in lane.stages)]
    return Standing(
        asked=len(asked),
        waiting=_in(asked, TaskState.SENT),
        doing=_in(asked, TaskState.ACCEPTED),
        done=_in(asked, TaskState.COMPLETED, TaskState.CONFIRMED),
        got=_in(asked, TaskState.CONFIRMED),
        to_chase=_departments(late, TaskState.SENT, TaskState.ACCEPTED),
        to_send_again=_departments(asked, TaskState.RETURNED),
        to_look_at=tuple(lane.task.title for lane in late if lane.task.state == TaskState.COMPLETED),
    )


def _in(lanes: Sequence[Lane], *states: TaskState) -> int:
    return sum(lane.task.state in states for lane in lanes)


def _departments(lanes: Sequence[Lane], *states: TaskState) -> tuple[str, ...]:
    return tuple(str(lane.task.department) for lane in lanes if lane.task.state in states)
