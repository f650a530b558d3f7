"""How far a child is with a benefit: applied for, received, refused, ended; and the list of what nobody claimed yet."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Self
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ccmp.identifiers import new_id
from ccmp.people.entries import Entry
from ccmp.people.models import User
from ccmp.people.reach import VillageFact, VillageFactQuerySet
from ccmp.refusals import Refusal
from ccmp.sealed import SealedTextField, blind_index
from children.enums import (
    NEXT_APPLICATION_STATES,
    RUNNING_APPLICATIONS,
    ApplicationState,
    EntitlementState,
    GoneWhy,
)
from children.models.child import OF_AGE, Child, years_before


class ApplicationHasMovedOn(Refusal):
    sentence = _(
        "This step cannot follow what is noted so far. Note first that it was applied for, or open the page again to see."
    )


def benefit_mark(child_id: UUID, benefit: str) -> str:
    """By which an application is found without its benefit being readable."""
    return blind_index(f"{child_id}:{benefit}")


class Application(Entry):
    """One application for one benefit. Which benefit lies sealed: it may tell of the child's health."""

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="applications")
    benefit = SealedTextField()
    benefit_index = models.CharField(max_length=64)  # blind, of child and benefit
    state = models.CharField(max_length=10, choices=ApplicationState.choices, default=ApplicationState.APPLIED)
    applied_on = models.DateField()
    since = models.DateField()  # the day from which the state holds
    answer = SealedTextField(blank=True)  # why it was refused, or ended

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=ApplicationState.REFUSED) | ~Q(answer=""), name="a_refused_application_says_why"
            ),
            models.CheckConstraint(
                condition=Q(since__gte=models.F("applied_on")), name="an_application_moves_on_after_it_is_made"
            ),
            models.UniqueConstraint(
                fields=["benefit_index"],
                condition=Q(state__in=RUNNING_APPLICATIONS),
                name="a_benefit_is_applied_for_once_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()} {self.since}"

    def move_to(self, state: ApplicationState, *, on: date, by: User, at: datetime, why: str = "") -> "ApplicationMove":
        """The one door from state to state. Raises ApplicationHasMovedOn when there is no way from here."""
        if state not in NEXT_APPLICATION_STATES[self.state]:
            raise ApplicationHasMovedOn()
        move = ApplicationMove.objects.create(
            application=self, came_from=self.state, went_to=state, on=on, by=by, at=at, why=why
        )
        self.state, self.since, self.answer = state, on, why
        self.save(update_fields=["state", "since", "answer"])
        return move


class ApplicationMove(models.Model):
    """An application went from one state to the next: on which day, noted when, by whom, why. Only ever added to."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="moves")
    came_from = models.CharField(max_length=10, choices=ApplicationState.choices)
    went_to = models.CharField(max_length=10, choices=ApplicationState.choices)
    on = models.DateField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    why = SealedTextField(blank=True)

    def __str__(self) -> str:
        return f"{self.came_from} → {self.went_to}"


class UnclaimedQuerySet(VillageFactQuerySet):
    view_permission = "children.view_child"

    def with_child(self) -> Self:
        return self.select_related("child__household", "village")

    def of_register(self, *, on: date, grown: Mapping[str, int] | None = None) -> Self:
        """Of children who stand in the register on a day; for the benefits in `grown`, too, who left it by their age.

        `grown`: until which age they are listed for each.
        """
        there = Q(child__gone_on__isnull=True) | Q(child__gone_on__gt=on)
        listed = there & Q(child__born_on__gt=years_before(on, OF_AGE))
        for code, age in (grown or {}).items():
            born = Q(child__born_on__lte=years_before(on, OF_AGE), child__born_on__gt=years_before(on, age))
            listed |= born & Q(benefit=code, child__gone_why__in=["", GoneWhy.OF_AGE])
        return self.filter(listed)

    def longest_waiting_first(self) -> Self:
        return self.order_by("since", "village_code", "id")


class Unclaimed(VillageFact):
    """A benefit that a child may qualify for and does not receive, as it was last worked out: see ADR 0016.

    Worked out anew each night and with each step that is noted. A confidential benefit never stands here.
    """

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="unclaimed")
    benefit = models.CharField(max_length=24)
    rule_version = models.PositiveIntegerField()
    state = models.CharField(max_length=12, choices=EntitlementState.choices)
    since = models.DateField()  # since when it is known, or since its last step

    objects = UnclaimedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["child", "benefit"], name="a_benefit_is_unclaimed_once"),
            models.CheckConstraint(
                condition=~Q(state__in=[EntitlementState.NOT_ELIGIBLE, EntitlementState.RECEIVING]),
                name="what_is_unclaimed_is_not_received",
            ),
        ]
        indexes = [models.Index(fields=["village_code", "since", "id"], name="unclaimed_of_a_village")]

    def __str__(self) -> str:
        return f"{self.get_state_display()} {self.since}"


class TakeUpRunQuerySet(models.QuerySet["TakeUpRun"]):
    def unfinished(self) -> Self:
        return self.filter(finished_at__isnull=True)

    def finished(self) -> Self:
        return self.filter(finished_at__isnull=False)

    def newest_first(self) -> Self:
        return self.order_by("-started_at", "-id")


class TakeUpRun(models.Model):
    """One working out of the whole register, village by village. `reached` is the last village that is done."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    on = models.DateField()
    rules = models.CharField(max_length=64)  # SHA-256 of the rules' file
    children = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    reached = models.CharField(max_length=12, blank=True)
    started_at = models.DateTimeField()
    touched_at = models.DateTimeField()  # the last sign of life
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = TakeUpRunQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["on", "rules"], name="a_day_is_worked_out_once_by_the_same_rules"),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.done}/{self.children}"
