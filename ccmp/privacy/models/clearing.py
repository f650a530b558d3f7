from django.db import models

from ccmp.people.models import User
from children.models import Child


class Clearing(models.Model):
    """That a child's file was emptied: what is left of it counts, and tells of nobody. Only ever added to."""

    child = models.OneToOneField(Child, on_delete=models.PROTECT, related_name="clearing")
    at = models.DateTimeField()
    by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )  # none: the schedule
    rule = models.CharField(max_length=40)  # of the schedule, or `request`

    def __str__(self) -> str:
        return f"{self.rule} {self.at:%Y-%m-%d}"


class RetentionRun(models.Model):
    """That the schedule was executed: when, and how many rows of each rule. Only ever added to."""

    at = models.DateTimeField()
    counts = models.JSONField(default=dict)  # rule → rows
    held = models.PositiveIntegerField(default=0)  # files that a legal hold kept

    class Meta:
        permissions = [("read_evidence", "Can read the evidence of a year")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
