"""Clocks: every deadline is a row, so overdue is a query and a history."""

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from ccmp.people.models import User
from ccmp.people.reach import VillageFact


class ClockQuerySet(models.QuerySet[Any]):
    def running(self) -> Self:
        return self.filter(stopped_at__isnull=True)

    def overdue(self, *, at: datetime) -> Self:
        """Not stopped, and past due."""
        return self.running().filter(due_at__lt=at)

    def kept(self) -> Self:
        """Stopped in time."""
        return self.filter(stopped_at__lte=F("due_at"))

    def most_urgent_first(self) -> Self:
        return self.order_by("due_at", "id")


class Clock(VillageFact):
    """A deadline: since when it runs, until when, by which standard, and who stopped it when."""

    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    rule = models.CharField(max_length=60)  # the name of the standard that set it
    stopped_at = models.DateTimeField(null=True, blank=True)
    stopped_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = ClockQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=Q(due_at__gte=F("started_at")), name="%(class)s_is_due_after_it_starts"),
            models.CheckConstraint(
                condition=Q(stopped_at__isnull=False) | Q(stopped_by__isnull=True),
                name="%(class)s_is_stopped_by_somebody_at_some_time",
            ),
        ]

    def is_overdue(self, *, at: datetime) -> bool:
        """The twin of ClockQuerySet.overdue."""
        return self.stopped_at is None and self.due_at < at

    @property
    def was_kept(self) -> bool:
        return self.stopped_at is not None and self.stopped_at <= self.due_at
