from datetime import date
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from ccmp.identifiers import new_id
from ccmp.people.models import User
from ccmp.privacy.models.about_a_child import AboutAChildQuerySet
from ccmp.sealed import SealedTextField
from children.models import Child


class LegalHoldQuerySet(AboutAChildQuerySet):
    view_permission = "privacy.add_legalhold"

    def holding(self, *, on: date) -> Self:
        return self.filter(lifted_at__isnull=True).filter(Q(until__isnull=True) | Q(until__gt=on))

    def newest_first(self) -> Self:
        return self.order_by("-at", "-id")


class LegalHold(models.Model):
    """Nothing of this child is deleted, whatever the schedule says: why, who said so, until when. It follows the child."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="legal_holds")
    why = SealedTextField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    until = models.DateField(
        null=True, blank=True
    )  # the first day on which it no longer holds; none: until it is lifted
    lifted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)

    objects = LegalHoldQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(why=""), name="a_legal_hold_says_why"),
            models.CheckConstraint(
                condition=Q(lifted_by__isnull=True, lifted_at__isnull=True)
                | Q(lifted_by__isnull=False, lifted_at__isnull=False),
                name="a_legal_hold_is_lifted_by_somebody_at_some_time",
            ),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True) | Q(lifted_at__gte=F("at")), name="a_hold_is_lifted_after_it_began"
            ),
        ]
        indexes = [
            models.Index(fields=["child"], condition=Q(lifted_at__isnull=True), name="legal_holds_of_a_child"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} – {self.until or ''}"

    def holds(self, *, on: date) -> bool:
        """The twin of LegalHoldQuerySet.holding."""
        return self.lifted_at is None and (self.until is None or self.until > on)


def held_back(*, on: date, child: str = "pk") -> Exists:
    """A condition: the child of this row stands under a legal hold on a day. `child` names its key in the row."""
    return Exists(LegalHold.objects.holding(on=on).filter(child=OuterRef(child)))
