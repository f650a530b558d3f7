from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from ccmp.identifiers import new_id
from ccmp.people.entries import Entry
from ccmp.people.models import User
from ccmp.people.reach import Reach, Somebody, VillageFact, VillageFactQuerySet, reach_of


class ClubQuerySet(VillageFactQuerySet):
    view_permission = "clubs.view_clubsession"

    def hours_visible_to(self, user: Somebody) -> Self:
        """Clubs whose hours a user may compare: figures only, so the foundation sees them too."""
        both = reach_of(user, "clubs.view_hours").prefixes + reach_of(user, self.view_permission).prefixes
        return Reach(both).rows(self)

    def standing(self, *, first: date, last: date) -> Self:
        """Clubs that are open, or may be, on some day between the two."""
        return self.filter(opened_on__lte=last).filter(Q(ended_on__isnull=True) | Q(ended_on__gt=first))

    def in_order(self) -> Self:
        return self.order_by("village_code")


class Club(VillageFact):
    """A village's Children's Club, from the day it opened until the day it ended."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    opened_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)  # the first day on which it is no longer a club

    objects = ClubQuerySet.as_manager()

    class Meta:
        permissions = [("view_hours", "Can compare opening hours")]
        constraints = [
            models.UniqueConstraint(fields=["village_code"], name="a_village_has_one_club"),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gt=F("opened_on")), name="a_club_ends_after_it_opens"
            ),
        ]

    def __str__(self) -> str:
        return self.village_code


class ClubClosureQuerySet(VillageFactQuerySet):
    view_permission = "clubs.view_clubsession"

    def approved(self) -> Self:
        return self.filter(approved_at__isnull=False)

    def awaiting(self) -> Self:
        return self.filter(approved_at__isnull=True, declined_at__isnull=True)

    def declined(self) -> Self:
        return self.filter(declined_at__isnull=False)

    def touching(self, first: date, last: date) -> Self:
        return self.filter(starts_on__lte=last, ends_on__gte=first)

    def in_order(self) -> Self:
        return self.order_by("-starts_on", "village_code", "id")


class ClubClosure(Entry):
    """Days on which a club need not open, once the county has approved them. First and last day included."""

    club = models.ForeignKey(Club, on_delete=models.PROTECT, related_name="closures")
    starts_on = models.DateField()
    ends_on = models.DateField()
    reason = models.CharField(max_length=200)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    declined_at = models.DateTimeField(null=True, blank=True)
    declined_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decline_reason = models.CharField(max_length=200, blank=True)

    objects = ClubClosureQuerySet.as_manager()

    class Meta:
        permissions = [("approve_clubclosure", "Can approve closures")]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="a_closure_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True, approved_by__isnull=True)
                | Q(approved_at__isnull=False, approved_by__isnull=False),
                name="a_closure_is_approved_by_somebody_at_some_time",
            ),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True) | Q(declined_at__isnull=True),
                name="a_closure_is_not_both_approved_and_declined",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="a_closure_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on}–{self.ends_on}"


class OpeningTimeQuerySet(VillageFactQuerySet):
    view_permission = "clubs.view_clubsession"

    def in_order(self) -> Self:
        return self.order_by("village_code", "weekday", "opens_at")


class OpeningTime(VillageFact):
    """When a club says that it is open, in an ordinary week of a season: told on the village sheet."""

    club = models.ForeignKey(Club, on_delete=models.CASCADE, related_name="opening_times")
    weekday = models.PositiveSmallIntegerField()  # 0 Monday … 6 Sunday
    opens_at = models.TimeField()
    closes_at = models.TimeField()

    objects = OpeningTimeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(weekday__lte=6), name="a_week_has_seven_days"),
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="opening_times_end_after_they_begin"),
            models.UniqueConstraint(fields=["club", "weekday", "opens_at"], name="an_opening_time_is_told_once"),
        ]

    def __str__(self) -> str:
        return f"{self.weekday} {self.opens_at}–{self.closes_at}"
