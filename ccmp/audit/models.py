from typing import Self

from django.db import models

from ccmp.people.models import User
from ccmp.people.reach import Somebody, reach_of
from ccmp.places.models import PlaceCodeField


class EntryQuerySet(models.QuerySet["AuditEntry"]):
    def visible_to(self, user: Somebody) -> Self:
        return reach_of(user, "audit.view_auditentry").rows(self)

    def in_order(self) -> Self:
        return self.order_by("-id")


class AuditEntry(models.Model):
    """Who did what, on which row, when. Only ever added to."""

    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    did = models.CharField(max_length=40)
    on_kind = models.CharField(max_length=40)
    on_id = models.CharField(max_length=40)
    village_code = PlaceCodeField(blank=True)
    detail = models.JSONField(default=dict)  # field names and counts, never a child's data

    objects = EntryQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["on_kind", "on_id"], name="audit_of_a_row"),
            models.Index(fields=["by", "at"], name="audit_of_a_user"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.did} {self.on_kind}"
