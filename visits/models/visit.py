from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from ccmp.people.entries import Entry
from ccmp.people.reach import VillageFact, VillageFactQuerySet
from children.models import Child
from visits.enums import Closing, Outcome, OverrideReason, RiskLevel


class VisitQuerySet(VillageFactQuerySet):
    view_permission = "visits.view_visit"

    def completed(self) -> Self:
        return self.filter(outcome=Outcome.COMPLETED)

    def of_child(self, child: Child) -> Self:
        return self.filter(child=child)

    def newest_first(self) -> Self:
        return self.order_by("-made_at", "id")


class Visit(Entry):
    """A home visit, or the attempt at one: what was asked and seen, and the risk that came out of it."""

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="visits")
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    checklist = models.PositiveSmallIntegerField(default=1)  # its version
    answers = models.JSONField(default=dict)  # item id → 0 fine, 1 worry, 2 danger
    notes = models.JSONField(default=dict)  # item id → what was seen, in her words
    note = models.TextField(blank=True)
    seen_alone = models.BooleanField(null=True, blank=True)
    not_alone_because = models.CharField(max_length=200, blank=True)
    score = models.PositiveSmallIntegerField(null=True, blank=True)
    level = models.CharField(max_length=8, choices=RiskLevel.choices, default=RiskLevel.NOT_ASSESSED)
    override = models.CharField(max_length=16, choices=OverrideReason.choices, blank=True)

    objects = VisitQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(outcome=Outcome.COMPLETED, score__isnull=False) & ~Q(level=RiskLevel.NOT_ASSESSED))
                | (~Q(outcome=Outcome.COMPLETED) & Q(score__isnull=True, level=RiskLevel.NOT_ASSESSED)),
                name="only_a_completed_visit_assesses_the_risk",
            ),
            models.CheckConstraint(
                condition=Q(override="") | Q(level=RiskLevel.HIGH), name="an_override_makes_a_child_high_risk"
            ),
        ]
        indexes = [
            models.Index(fields=["village_code", "made_at"], name="visits_of_a_village"),
            models.Index(fields=["child", "made_at"], name="visits_of_a_child"),
        ]

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d} {self.outcome}"


class VisitDeadlineQuerySet(VillageFactQuerySet):
    view_permission = "visits.view_visit"

    def running(self) -> Self:
        return self.filter(closed_on__isnull=True)

    def due_by(self, day: date) -> Self:
        return self.running().filter(due_on__lte=day)

    def overdue(self, *, on: date) -> Self:
        return self.running().filter(due_on__lt=on)

    def of_register(self, *, on: date) -> Self:
        """Deadlines of children who are in the register on a day: not gone, not of age."""
        return self.filter(child__in=Child.objects.in_register(on=on))

    def most_urgent_first(self) -> Self:
        return self.order_by(
            "due_on", "village_code", "child__household__head_name", "child__born_on", "child_id", "id"
        )


class VisitDeadline(VillageFact):
    """Until when a child is to be visited, what set that day, and what became of it. One runs at a time."""

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="visit_deadlines")
    level = models.CharField(max_length=8, choices=RiskLevel.choices)
    set_on = models.DateField()
    due_on = models.DateField()
    rule = models.CharField(max_length=60)
    closed_on = models.DateField(null=True, blank=True)
    closed_because = models.CharField(max_length=16, choices=Closing.choices, blank=True)
    met_by = models.ForeignKey(Visit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = VisitDeadlineQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["child"], condition=Q(closed_on__isnull=True), name="a_child_has_one_visit_deadline_running"
            ),
            models.CheckConstraint(condition=Q(due_on__gte=F("set_on")), name="a_visit_is_due_after_it_is_set"),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True, closed_because="")
                | (Q(closed_on__isnull=False) & ~Q(closed_because="")),
                name="a_closed_visit_deadline_says_why",
            ),
        ]
        indexes = [
            models.Index(
                fields=["village_code", "due_on"], name="visits_due_in_a_village", condition=Q(closed_on__isnull=True)
            ),
            models.Index(fields=["village_code", "due_on", "level"], name="visit_deadlines_of_a_month"),
        ]

    def __str__(self) -> str:
        return f"{self.due_on} {self.level}"

    def days_late(self, *, on: date) -> int:
        return max(0, ((self.closed_on or on) - self.due_on).days)
