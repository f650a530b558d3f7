from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from ccmp.people.clocks import Clock
from ccmp.people.entries import Entry
from ccmp.people.models import User
from ccmp.people.reach import VillageFactQuerySet
from ccmp.refusals import Refusal
from children.models import Child
from visits.enums import NEXT_FLAG_STATES, FlagClockKind, FlagKind, FlagState, Severity
from visits.models.visit import Visit


class FlagHasMovedOn(Refusal):
    sentence = _("This flag has moved on since you opened the page. Open it again to see where it stands.")


class FlagQuerySet(VillageFactQuerySet):
    view_permission = "visits.view_flag"

    def awaiting_county(self) -> Self:
        return self.filter(state__in=[FlagState.RAISED, FlagState.DISMISSAL_PROPOSED])

    def unsettled(self) -> Self:
        return self.exclude(state__in=[FlagState.CLOSED, FlagState.DISMISSED])

    def in_work(self) -> Self:
        return self.filter(state__in=[FlagState.ACKNOWLEDGED, FlagState.REFERRED])

    def with_acknowledge_due(self) -> Self:
        """Adds due_at and acknowledged_at from the clock that the county has to stop."""
        clock = FlagClock.objects.filter(flag=OuterRef("pk"), kind=FlagClockKind.ACKNOWLEDGE)
        return self.annotate(
            due_at=Subquery(clock.values("due_at")[:1]), acknowledged_at=Subquery(clock.values("stopped_at")[:1])
        )

    def most_urgent_first(self) -> Self:
        """By what is left of the county's clock; at the same time the severe ones first."""
        rank = models.Case(
            models.When(severity=Severity.MANDATORY, then=0), models.When(severity=Severity.SERIOUS, then=1), default=2
        )
        return self.with_acknowledge_due().order_by("due_at", rank, "id")

    def newest_first(self) -> Self:
        return self.order_by("-raised_at", "id")

    def how_many(self, *, at: datetime) -> tuple[int, int]:
        """How many these are, and for how many of them the county is late. One query."""
        late = Q(acknowledged_at__isnull=True, due_at__lt=at)
        found = self.with_acknowledge_due().aggregate(all=Count("pk"), late=Count("pk", filter=late))
        return found["all"], found["late"]

    def with_child(self) -> Self:
        """Reads the child, its home and its village along."""
        return self.select_related("child", "child__household", "village")

    def about(self, words: str) -> Self:
        """Flags whose child or village has these words in its name."""
        text = words.strip()
        if not text:
            return self
        return self.filter(
            Q(child__name__icontains=text) | Q(village__name__icontains=text) | Q(child_words__icontains=text)
        )


class Flag(Entry):
    """Something is wrong with a child: seen, said, told at once. Who raised it is confidential."""

    child = models.ForeignKey(Child, on_delete=models.PROTECT, null=True, blank=True, related_name="flags")
    child_words = models.CharField(max_length=120, blank=True)  # who it is when nobody knows the name
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, null=True, blank=True, related_name="flags")
    kind = models.CharField(max_length=24, choices=FlagKind.choices)
    severity = models.CharField(max_length=10, choices=Severity.choices)
    seen = models.TextField()  # what was seen and heard, in the reporter's words
    situation = models.TextField(blank=True)  # where the child is now, who is with it
    raised_at = models.DateTimeField()
    police_told_at = models.DateTimeField(null=True, blank=True)
    police_told_whom = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=20, choices=FlagState.choices, default=FlagState.RAISED)
    answer = models.TextField(blank=True)  # what the county tells the reporter

    objects = FlagQuerySet.as_manager()

    class Meta:
        permissions = [("triage_flag", "Can triage flags")]
        constraints = [
            models.CheckConstraint(
                condition=Q(child__isnull=False) | ~Q(child_words=""), name="a_flag_says_which_child_it_is_about"
            ),
            models.CheckConstraint(condition=~Q(seen=""), name="a_flag_says_what_was_seen"),
            models.CheckConstraint(
                condition=Q(raised_at__lte=F("recorded_at")), name="a_flag_is_recorded_after_it_is_raised"
            ),
            models.CheckConstraint(
                condition=(Q(police_told_at__isnull=True, police_told_whom=""))
                | (Q(police_told_at__isnull=False) & ~Q(police_told_whom="")),
                name="the_police_are_told_by_name_and_time",
            ),
        ]
        indexes = [
            models.Index(fields=["village_code", "state"], name="flags_by_state"),
            models.Index(fields=["village_code", "raised_at"], name="flags_of_a_village"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def is_mandatory(self) -> bool:
        return self.severity == Severity.MANDATORY

    def move_to(self, state: FlagState, *, by: User, at: datetime, why: str = "") -> "FlagMove":
        """The one door from state to state. Raises FlagHasMovedOn when there is no way from here."""
        if state not in NEXT_FLAG_STATES[self.state]:
            raise FlagHasMovedOn()
        move = FlagMove.objects.create(flag=self, came_from=self.state, went_to=state, by=by, at=at, why=why)
        self.state = state
        self.save(update_fields=["state"])
        return move

    def stop_clock(self, kind: FlagClockKind, *, by: User, at: datetime) -> None:
        self.clocks.filter(kind=kind, stopped_at__isnull=True).update(stopped_at=at, stopped_by=by)


class FlagMove(models.Model):
    """A flag went from one state to the next: when, by whom, why. Only ever added to."""

    flag = models.ForeignKey(Flag, on_delete=models.PROTECT, related_name="moves")
    came_from = models.CharField(max_length=20, choices=FlagState.choices)
    went_to = models.CharField(max_length=20, choices=FlagState.choices)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    why = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.came_from} → {self.went_to}"


class FlagClock(Clock):
    flag = models.ForeignKey(Flag, on_delete=models.PROTECT, related_name="clocks")
    kind = models.CharField(max_length=16, choices=FlagClockKind.choices)

    class Meta(Clock.Meta):
        abstract = False
        constraints = [
            *Clock.Meta.constraints,
            models.UniqueConstraint(fields=["flag", "kind"], name="a_flag_has_each_clock_once"),
        ]
        indexes = [models.Index(fields=["village_code", "due_at"], name="flag_clocks_of_a_village")]

    def __str__(self) -> str:
        return f"{self.kind} {self.due_at:%Y-%m-%d %H:%M}"
