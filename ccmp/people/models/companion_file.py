from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from ccmp.identifiers import new_id
from ccmp.people.enums import CheckResult, Schooling, Sex
from ccmp.people.models.user import User
from ccmp.places.models import PlaceCodeField


class CompanionFile(models.Model):
    """What the programme must know of a companion mother before she is posted (the criteria of One Person)."""

    user = models.OneToOneField(User, on_delete=models.PROTECT, primary_key=True, related_name="companion_file")
    sex = models.CharField(max_length=1, choices=Sex.choices)
    born_on = models.DateField()
    schooling = models.CharField(max_length=12, choices=Schooling.choices)
    is_full_time = models.BooleanField()
    home_code = PlaceCodeField()  # the village or township in which she lives
    filled_in_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    filled_in_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.user)


class BackgroundCheckQuerySet(models.QuerySet["BackgroundCheck"]):
    def valid(self, *, on: date) -> Self:
        return self.filter(result=CheckResult.CLEAR, checked_on__lte=on, next_due_on__gt=on)

    def newest_first(self) -> Self:
        return self.order_by("-checked_on", "-id")


class BackgroundCheck(models.Model):
    """A check for sexual assault, abuse, trafficking and violence (Law on the Protection of Minors, art. 62)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="background_checks")
    checked_on = models.DateField()
    authority = models.CharField(max_length=80)
    result = models.CharField(max_length=8, choices=CheckResult.choices)
    next_due_on = models.DateField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    objects = BackgroundCheckQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(next_due_on__gt=F("checked_on")), name="a_next_check_comes_after_this_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.checked_on}"
