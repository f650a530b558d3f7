from datetime import datetime, timedelta
from typing import Self
from uuid import UUID

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import Count, Exists, F, Func, OuterRef, Q
from django.db.models.lookups import Exact

from ccmp.people.entries import Entry
from ccmp.people.enums import VILLAGE_ROLES
from ccmp.people.models import MomentRange, Posting, User
from ccmp.people.reach import VillageFact, VillageFactQuerySet
from children.models import Child
from clubs.enums import Theme
from clubs.models.club import Club

RECENT = timedelta(weeks=8)


class DayInChina(Func):
    """The day in China on which a moment falls, in SQL."""

    template = "((%(expressions)s) AT TIME ZONE 'Asia/Shanghai')::date"
    output_field = models.DateField()


class ClubSessionQuerySet(VillageFactQuerySet):
    view_permission = "clubs.view_clubsession"

    def between(self, first: datetime, last: datetime) -> Self:
        """Sessions that opened from the first moment on and before the last."""
        return self.filter(opened_at__gte=first, opened_at__lt=last)

    def closed(self) -> Self:
        return self.filter(closed_at__isnull=False)

    def running(self) -> Self:
        return self.filter(closed_at__isnull=True)

    def staffed(self) -> Self:
        """Sessions that count: staffed by who was posted to the village, or stood in by name, when it opened."""
        posted = Posting.objects.filter(
            user=OuterRef("staffed_by"),
            place_code=OuterRef("village_code"),
            role__in=VILLAGE_ROLES,
            starts_at__lte=OuterRef("opened_at"),
        ).filter(Q(ends_at__isnull=True) | Q(ends_at__gt=OuterRef("opened_at")))
        return self.filter(Exists(posted))

    def newest_first(self) -> Self:
        return self.order_by("-opened_at", "id")

    def with_heads(self) -> Self:
        """Adds how many children of the register came."""
        return self.annotate(heads=Count("attendances"))


class ClubSession(Entry):
    """One time that the club was open: from the door's opening to its closing, by the one who was there."""

    club = models.ForeignKey(Club, on_delete=models.PROTECT, related_name="sessions")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)  # empty: the door is open now
    staffed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    visitors = models.PositiveIntegerField(default=0)  # who came and is not in the register

    objects = ClubSessionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(closed_at__gt=F("opened_at")),
                name="a_club_closes_after_it_opens",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(Exact(DayInChina("closed_at"), DayInChina("opened_at"))),
                name="a_session_does_not_cross_midnight",
            ),
            models.CheckConstraint(
                condition=Q(opened_at__lte=F("recorded_at")), name="a_session_does_not_open_in_the_future"
            ),
            ExclusionConstraint(
                name="a_club_is_not_open_twice_at_once",
                expressions=[
                    ("club", RangeOperators.EQUAL),
                    (MomentRange("opened_at", "closed_at", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes = [models.Index(fields=["village_code", "opened_at"], name="sessions_of_a_village")]

    def __str__(self) -> str:
        return f"{self.opened_at:%Y-%m-%d %H:%M}"

    def minutes(self, *, at: datetime) -> int:
        """Whole minutes from opening to closing, or to this moment while the door is open."""
        return int(((self.closed_at or at) - self.opened_at).total_seconds() // 60)


class AttendanceQuerySet(VillageFactQuerySet):
    view_permission = "clubs.view_clubsession"

    def often_in(self, village_code: str, *, before: datetime) -> dict[UUID, int]:
        """How often each child came in the eight weeks before a moment. One query."""
        recent = self.filter(
            village_code=village_code, session__opened_at__lt=before, session__opened_at__gte=before - RECENT
        )
        return dict(recent.values("child_id").annotate(times=Count("pk")).values_list("child_id", "times"))


class Attendance(VillageFact):
    """A child came to a session."""

    session = models.ForeignKey(ClubSession, on_delete=models.CASCADE, related_name="attendances")
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="attendances")

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "child"], name="a_child_comes_once_to_a_session")]

    def __str__(self) -> str:
        return f"{self.child_id}"


class ActivityQuerySet(VillageFactQuerySet):
    view_permission = "clubs.view_clubsession"

    def newest_first(self) -> Self:
        return self.order_by("-held_at", "id")


class Activity(Entry):
    """A themed activity of the club: what it was about, and how many took part."""

    club = models.ForeignKey(Club, on_delete=models.PROTECT, related_name="activities")
    theme = models.CharField(max_length=20, choices=Theme.choices)
    title = models.CharField(max_length=60, blank=True)
    held_at = models.DateTimeField()
    minutes = models.PositiveIntegerField()
    children = models.PositiveIntegerField()
    adults = models.PositiveIntegerField(default=0)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(held_at__lte=F("recorded_at")), name="an_activity_is_recorded_after_it_began"
            ),
            models.CheckConstraint(
                condition=Q(children__gt=0) | Q(adults__gt=0), name="somebody_takes_part_in_an_activity"
            ),
        ]
        indexes = [models.Index(fields=["village_code", "held_at"], name="activities_of_a_village")]

    def __str__(self) -> str:
        return self.title or self.get_theme_display()
