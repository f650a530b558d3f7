from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q

from ccmp.identifiers import new_id
from ccmp.people.models.user import User


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    def valid(self, *, at: datetime) -> Self:
        return self.filter(expires_at__gt=at)


class ApiToken(models.Model):
    """A key to the API for one user, for a while. Only its SHA-256 is kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tokens")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="a_token_expires_after_it_is_made"),
        ]

    def __str__(self) -> str:
        return f"{self.user} until {self.expires_at:%Y-%m-%d}"
