"""Where a child belonged before, and how it came and went: what is past stays where it was."""

from datetime import date, datetime
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ccmp.people.entries import Entry
from ccmp.people.models import User
from ccmp.people.reach import Somebody, VillageFact, VillageFactQuerySet, reach_of
from ccmp.places.models import PlaceCodeField
from ccmp.places.models.village import DateRange
from ccmp.refusals import Refusal
from ccmp.sealed import SealedTextField
from children.enums import (
    NEXT_TRANSFER_STATES,
    GoneWhy,
    Hukou,
    MoveKind,
    TransferAsker,
    TransferState,
)
from children.models.child import Child
from children.models.household import Household


class TransferHasMovedOn(Refusal):
    """Somebody answered, or took it back, before."""

    sentence = _("This transfer has moved on since you opened the page. Open it again to see where it stands.")


class PastStayQuerySet(VillageFactQuerySet):
    view_permission = "children.view_child"

    def holding(self, *, on: date) -> Self:
        return self.filter(since__lte=on, until__gt=on)


class PastStay(VillageFact):
    """A time in which a child belonged to a village's register, and which is over."""

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="past_stays")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField()  # the first day on which it no longer was so
    why = models.CharField(max_length=12, choices=GoneWhy.choices)

    objects = PastStayQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="a_past_stay_ends_after_it_begins"),
            ExclusionConstraint(
                name="a_child_belonged_to_one_village_at_a_time",
                expressions=[
                    ("child", RangeOperators.EQUAL),
                    (DateRange("since", "until", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes = [
            models.Index(fields=["child", "since"], name="past_stays_of_a_child"),
            models.Index(fields=["village_code", "until"], name="past_stays_in_a_village"),
        ]

    def __str__(self) -> str:
        return f"{self.village_code} {self.since}–{self.until}"


class PastHukou(models.Model):
    """What a child's hukou was until a day. What was written wrong and corrected is not kept here."""

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="past_hukou")
    hukou = models.CharField(max_length=8, choices=Hukou.choices)
    hukou_county = models.CharField(max_length=6, blank=True)
    hukou_place = SealedTextField(blank=True)
    until = models.DateField()  # the first day on which it no longer was so

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["child", "until"], name="a_hukou_ends_once_on_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.hukou} –{self.until}"


class MoveQuerySet(VillageFactQuerySet):
    view_permission = "children.view_child"


class Move(Entry):
    """That a child left, came back, died or came of age: its village's word of it. Only ever added to."""

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="moves")
    # Nobody, when it was time itself: see `children.services.of_age`.
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")  # type: ignore[assignment]
    kind = models.CharField(max_length=12, choices=MoveKind.choices)
    on = models.DateField()
    where = models.CharField(max_length=120, blank=True)
    note = models.CharField(max_length=400, blank=True)

    objects = MoveQuerySet.as_manager()

    class Meta:
        permissions = [("move_child", "Can note that a child left, came back, died or is handed over")]
        constraints = [
            models.CheckConstraint(
                condition=Q(recorded_by__isnull=False) | Q(kind=MoveKind.OF_AGE),
                name="only_time_itself_moves_a_child_without_somebody",
            ),
        ]
        indexes = [models.Index(fields=["child", "recorded_at"], name="moves_of_a_child")]

    def __str__(self) -> str:
        return f"{self.kind} {self.on}"


class TransferQuerySet(VillageFactQuerySet):
    """Both sides see a transfer: the village that the child leaves and the one that it comes to."""

    view_permission = "children.view_child"

    def visible_to(self, user: Somebody) -> Self:
        reach = reach_of(user, self.view_permission)
        return reach.rows(self) | reach.rows(self, column="to_village_code")

    def waiting(self) -> Self:
        return self.filter(state=TransferState.WAITING)


class Transfer(Entry):
    """A child is handed over from one village of the programme to another. `village_code` is the one that it leaves."""

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="transfers")
    to_village_code = PlaceCodeField()
    asked_by_side = models.CharField(max_length=4, choices=TransferAsker.choices)
    on = models.DateField()  # the first day in the new village
    words = models.TextField(blank=True)  # from who asks to the other side
    handover = SealedTextField(blank=True)  # JSON: what the old village hands over, as it stood when it was done
    answer = models.TextField(blank=True)
    # Where the child lives in the new village, as its side chose: a home of the village, or a new one by its head.
    to_household = models.ForeignKey(Household, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    to_head_name = models.CharField(max_length=60, blank=True)
    to_neighbourhood = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=10, choices=TransferState.choices, default=TransferState.WAITING)

    objects = TransferQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["child"], condition=Q(state=TransferState.WAITING), name="a_child_has_one_transfer_waiting"
            ),
            models.CheckConstraint(
                condition=~Q(village_code=F("to_village_code")), name="a_transfer_leads_to_another_village"
            ),
        ]
        indexes = [
            models.Index(fields=["village_code", "state"], name="transfers_from_a_village"),
            models.Index(fields=["to_village_code", "state"], name="transfers_to_a_village"),
        ]

    def __str__(self) -> str:
        return f"{self.village_code} → {self.to_village_code}"

    def move_to(self, state: TransferState, *, by: User | None, at: datetime) -> "TransferMove":
        """The one door from state to state; nobody's act only when it is over. Raises TransferHasMovedOn where no way leads."""
        if state not in NEXT_TRANSFER_STATES[self.state]:
            raise TransferHasMovedOn
        move = TransferMove.objects.create(transfer=self, came_from=self.state, went_to=state, by=by, at=at)
        self.state = state
        return move


class TransferMove(models.Model):
    """A transfer went from one state to the next: when, by whom. Only ever added to."""

    transfer = models.ForeignKey(Transfer, on_delete=models.PROTECT, related_name="moves")
    came_from = models.CharField(max_length=10, choices=TransferState.choices)
    went_to = models.CharField(max_length=10, choices=TransferState.choices)
    # Nobody, when the child came of age.
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(by__isnull=False) | Q(went_to=TransferState.OVER),
                name="a_transfer_is_answered_by_somebody_or_over",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.came_from} → {self.went_to}"


__all__ = ["NEXT_TRANSFER_STATES", "Move", "PastHukou", "PastStay", "Transfer", "TransferHasMovedOn", "TransferMove"]
