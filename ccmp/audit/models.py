from datetime import datetime
from typing import Self
from uuid import UUID, uuid4

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from ccmp.people.models import User
from ccmp.people.reach import Somebody, reach_of
from ccmp.places.models import PlaceCodeField

SAW, REFUSED, DETACHED = "saw names", "was refused", "put a month away"


class EntryQuerySet(models.QuerySet["AuditEntry"]):
    def visible_to(self, user: Somebody) -> Self:
        return reach_of(user, "audit.view_auditentry").rows(self)

    def in_order(self) -> Self:
        return self.order_by("-id")

    def newest_first(self) -> Self:
        """By the moment of what was done: what a phone held for days was written down behind what was done meanwhile."""
        return self.order_by("-at", "-id")

    def about(self, child_id: UUID) -> Self:
        """What was seen, done and changed of one child, refusals left out: who was refused has seen nothing."""
        return self.filter(children__contains=[child_id]).exclude(did=REFUSED)

    def unsealed(self) -> Self:
        seals = AuditSeal.objects.filter(entry_id=models.OuterRef("pk"), entry_at=models.OuterRef("at"))
        return self.exclude(models.Exists(seals))


class AuditEntry(models.Model):
    """Who did what, on which row, when. Only ever added to; the database keeps the lines of a month in a table of its own."""

    number = models.UUIDField(default=uuid4, editable=False)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    did = models.CharField(max_length=40)
    on_kind = models.CharField(max_length=40)
    on_id = models.CharField(max_length=40)
    village_code = PlaceCodeField(blank=True)
    detail = models.JSONField(default=dict)  # field names and counts, never a child's data
    children = ArrayField(models.UUIDField(), default=list)  # whom it is about, or whose name stood there
    mark = models.CharField(max_length=72)

    objects = EntryQuerySet.as_manager()

    class Meta:
        permissions = [("view_looks", "Can see who looked at a child's file")]
        indexes = [
            models.Index(fields=["on_kind", "on_id"], name="audit_of_a_row"),
            models.Index(fields=["by", "at"], name="audit_of_a_user"),
            GinIndex(fields=["children"], name="audit_of_a_child"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["number", "at"], name="a_line_of_the_trail_is_written_once"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.did} {self.on_kind}"


class SealQuerySet(models.QuerySet["AuditSeal"]):
    def newest(self) -> "AuditSeal | None":
        return self.order_by("-sequence").first()


class AuditSeal(models.Model):
    """A link of the chain: one line of the trail in its place, tied to the link before it."""

    sequence = models.BigIntegerField(primary_key=True)
    entry_id = models.BigIntegerField()
    entry_at = models.DateTimeField()
    digest = models.CharField(max_length=64)
    previous = models.CharField(max_length=72)
    hash = models.CharField(max_length=72)

    objects = SealQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry_id", "entry_at"], name="a_line_of_the_trail_is_sealed_once"),
        ]

    def __str__(self) -> str:
        return f"{self.sequence}"


class AnchorQuerySet(models.QuerySet["AuditAnchor"]):
    def newest(self) -> "AuditAnchor | None":
        return self.order_by("-sequence").first()

    def since(self, at: datetime) -> Self:
        return self.filter(at__gte=at)


class AuditAnchor(models.Model):
    """How far the chain went at a moment. The same line lies outside the database."""

    sequence = models.BigIntegerField(primary_key=True)
    hash = models.CharField(max_length=72)
    at = models.DateTimeField()

    objects = AnchorQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.sequence}"
