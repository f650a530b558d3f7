from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from guardian.models import GroupObjectPermissionBase

from ccmp.identifiers import new_id
from ccmp.people.clocks import Clock, ClockQuerySet
from ccmp.people.models import Department, Posting, User
from ccmp.people.reach import Somebody, VillageFact, VillageFactQuerySet, reach_of
from ccmp.people.rules.roles import roles_with
from ccmp.refusals import Refusal
from referrals.enums import NEXT_TASK_STATES, Disclosed, ReturnReason, TaskClockKind, TaskState
from referrals.models.referral import Referral


class TaskHasMovedOn(Refusal):
    sentence = _("This task has moved on since you opened the page. Open it again to see where it stands.")


class TaskQuerySet(VillageFactQuerySet):
    view_permission = "referrals.view_task"

    def visible_to(self, user: Somebody) -> Self:
        """The village's and county's own tasks by place; a department's officer the tasks granted to her department."""
        by_place = reach_of(user, self.view_permission).rows(self)
        return by_place | self.granted_to(user)

    def granted_to(self, user: Somebody) -> Self:
        """Tasks on which a department that the user serves now holds the permission to answer."""
        if not isinstance(user, User):
            return self.none()
        serving = (
            Posting.objects.of(user)
            .current()
            .filter(role__in=roles_with("referrals.answer_task"), department__group=OuterRef("group"))
        )
        granted = TaskGroupObjectPermission.objects.filter(
            Exists(serving), content_object=OuterRef("pk"), permission__codename="answer_task"
        )
        return self.filter(Exists(granted))

    def in_state(self, *states: TaskState) -> Self:
        return self.filter(state__in=states)

    def newest_first(self) -> Self:
        return self.order_by("-sent_at", "id")

    def for_page(self) -> Self:
        """Reads along what a task's page and its disclosed fields need."""
        return self.select_related(
            "department", "sent_by", "referral__child__household", "referral__child__village", "referral__flag"
        )

    def for_ledger(self) -> Self:
        return self.for_page().order_by("sent_at", "id")

    def how_many(self, *, at: datetime) -> tuple[int, int]:
        """How many these are, and of how many a clock is overdue. One query."""
        late = Exists(TaskClock.objects.filter(task=OuterRef("pk")).overdue(at=at))
        found = self.annotate(is_late=late).aggregate(all=Count("pk"), late=Count("pk", filter=Q(is_late=True)))
        return found["all"], found["late"]

    def counts_by(self, groups: Mapping[str, Sequence[TaskState]]) -> dict[str, int]:
        """How many tasks each group of states holds. One query."""
        return self.aggregate(**{name: Count("pk", filter=Q(state__in=states)) for name, states in groups.items()})


class Task(VillageFact):
    """What one department is asked to do for a child, and what it may know of the child for it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="tasks")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="tasks")
    title = models.CharField(max_length=120)
    asked = models.TextField()
    done_when = models.CharField(max_length=300, blank=True)  # how one sees that it is done
    disclosed = ArrayField(models.CharField(max_length=16, choices=Disclosed.choices))
    state = models.CharField(max_length=12, choices=TaskState.choices, default=TaskState.SENT)
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    return_reason = models.CharField(max_length=16, choices=ReturnReason.choices, blank=True)

    objects = TaskQuerySet.as_manager()

    class Meta:
        permissions = [("answer_task", "Can answer this task"), ("confirm_task", "Can confirm what a child got")]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="a_task_has_a_title"),
            models.CheckConstraint(condition=~Q(asked=""), name="a_task_asks_for_something"),
            models.CheckConstraint(
                condition=~Q(state=TaskState.RETURNED) | ~Q(return_reason=""), name="a_returned_task_says_why"
            ),
        ]
        indexes = [
            models.Index(fields=["village_code", "sent_at"], name="tasks_of_a_village"),
            models.Index(fields=["department", "state"], name="tasks_of_a_department"),
        ]

    def __str__(self) -> str:
        return self.title

    def move_to(self, state: TaskState, *, by: User, at: datetime, why: str = "") -> "TaskMove":
        """The one door from state to state. Raises TaskHasMovedOn when there is no way from here."""
        if state not in NEXT_TASK_STATES[self.state]:
            raise TaskHasMovedOn()
        move = TaskMove.objects.create(task=self, came_from=self.state, went_to=state, by=by, at=at, why=why)
        self.state = state
        self.save(update_fields=["state", "return_reason"])
        return move


class TaskMove(models.Model):
    """A task went from one state to the next: when, by whom, with which words. Only ever added to."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="moves")
    came_from = models.CharField(max_length=12, choices=TaskState.choices, blank=True)
    went_to = models.CharField(max_length=12, choices=TaskState.choices)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    why = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.came_from} → {self.went_to}"


class TaskClockQuerySet(ClockQuerySet):
    def visible_to(self, user: Somebody) -> Self:
        return reach_of(user, "referrals.view_task").rows(self)


class TaskClock(Clock):
    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="clocks")
    kind = models.CharField(max_length=10, choices=TaskClockKind.choices)

    objects = TaskClockQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Clock.Meta):
        abstract = False
        constraints = [
            *Clock.Meta.constraints,
            models.UniqueConstraint(
                fields=["task", "kind"], condition=Q(stopped_at__isnull=True), name="a_task_runs_each_clock_once"
            ),
        ]
        indexes = [models.Index(fields=["village_code", "due_at"], name="task_clocks_of_a_village")]

    def __str__(self) -> str:
        return f"{self.kind} {self.due_at:%Y-%m-%d %H:%M}"


class TaskGroupObjectPermission(GroupObjectPermissionBase):
    """Which department's group may answer which task: guardian's permission with a foreign key of its own."""

    content_object = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="grants")
