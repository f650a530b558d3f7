from typing import Self

from django.db import models
from django.db.models import F, Q

from ccmp.identifiers import new_id
from ccmp.people.models import User
from ccmp.people.reach import Somebody, reach_of
from ccmp.sealed import SealedTextField


class StudyQuerySet(models.QuerySet["Study"]):
    def visible_to(self, user: Somebody) -> Self:
        """Researchers and the foundation serve the whole programme; nobody else sees a study."""
        return self.all() if reach_of(user, "privacy.view_study") else self.none()

    def newest_first(self) -> Self:
        return self.order_by("-asked_at", "-id")


class Study(models.Model):
    """A piece of research: what for, by whom, and the key of its pseudonyms, which no other study shares."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=80)
    purpose = models.CharField(max_length=400)
    key = SealedTextField()  # base64 of 32 bytes
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    approved_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)

    objects = StudyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "studies"
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True, approved_at__isnull=True)
                | Q(approved_by__isnull=False, approved_at__isnull=False),
                name="a_study_is_approved_by_somebody_at_some_time",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("asked_by")),
                name="nobody_approves_her_own_study",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Extract(models.Model):
    """That rows were taken out for a study: how many, how many were left out, and the sum of the file. Only ever added to."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    study = models.ForeignKey(Study, on_delete=models.PROTECT, related_name="extracts")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    least_alike = models.PositiveSmallIntegerField()
    rows = models.PositiveIntegerField()
    widened = models.PositiveIntegerField()  # rows whose place was made wider so that enough are alike
    left_out = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.rows}"
