from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Exists, F, Min, OuterRef, Q

from ccmp.reports.rules.figures import TasksOfDepartment
from ccmp.reports.services.collect.scope import Counted, Scope, nothing
from referrals.enums import TaskClockKind, TaskState
from referrals.models import Task, TaskClock, TaskMove

Key = tuple[str, str, str]
BY = ("village_code", "task__department__kind", "task__department__name")
COUNTS = tuple(name for name in TasksOfDepartment.__dataclass_fields__ if name not in ("kind", "name"))


def tasks_of(scope: Scope) -> Counted:
    """What departments were asked for and what came of it. Four queries."""
    numbers: dict[Key, dict[str, int]] = defaultdict(lambda: dict.fromkeys(COUNTS, 0))
    for counted in (_sent, _moves, _clocks, _overdue):
        for code, kind, name, *found in counted(scope):
            numbers[code, kind, name].update(found[0])
    found_of = nothing(lambda: {"tasks": ()})
    for (code, kind, name), counts in sorted(numbers.items()):
        if any(counts.values()):
            found_of[code]["tasks"] += (TasksOfDepartment(kind, name, **counts),)
    return found_of


def _dicts(rows: Any, by: Iterable[str], *names: str) -> Iterable[tuple[Any, ...]]:
    for code, kind, name, *values in rows.values_list(*by, *names):
        yield code, kind, name, dict(zip(names, values, strict=True))


def _sent(scope: Scope) -> Iterable[tuple[Any, ...]]:
    by = ("village_code", "department__kind", "department__name")
    rows = scope.rows(Task.objects.all()).filter(sent_at__gte=scope.starts_at, sent_at__lt=scope.ends_at).order_by()
    return _dicts(rows.values(*by).annotate(sent=Count("pk")), by, "sent")


def _moves(scope: Scope) -> Iterable[tuple[Any, ...]]:
    """Tasks returned, completed, and of those completed the ones that the mother had confirmed at the cut-off."""
    by = ("task__village_code", *BY[1:])
    is_confirmed = TaskMove.objects.filter(task=OuterRef("task"), went_to=TaskState.CONFIRMED, at__lt=scope.cut_off)
    rows = (
        scope.rows(TaskMove.objects.all(), "task__village_code")
        .filter(went_to__in=[TaskState.RETURNED, TaskState.COMPLETED], at__gte=scope.starts_at, at__lt=scope.ends_at)
        .annotate(is_confirmed=Exists(is_confirmed))
        .order_by()
        .values(*by)
        .annotate(
            returned=Count("task", distinct=True, filter=Q(went_to=TaskState.RETURNED)),
            completed=Count("task", distinct=True, filter=Q(went_to=TaskState.COMPLETED)),
            confirmed=Count("task", distinct=True, filter=Q(went_to=TaskState.COMPLETED, is_confirmed=True)),
        )
    )
    return _dicts(rows, by, "returned", "completed", "confirmed")


def _stopped_by(*states: TaskState) -> Exists:
    """The clock was stopped by a move to one of these states (both are written in the same moment)."""
    return Exists(TaskMove.objects.filter(task=OuterRef("task"), at=OuterRef("stopped_at"), went_to__in=states))


def _clocks(scope: Scope) -> Iterable[tuple[Any, ...]]:
    """Deadlines of the month. One that the county lifted, or that a return ended, is nobody's to keep."""
    in_time = Q(stopped_at__lte=F("due_at"), stopped_at__lt=scope.cut_off)
    accept, complete = Q(kind=TaskClockKind.ACCEPT), Q(kind=TaskClockKind.COMPLETE)
    rows = (
        scope.rows(TaskClock.objects.all())
        .filter(due_at__gte=scope.starts_at, due_at__lt=scope.ends_at, started_at__lt=scope.cut_off)
        .exclude(_stopped_by(TaskState.WITHDRAWN))
        .exclude(complete & Q(_stopped_by(TaskState.RETURNED)))
        .order_by()
        .values(*BY)
        .annotate(
            accept_due=Count("pk", filter=accept),
            accepted_in_time=Count("pk", filter=accept & in_time),
            complete_due=Count("pk", filter=complete),
            completed_in_time=Count("pk", filter=complete & in_time),
        )
    )
    return _dicts(rows, BY, "accept_due", "accepted_in_time", "complete_due", "completed_in_time")


def _overdue(scope: Scope) -> Iterable[tuple[Any, ...]]:
    """Past their day and not answered at the cut-off, older ones too; how many days the oldest of them waits."""
    rows = (
        scope.rows(TaskClock.objects.all())
        .filter(kind__in=[TaskClockKind.ACCEPT, TaskClockKind.COMPLETE], due_at__lt=scope.ends_at)
        .filter(Q(stopped_at__isnull=True) | Q(stopped_at__gte=scope.cut_off))
        .order_by()
        .values(*BY)
        .annotate(overdue=Count("task", distinct=True), since=Min("due_at"))
    )
    for code, kind, name, overdue, since in rows.values_list(*BY, "overdue", "since"):
        yield code, kind, name, {"overdue": overdue, "longest_overdue_days": max(1, (scope.cut_off - since).days)}
