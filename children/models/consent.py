from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from ccmp.people.entries import Entry
from ccmp.people.models import User
from ccmp.people.reach import VillageFactQuerySet
from ccmp.sealed import SealedTextField
from children.consent_texts import least_version
from children.enums import ConsentEvidence, ConsentPurpose, Relation
from children.models.child import Child


class ConsentQuerySet(VillageFactQuerySet):
    view_permission = "children.view_child"

    def holding(self, *, on: date) -> Self:
        return self.filter(on__lte=on).filter(Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=on))

    def to_purpose(self, purpose: ConsentPurpose, *, on: date) -> Self:
        """Given to a text that still holds on a day: a newer one may have asked everybody again."""
        return self.filter(purpose=purpose, text_version__gte=least_version(purpose, on=on))

    def newest_first(self) -> Self:
        return self.order_by("-on", "-recorded_at", "-id")


class Consent(Entry):
    """That a guardian agreed to one purpose, to one version of its text; and when it was withdrawn."""

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="consents")
    purpose = models.CharField(max_length=10, choices=ConsentPurpose.choices)
    text_version = models.PositiveSmallIntegerField()  # children/data/consent-*.yaml
    given_by = models.CharField(max_length=60)  # the guardian's name, as it was signed
    relation = models.CharField(max_length=2, choices=Relation.choices)
    child_agrees = models.BooleanField(default=False)  # who is 14 or older is asked too
    on = models.DateField()
    evidence = models.CharField(max_length=6, choices=ConsentEvidence.choices)
    signature = SealedTextField(blank=True)  # the path of an SVG drawing, signed on the screen
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_by = models.CharField(max_length=60, blank=True)
    withdrawal_recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    withdrawal_recorded_at = models.DateTimeField(null=True, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(given_by=""), name="consent_is_given_by_somebody"),
            models.CheckConstraint(
                condition=Q(evidence=ConsentEvidence.PAPER, signature="")
                | (Q(evidence=ConsentEvidence.SCREEN) & ~Q(signature="")),
                name="what_is_signed_on_the_screen_is_kept",
            ),
            models.CheckConstraint(
                condition=Q(
                    withdrawn_on__isnull=True,
                    withdrawn_by="",
                    withdrawal_recorded_by__isnull=True,
                    withdrawal_recorded_at__isnull=True,
                )
                | (
                    Q(
                        withdrawn_on__isnull=False,
                        withdrawal_recorded_by__isnull=False,
                        withdrawal_recorded_at__isnull=False,
                    )
                    & ~Q(withdrawn_by="")
                ),
                name="a_withdrawal_says_who_and_when",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=F("on")),
                name="consent_is_withdrawn_after_it_is_given",
            ),
            models.UniqueConstraint(
                fields=["child", "purpose"],
                condition=Q(withdrawn_on__isnull=True),
                name="a_purpose_is_agreed_to_once_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.on}"

    def holds(self, *, on: date) -> bool:
        """The twin of ConsentQuerySet.holding with to_purpose."""
        is_running = self.on <= on and (self.withdrawn_on is None or self.withdrawn_on > on)
        return is_running and self.text_version >= least_version(self.purpose, on=on)
