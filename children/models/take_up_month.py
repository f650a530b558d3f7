"""How many of a village's children may claim what, and how many receive it: the figure of a month, kept as it was counted."""

from typing import Self

from django.db import models

from ccmp.moments import Month
from ccmp.people.reach import VillageFact, VillageFactQuerySet


class TakeUpMonthQuerySet(VillageFactQuerySet):
    view_permission = "children.view_child"

    def of_month(self, month: Month) -> Self:
        return self.filter(month=str(month))


class TakeUpMonth(VillageFact):
    """One village's month: see ADR 0024. Without any counts: nothing of benefits was noted in the village by then.

    While the month runs, and until its cut-off, it is counted anew each night; after it, never again.
    """

    month = models.CharField(max_length=7)  # 2026-11
    on = models.DateField()  # for which day it was counted: the month's last, once it is over
    known_before = models.DateTimeField()  # what was recorded before this moment counts
    counts = models.JSONField(default=dict)  # {benefit: [may qualify, of them applied, of them receiving]}

    objects = TakeUpMonthQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["village_code", "month"], name="a_villages_month_of_benefits_is_counted_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.village_code} {self.month}"
