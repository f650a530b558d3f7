from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from ccmp.identifiers import new_id
from ccmp.people.models import User
from ccmp.people.reach import VillageFact, VillageFactQuerySet
from ccmp.refusals import Refusal
from children.models import Child
from referrals.enums import NEXT_REFERRAL_STATES, ReferralState, Result
from visits.models import Flag


class ReferralHasMovedOn(Refusal):
    sentence = _("This referral has moved on since you opened the page. Open it again to see where it stands.")


class ReferralQuerySet(VillageFactQuerySet):
    view_permission = "referrals.view_referral"

    def open(self) -> Self:
        return self.filter(state=ReferralState.OPEN)

    def newest_first(self) -> Self:
        return self.order_by("-opened_at", "id")

    def with_child(self) -> Self:
        """Reads the child, its home and its village along."""
        return self.select_related("child__household", "village", "flag", "opened_by")

    def for_ledger(self, *, at: datetime) -> Self:
        """With the number of tasks by where they stand, and how many clocks are overdue. The late ones first."""
        return (
            self.with_child()
            .annotate(
                asked=Count("tasks", distinct=True),
                done=Count("tasks", filter=Q(tasks__state__in=["completed", "confirmed"]), distinct=True),
                back=Count("tasks", filter=Q(tasks__state="returned"), distinct=True),
                late=Count(
                    "tasks__clocks",
                    filter=Q(tasks__clocks__stopped_at__isnull=True, tasks__clocks__due_at__lt=at),
                    distinct=True,
                ),
            )
            .order_by("-late", "-back", "-opened_at", "id")
        )

    def about(self, words: str) -> Self:
        """Referrals whose child, village or goal has these words."""
        text = words.replace("\x00", "").strip()  # a NUL from an address is no word, and PostgreSQL takes none
        if not text:
            return self
        return self.filter(Q(child__name__icontains=text) | Q(village__name__icontains=text) | Q(goal__icontains=text))


class Referral(VillageFact):
    """A child's need, put before several departments at once by the county, until the child has what it needed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="referrals")
    flag = models.OneToOneField(Flag, on_delete=models.PROTECT, null=True, blank=True, related_name="referral")
    goal = models.CharField(max_length=200)
    goal_due_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=ReferralState.choices, default=ReferralState.OPEN)
    without_consent_because = models.CharField(
        max_length=300, blank=True
    )  # where nobody agreed that departments are told
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    result = models.CharField(max_length=16, choices=Result.choices, blank=True)
    closing_words = models.TextField(blank=True)

    objects = ReferralQuerySet.as_manager()

    class Meta:
        permissions = [("close_referral", "Can close referrals")]
        constraints = [
            models.CheckConstraint(condition=~Q(goal=""), name="a_referral_has_a_goal"),
            models.CheckConstraint(
                condition=Q(state=ReferralState.OPEN, result="") | (Q(state=ReferralState.CLOSED) & ~Q(result="")),
                name="a_closed_referral_says_what_became_of_it",
            ),
        ]
        indexes = [
            models.Index(fields=["village_code", "state", "opened_at"], name="referrals_by_state"),
        ]

    def __str__(self) -> str:
        return self.goal

    def move_to(self, state: ReferralState, *, by: User, at: datetime, why: str = "") -> "ReferralMove":
        """The one door from state to state."""
        if state not in NEXT_REFERRAL_STATES[self.state]:
            raise ReferralHasMovedOn()
        move = ReferralMove.objects.create(referral=self, came_from=self.state, went_to=state, by=by, at=at, why=why)
        self.state = state
        return move


class ReferralMove(models.Model):
    """A referral went from one state to the next. Only ever added to."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="moves")
    came_from = models.CharField(max_length=8, choices=ReferralState.choices)
    went_to = models.CharField(max_length=8, choices=ReferralState.choices)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    why = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.came_from} → {self.went_to}"
