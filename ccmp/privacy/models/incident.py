from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ccmp.identifiers import new_id
from ccmp.people.clocks import Clock, ClockQuerySet
from ccmp.people.models import User
from ccmp.people.reach import Somebody, reach_of
from ccmp.places.models import PlaceCodeField
from ccmp.privacy.enums import NEXT_INCIDENT_STATES, IncidentClockKind, IncidentKind, IncidentState
from ccmp.refusals import Refusal
from ccmp.sealed import SealedTextField


class IncidentHasMovedOn(Refusal):
    """Somebody took the next step before."""

    sentence = _("This incident has moved on since you opened the page. Open it again to see where it stands.")


class IncidentQuerySet(models.QuerySet["Incident"]):
    def visible_to(self, user: Somebody) -> Self:
        return reach_of(user, "privacy.view_incident").rows(self, column="place_code")

    def open(self) -> Self:
        return self.exclude(state=IncidentState.CLOSED)

    def newest_first(self) -> Self:
        return self.order_by("-reported_at", "-id")


class Incident(models.Model):
    """Something of children came, or may have come, to where it does not belong; or is lost. What was done about it, and when."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    place_code = PlaceCodeField()  # the county's, or the whole programme's
    kind = models.CharField(max_length=12, choices=IncidentKind.choices)
    happened_at = models.DateTimeField()
    found_at = models.DateTimeField()
    words = SealedTextField()
    children = models.PositiveIntegerField(default=0)  # how many, as far as is known
    of_health = models.BooleanField(default=False)  # health, ID numbers, whereabouts: harm may follow
    reported_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reported_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=IncidentState.choices, default=IncidentState.REPORTED)
    must_notify = models.BooleanField(null=True, blank=True)  # as it was assessed

    objects = IncidentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="an_incident_says_what_happened"),
            models.CheckConstraint(
                condition=Q(found_at__gte=F("happened_at")), name="an_incident_is_found_after_it_happened"
            ),
            models.CheckConstraint(
                condition=Q(state=IncidentState.REPORTED, must_notify__isnull=True)
                | (~Q(state=IncidentState.REPORTED) & Q(must_notify__isnull=False)),
                name="an_assessed_incident_says_whether_it_is_told",
            ),
        ]
        indexes = [models.Index(fields=["place_code", "reported_at"], name="incidents_of_a_place")]

    def __str__(self) -> str:
        return self.get_kind_display()

    def move_to(self, state: IncidentState, *, by: User, at: datetime, words: str) -> "IncidentMove":
        """The one door from state to state. Raises IncidentHasMovedOn."""
        if state not in NEXT_INCIDENT_STATES[self.state]:
            raise IncidentHasMovedOn
        move = IncidentMove.objects.create(
            incident=self, came_from=self.state, went_to=state, by=by, at=at, words=words
        )
        self.state = state
        self.save(update_fields=["state", "must_notify"])
        return move


class IncidentMove(models.Model):
    """An incident went from one state to the next: when, by whom, with which words. Only ever added to."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="moves")
    came_from = models.CharField(max_length=10, choices=IncidentState.choices)
    went_to = models.CharField(max_length=10, choices=IncidentState.choices)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    words = SealedTextField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="each_step_of_an_incident_is_told")]

    def __str__(self) -> str:
        return f"{self.came_from} → {self.went_to}"


class IncidentClockQuerySet(ClockQuerySet):
    def visible_to(self, user: Somebody) -> Self:
        return reach_of(user, "privacy.view_incident").rows(self)


class IncidentClock(Clock):
    """`village_code` is the incident's place."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="clocks")
    kind = models.CharField(max_length=10, choices=IncidentClockKind.choices)

    objects = IncidentClockQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Clock.Meta):
        abstract = False
        constraints = [
            *Clock.Meta.constraints,
            models.UniqueConstraint(fields=["incident", "kind"], name="an_incident_has_each_clock_once"),
        ]
        indexes = [models.Index(fields=["village_code", "due_at"], name="incident_clocks_of_a_place")]

    def __str__(self) -> str:
        return f"{self.kind} {self.due_at:%Y-%m-%d %H:%M}"
