from datetime import date
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Q

from ccmp.places.enums import DayKind
from ccmp.places.models.fields import PlaceCodeField
from ccmp.places.models.place import Place
from ccmp.places.models.village import DateRange


class SchoolTermQuerySet(models.QuerySet["SchoolTerm"]):
    def touching(self, first: date, last: date) -> Self:
        return self.filter(starts_on__lte=last, ends_on__gte=first)

    def in_order(self) -> Self:
        return self.order_by("-starts_on", "county_code")


class SchoolTerm(models.Model):
    """A county's school term, first and last day included. A day outside every term is holiday."""

    county_code = PlaceCodeField()
    county = models.ForeignObject(
        Place, on_delete=models.DO_NOTHING, from_fields=["county_code"], to_fields=["code"], related_name="terms"
    )
    name = models.CharField(max_length=60)
    starts_on = models.DateField()
    ends_on = models.DateField()

    objects = SchoolTermQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="a_term_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(county_code__regex=r"^\d{6}000000$"), name="a_term_belongs_to_a_county"),
            ExclusionConstraint(
                name="a_county_has_one_term_at_a_time",
                expressions=[
                    ("county_code", RangeOperators.EQUAL),
                    (DateRange("starts_on", "ends_on", RangeBoundary(inclusive_upper=True)), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CalendarDay(models.Model):
    """A day of the State Council's yearly notice: a day off, or a working day that makes up for one."""

    day = models.DateField(primary_key=True)
    kind = models.CharField(max_length=16, choices=DayKind.choices)
    name = models.CharField(max_length=40)
    source = models.CharField(max_length=120)

    def __str__(self) -> str:
        return f"{self.day} {self.name}"
