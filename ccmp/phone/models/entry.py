import json
from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from ccmp.people.models import User
from ccmp.people.reach import VillageFact, VillageFactQuerySet
from ccmp.phone.enums import EntryState
from ccmp.places.models import PlaceCodeField
from ccmp.sealed import SealedTextField


class OutboxEntryQuerySet(VillageFactQuerySet):
    view_permission = "phone.view_outboxentry"

    def of(self, user: User) -> Self:
        return self.filter(user=user)

    def refused(self) -> Self:
        return self.filter(state=EntryState.REFUSED)

    def kept(self) -> Self:
        return self.filter(state=EntryState.KEPT)

    def matching(self, words: str) -> Self:
        """Entries of people, or of villages, whose name has these words."""
        text = words.strip()
        return self.filter(Q(user__full_name__icontains=text) | Q(village__name__icontains=text)) if text else self

    def for_ledger(self) -> Self:
        return self.select_related("user", "village")

    def newest_first(self) -> Self:
        return self.order_by("-received_at", "-id")


class OutboxEntry(VillageFact):
    """The receipt for one entry of a phone: written in the transaction of its effect, or of its refusal.

    What was refused is kept as it came, sealed, so that nothing is lost with the phone.
    """

    id = models.UUIDField(primary_key=True, editable=False)  # the phone's
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    phone = models.UUIDField(null=True, blank=True)
    village_code = PlaceCodeField(blank=True)  # the post that she held when she made it; none, if she held none
    kind = models.CharField(max_length=60)
    made_at = models.DateTimeField(null=True, blank=True)  # by the phone's clock; none, if it cannot be read
    first_received_at = models.DateTimeField()
    received_at = models.DateTimeField()
    skew = models.IntegerField(null=True, blank=True)  # seconds by which the phone's clock was ahead of the server's
    fingerprint = models.CharField(max_length=64)
    state = models.CharField(max_length=8, choices=EntryState.choices)
    reason = SealedTextField(blank=True)  # the sentence that she reads; it may name a child
    body = SealedTextField(blank=True)  # JSON, of a refused one
    brings = ArrayField(models.UUIDField(), default=list, blank=True)  # of a refused one: ids that it would have made
    times_sent = models.PositiveIntegerField(default=1)

    objects = OutboxEntryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state=EntryState.KEPT, reason="", body="")
                | (Q(state=EntryState.REFUSED) & ~Q(reason="") & ~Q(body="")),
                name="a_refused_entry_keeps_why_and_what_it_said",
            ),
            models.CheckConstraint(
                condition=Q(state=EntryState.REFUSED) | Q(made_at__isnull=False),
                name="a_kept_entry_says_when_it_was_made",
            ),
            models.CheckConstraint(
                condition=Q(received_at__gte=F("first_received_at")), name="an_entry_came_first_before_it_came_again"
            ),
            models.CheckConstraint(condition=Q(times_sent__gte=1), name="an_entry_came_at_least_once"),
        ]
        indexes = [
            models.Index(fields=["village_code"], condition=Q(state=EntryState.REFUSED), name="refused_of_a_village"),
            models.Index(fields=["user"], condition=Q(state=EntryState.REFUSED), name="refused_of_a_user"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"

    @property
    def said(self) -> Any:
        """What a refused entry said, as it came: {id, kind, made_at, body}."""
        return json.loads(self.body) if self.body else None
