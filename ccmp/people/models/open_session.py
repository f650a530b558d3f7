from datetime import datetime
from typing import Self

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from ccmp.people.models.user import User


class OpenSessionQuerySet(models.QuerySet["OpenSession"]):
    def of(self, user: User) -> Self:
        return self.filter(user=user)

    def open_at(self, at: datetime) -> Self:
        return self.filter(expire_date__gt=at)

    def newest_first(self) -> Self:
        return self.order_by("-seen_at", "number")


class OpenSession(AbstractBaseSession):
    """A browser that is signed in: Django's session, and what its owner is told of it. Never its key."""

    # By which its owner names it; the key itself opens the door. For a moment, when the key changes, two rows have it.
    number = models.UUIDField(db_index=True, null=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="open_sessions")
    device = models.CharField(max_length=60, blank=True)  # "Chrome · Android"
    began_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)

    objects = OpenSessionQuerySet.as_manager()  # type: ignore[assignment,misc]

    class Meta(AbstractBaseSession.Meta):
        abstract = False
        verbose_name = "open session"
        verbose_name_plural = "open sessions"

    @classmethod
    def get_session_store_class(cls) -> type:
        from ccmp.people.session_store import SessionStore  # store and row name each other

        return SessionStore
