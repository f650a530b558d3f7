"""What a claim to a benefit rests on besides the family: a home's means, and sealed grounds of a child's health."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from ccmp.people.entries import Entry
from ccmp.sealed import SealedTextField
from children.enums import Means
from children.models.child import Child
from children.models.household import Household


class MeansQuerySet(models.QuerySet["HouseholdMeans"]):
    def holding(self, *, on: date) -> Self:
        return self.filter(since__lte=on).filter(Q(until__isnull=True) | Q(until__gt=on))


class HouseholdMeans(Entry):
    """One fact about a home's means, from a day until a day."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="means")
    kind = models.CharField(max_length=16, choices=Means.choices)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    objects = MeansQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="a_homes_means_end_after_they_begin"
            ),
            models.UniqueConstraint(
                fields=["household", "kind"], condition=Q(until__isnull=True), name="a_homes_means_are_noted_once"
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class ChildGround(Entry):
    """A ground of a child's health. Which one, and how grave, lies sealed: the row says only that there is one.

    `particulars` of a disability are `kind:level` or `kind:level:certificate`; of an illness, which one in words.
    """

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="grounds")
    kind = SealedTextField()
    kind_index = models.CharField(max_length=64)  # blind, of child and kind: the same ground is found again
    particulars = SealedTextField(blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        permissions = [("keep_confidential_ground", "Can note and see grounds that stand on no list")]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="a_ground_ends_after_it_begins"
            ),
            models.UniqueConstraint(
                fields=["kind_index"], condition=Q(until__isnull=True), name="a_ground_is_noted_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.since}"
