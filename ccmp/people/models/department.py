from typing import Self

from django.contrib.auth.models import Group
from django.db import models
from django.db.models import Q

from ccmp.identifiers import new_id
from ccmp.people.enums import DepartmentKind
from ccmp.places.models import Place, PlaceCodeField


class DepartmentQuerySet(models.QuerySet["Department"]):
    def of_county(self, county_code: str) -> Self:
        return self.filter(county_code=county_code)

    def open(self) -> Self:
        return self.filter(is_closed=False)

    def in_order(self) -> Self:
        return self.order_by("county_code", "name", "id")


class Department(models.Model):
    """A county's department or charity of One Bond. Its group is granted the tasks that are sent to it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county_code = PlaceCodeField()
    county = models.ForeignObject(
        Place, on_delete=models.DO_NOTHING, from_fields=["county_code"], to_fields=["code"], related_name="departments"
    )
    kind = models.CharField(max_length=24, choices=DepartmentKind.choices)
    name = models.CharField(max_length=80)
    phone = models.CharField(max_length=30, blank=True)  # the office's, not a person's
    group = models.OneToOneField(Group, on_delete=models.PROTECT, related_name="department")
    is_closed = models.BooleanField(default=False)

    objects = DepartmentQuerySet.as_manager()

    class Meta:
        permissions = [("keep_departments", "Can keep departments")]
        constraints = [
            models.UniqueConstraint(fields=["county_code", "name"], name="a_county_names_each_department_once"),
            models.CheckConstraint(
                condition=Q(county_code__regex=r"^\d{6}000000$"), name="a_department_belongs_to_a_county"
            ),
        ]

    def __str__(self) -> str:
        return self.name
