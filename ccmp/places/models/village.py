from datetime import date
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from ccmp.places.enums import Arm
from ccmp.places.models.fields import PlaceCodeField
from ccmp.places.models.place import Place


class DateRange(Func):
    """daterange(first, last, bounds) in SQL; an empty last day is open."""

    function = "DATERANGE"
    output_field = DateRangeField()


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    def current(self, *, on: date) -> Self:
        return self.filter(starts_on__lte=on).filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on))

    def under(self, prefix: str) -> Self:
        return self.filter(village_code__startswith=prefix)

    def in_arm(self, arm: str) -> Self:
        return self.filter(arm=arm)

    def matching(self, words: str) -> Self:
        """Villages whose name has these words, or whose code begins so."""
        text = words.strip()
        return self.filter(Q(village__name__icontains=text) | Q(village_code__startswith=text)) if text else self

    def in_order(self) -> Self:
        return self.order_by("village_code", "-starts_on", "id")


class Enrolment(models.Model):
    """A village takes part in the programme, in one arm, from a day until a day."""

    village_code = PlaceCodeField()
    village = models.ForeignObject(
        Place, on_delete=models.DO_NOTHING, from_fields=["village_code"], to_fields=["code"], related_name="enrolments"
    )
    arm = models.CharField(max_length=12, choices=Arm.choices)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)  # the first day on which it no longer takes part

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
                name="an_enrolment_ends_after_it_begins",
            ),
            ExclusionConstraint(
                name="a_village_is_in_one_arm_at_a_time",
                expressions=[
                    ("village_code", RangeOperators.EQUAL),
                    (DateRange("starts_on", "ends_on", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.village_code} {self.arm}"
