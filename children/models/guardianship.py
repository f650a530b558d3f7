from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from children.enums import CareKind
from children.models.child import Child
from children.models.household import Relative


class GuardianshipQuerySet(models.QuerySet["Guardianship"]):
    def current(self, *, on: date) -> Self:
        return self.filter(since__lte=on).filter(Q(until__isnull=True) | Q(until__gt=on))


class Guardianship(models.Model):
    """Who looks after a child, from a day until a day, and how well."""

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="guardianships")
    carer = models.ForeignKey(Relative, on_delete=models.PROTECT, null=True, blank=True, related_name="cares_for")
    kind = models.CharField(max_length=16, choices=CareKind.choices)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    is_entrusted = models.BooleanField(default=False)
    paper_signed_on = models.DateField(null=True, blank=True)  # 农村留守儿童委托监护责任确认书

    objects = GuardianshipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="a_guardianship_ends_after_it_begins"
            ),
            models.UniqueConstraint(
                fields=["child"], condition=Q(until__isnull=True), name="a_child_has_one_carer_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(kind=CareKind.NONE, carer__isnull=True) | (~Q(kind=CareKind.NONE) & Q(carer__isnull=False)),
                name="a_carer_is_named_unless_there_is_none",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.carer or '–'} {self.since}"
