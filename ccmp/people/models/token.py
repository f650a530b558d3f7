from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q

from ccmp.identifiers import new_id
from ccmp.people.enums import TokenScope
from ccmp.people.models.user import User


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    def valid(self, *, at: datetime) -> Self:
        return self.filter(expires_at__gt=at)

    def of(self, user: User) -> Self:
        return self.filter(user=user)

    def newest_first(self) -> Self:
        return self.order_by("-made_at", "id")


class ApiToken(models.Model):
    """A key to the API for one user, for a while. Only its SHA-256 is kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tokens")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    scope = models.CharField(max_length=5, choices=TokenScope.choices, default=TokenScope.WRITE, db_default="write")
    device = models.CharField(max_length=60, blank=True, db_default="")  # the program that asked for it, in a word
    posts = models.JSONField(default=list, db_default=[])  # the posts under which it was made: it ends with any of them
    is_proved = models.BooleanField(default=False, db_default=False)  # whether a second step was made for it

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(scope__in=TokenScope.values), name="a_token_reads_or_writes"),
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="a_token_expires_after_it_is_made"),
        ]

    def __str__(self) -> str:
        return f"{self.user} until {self.expires_at:%Y-%m-%d}"
