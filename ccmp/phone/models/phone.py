from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from ccmp.identifiers import new_id
from ccmp.people.models import Posting, User
from ccmp.people.reach import VillageFact, VillageFactQuerySet
from ccmp.sealed import SealedTextField


class PhoneQuerySet(VillageFactQuerySet):
    view_permission = "phone.view_phone"

    def of(self, user: User) -> Self:
        return self.filter(user=user)

    def in_use(self) -> Self:
        return self.filter(revoked_at__isnull=True)

    def revoked(self) -> Self:
        return self.filter(revoked_at__isnull=False)

    def unheard(self, *, before: datetime) -> Self:
        """Phones in use that were not in contact since then."""
        return self.in_use().filter(last_contact_at__lt=before)

    def with_refused(self) -> Self:
        """Phones in use that said, at their last contact, that entries were refused."""
        return self.in_use().filter(refused__gt=0)

    def with_post(self) -> Self:
        """Adds is_in_post: does its holder still serve in the phone's village?"""
        held = Posting.objects.filter(user=OuterRef("user"), place_code=OuterRef("village_code")).current()
        return self.annotate(is_in_post=Exists(held.in_villages()))

    def matching(self, words: str) -> Self:
        """Phones of people, or in villages, whose name has these words."""
        text = words.strip()
        return self.filter(Q(user__full_name__icontains=text) | Q(village__name__icontains=text)) if text else self

    def for_ledger(self) -> Self:
        return self.with_post().select_related("user", "village", "revoked_by")

    def longest_unheard_first(self) -> Self:
        return self.order_by("last_contact_at", "id")

    def last_heard_first(self) -> Self:
        return self.order_by("-last_contact_at", "id")

    def last_revoked_first(self) -> Self:
        return self.order_by("-revoked_at", "id")


class Phone(VillageFact):
    """A phone on which one person keeps her village. `village_code` is that of her post at the last contact."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)  # made by the phone itself
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="phones")
    label = models.CharField(max_length=80, blank=True)  # "Chrome · Android", as the phone calls itself
    made_at = models.DateTimeField()
    digest = models.CharField(max_length=64, unique=True)  # SHA-256 of the token
    password_mark = models.CharField(max_length=128)  # of the password with which she set it up: a new one ends reading
    data_key = SealedTextField()  # base64 of 32 bytes: what the phone's own store is encrypted with
    last_contact_at = models.DateTimeField()
    skew_seconds = models.IntegerField(null=True, blank=True)  # how far the phone's clock is ahead of ours
    waiting = models.PositiveIntegerField(default=0)  # entries not sent yet, as the phone told last
    refused = models.PositiveIntegerField(default=0)
    oldest_waiting_at = models.DateTimeField(null=True, blank=True)
    version = models.CharField(max_length=40, blank=True)  # of the program on the phone
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = PhoneQuerySet.as_manager()

    class Meta:
        permissions = [("revoke_phone", "Can revoke phones")]
        constraints = [
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="a_phone_is_revoked_by_somebody_at_some_time",
            ),
            models.CheckConstraint(
                condition=Q(last_contact_at__gte=F("made_at")), name="a_phone_is_heard_after_it_is_made"
            ),
            models.CheckConstraint(condition=~Q(data_key=""), name="a_phone_has_a_key_for_its_store"),
        ]
        indexes = [models.Index(fields=["village_code", "last_contact_at"], name="phones_of_a_village")]

    def __str__(self) -> str:
        return f"{self.user} · {self.label}"

    @property
    def is_revoked(self) -> bool:
        return self.revoked_at is not None

    def is_unheard(self, *, before: datetime) -> bool:
        """The twin of PhoneQuerySet.unheard."""
        return not self.is_revoked and self.last_contact_at < before


class PhoneState(models.Model):
    """What a phone holds, as the server gave it: the hash of each doc by its id. At most two of a phone are kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    phone = models.ForeignKey(Phone, on_delete=models.CASCADE, related_name="states")
    cursor = models.CharField(max_length=32)
    hash = models.CharField(max_length=64)
    holds = models.JSONField(default=dict)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["phone", "cursor"], name="a_phone_has_each_cursor_once"),
        ]

    def __str__(self) -> str:
        return f"{self.phone_id} {self.cursor}"
