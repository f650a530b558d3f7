"""A department answers its task; the mother confirms that the child has it."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ccmp.audit.record import record
from ccmp.moments import day_of
from ccmp.people.models import User
from ccmp.places.rules.standards import value
from ccmp.places.services.calendar import working_days_after
from referrals.enums import ReturnReason, TaskClockKind, TaskState
from referrals.models import Task, TaskClock
from referrals.rules.permission import BadReferral, check_may_answer, check_may_confirm, check_may_refer
from referrals.services.referrals import start_accept_clock


def _locked(task_id: UUID) -> Task:
    return Task.objects.select_for_update(of=("self",)).get(pk=task_id)


def _stop(task: Task, *kinds: TaskClockKind, by: User, at: datetime) -> None:
    task.clocks.filter(kind__in=kinds, stopped_at__isnull=True).update(stopped_at=at, stopped_by=by)


def _start(task: Task, kind: TaskClockKind, *, at: datetime, due_at: datetime, rule: str) -> None:
    TaskClock.objects.create(
        task=task, village_code=task.village_code, kind=kind, started_at=at, due_at=due_at, rule=rule
    )


@transaction.atomic
def accept_task(*, task_id: UUID, by: User, at: datetime) -> Task:
    """Take up a department's task; the accept clock stops, the one for doing it starts."""
    task = _locked(task_id)
    check_may_answer(by, task)
    task.move_to(TaskState.ACCEPTED, by=by, at=at)
    _stop(task, TaskClockKind.ACCEPT, by=by, at=at)
    rule = "tasks.complete_working_days"
    due_at = working_days_after(at, value(rule, on=day_of(at)))
    _start(task, TaskClockKind.COMPLETE, at=at, due_at=due_at, rule=rule)
    record(by=by, at=at, did="accepted", on=task)
    return task


@transaction.atomic
def return_task(*, task_id: UUID, reason: str, words: str, by: User, at: datetime) -> Task:
    """Give a task back to the county, with a reason and what would be needed."""
    task = _locked(task_id)
    check_may_answer(by, task)
    if reason not in ReturnReason.values:
        raise BadReferral(_("Choose why you return the task."), field="reason")
    if not words.strip():
        raise BadReferral(_("Write what is missing, by which rule, and how to send it again."), field="words")
    task.return_reason = reason
    task.move_to(TaskState.RETURNED, by=by, at=at, why=words.strip())
    _stop(task, TaskClockKind.ACCEPT, TaskClockKind.COMPLETE, by=by, at=at)
    record(by=by, at=at, did="returned", on=task)
    return task


@transaction.atomic
def complete_task(*, task_id: UUID, words: str, by: User, at: datetime) -> Task:
    """Say that a task is done, and what was done; the mother is asked to see that the child has it."""
    task = _locked(task_id)
    check_may_answer(by, task)
    if not words.strip():
        raise BadReferral(_("Write what was done: what, how much, from when."), field="words")
    task.move_to(TaskState.COMPLETED, by=by, at=at, why=words.strip())
    _stop(task, TaskClockKind.COMPLETE, by=by, at=at)
    rule = "tasks.confirm_days"
    _start(task, TaskClockKind.CONFIRM, at=at, due_at=at + timedelta(days=value(rule, on=day_of(at))), rule=rule)
    record(by=by, at=at, did="completed", on=task)
    return task


@transaction.atomic
def confirm_task(*, task_id: UUID, words: str, by: User, at: datetime, made_at: datetime | None = None) -> Task:
    """The companion mother saw it: the child has what the department says it did.

    `made_at`: when she wrote it, where she had no network; it stops her clock, so that nobody is late for the network.
    """
    task = _locked(task_id)
    check_may_confirm(by, task)
    if not words.strip():
        raise BadReferral(_("Write what you saw: the card, the money, the child at school."), field="words")
    task.move_to(TaskState.CONFIRMED, by=by, at=at, why=words.strip())
    _stop(task, TaskClockKind.CONFIRM, by=by, at=min(made_at or at, at))
    record(by=by, at=at, did="confirmed", on=task)
    return task


@transaction.atomic
def send_again(*, task_id: UUID, words: str, by: User, at: datetime) -> Task:
    """Send a returned task again with what was missing, or a completed one that did not reach the child."""
    task = _locked(task_id)
    check_may_refer(by, task.village_code)
    if not words.strip():
        raise BadReferral(_("Write what you add, so that the department can go on."), field="words")
    task.return_reason = ""
    task.move_to(TaskState.SENT, by=by, at=at, why=words.strip())
    _stop(task, TaskClockKind.CONFIRM, by=by, at=at)
    start_accept_clock(task, at=at)
    record(by=by, at=at, did="sent again", on=task)
    return task


@transaction.atomic
def withdraw_task(*, task_id: UUID, words: str, by: User, at: datetime) -> Task:
    """The county takes a task back; the department no longer has to answer."""
    task = _locked(task_id)
    check_may_refer(by, task.village_code)
    if not words.strip():
        raise BadReferral(_("Write why the task is withdrawn."), field="words")
    task.move_to(TaskState.WITHDRAWN, by=by, at=at, why=words.strip())
    _stop(task, *TaskClockKind, by=by, at=at)
    record(by=by, at=at, did="withdrawn", on=task)
    return task
