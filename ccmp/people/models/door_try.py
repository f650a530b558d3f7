from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from ccmp.people.enums import TryKind


class DoorTryQuerySet(models.QuerySet["DoorTry"]):
    def of(self, kind: TryKind, mark: str) -> Self:
        return self.filter(kind=kind, mark=mark)

    def older_than(self, moment: datetime) -> Self:
        """Begun before then, and locked no more."""
        return self.filter(began_at__lt=moment).filter(Q(locked_until__isnull=True) | Q(locked_until__lt=moment))


class DoorTry(models.Model):
    """How often somebody tried in vain: at one account, or from one address. Names and addresses are fingerprints."""

    kind = models.CharField(max_length=12, choices=TryKind.choices)
    mark = models.CharField(max_length=64)
    count = models.PositiveIntegerField(default=0)
    began_at = models.DateTimeField()
    locked_until = models.DateTimeField(null=True, blank=True)

    objects = DoorTryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "mark"], name="tries_are_counted_in_one_place"),
        ]

    def __str__(self) -> str:
        return f"{self.count} × {self.get_kind_display()}"

    def is_locked(self, *, at: datetime) -> bool:
        return self.locked_until is not None and at < self.locked_until
