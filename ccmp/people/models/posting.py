from datetime import date, datetime
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, OuterRef, Q, Subquery, Value
from django.db.models.functions import Concat, Left, Now

from ccmp.identifiers import new_id
from ccmp.people.enums import VILLAGE_ROLES, CheckResult, Role
from ccmp.people.models.companion_file import BackgroundCheck
from ccmp.people.models.department import Department
from ccmp.people.models.user import User
from ccmp.places.enums import Level
from ccmp.places.models import Place, PlaceCodeField


class MomentRange(Func):
    """tstzrange(first, last, bounds) in SQL; an empty last moment is open."""

    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


class PostingQuerySet(models.QuerySet["Posting"]):
    def of(self, user: User) -> Self:
        return self.filter(user=user)

    def current(self) -> Self:
        """Postings that hold at this minute, by the database's clock: when one ends, reach ends with it."""
        return self.holding(at=Now())

    def holding(self, *, at: datetime | Now) -> Self:
        return self.filter(starts_at__lte=at).filter(Q(ends_at__isnull=True) | Q(ends_at__gt=at))

    def under(self, prefix: str) -> Self:
        return self.filter(place_code__startswith=prefix)

    def with_township(self) -> Self:
        """Adds township, the name of the township in which a village post lies; none for other posts."""
        code = Concat(Left(OuterRef("place_code"), 9), Value("000"))
        of_village = Place.objects.filter(code=code).exclude(code=OuterRef("place_code")).filter(level=Level.TOWNSHIP)
        return self.annotate(township=Subquery(of_village.values("name")[:1]))

    def in_villages(self) -> Self:
        return self.filter(role__in=VILLAGE_ROLES)

    def with_place(self) -> Self:
        return self.select_related("place", "department")

    def not_ended(self) -> Self:
        """Postings that hold now or will hold."""
        return self.exclude(ends_at__lte=Now())

    def ended(self) -> Self:
        return self.filter(ends_at__lte=Now())

    def matching(self, words: str) -> Self:
        """Postings of people, or at places, whose name has these words; or of exactly this account."""
        text = words.strip()
        if not text:
            return self
        return self.filter(Q(user__full_name__icontains=text) | Q(place__name__icontains=text) | Q(user__username=text))

    def with_check(self) -> Self:
        """Adds check_result and check_due_on, of the newest background check."""
        newest = BackgroundCheck.objects.filter(user=OuterRef("user")).newest_first()
        return self.annotate(
            check_result=Subquery(newest.values("result")[:1]), check_due_on=Subquery(newest.values("next_due_on")[:1])
        )

    def for_ledger(self) -> Self:
        """Reads along what a list of staff says."""
        return self.with_check().with_township().with_place().select_related("user")

    def wanting_a_check(self, *, by_day: date) -> Self:
        """Village posts whose background check is missing, found something, or ends by that day."""
        return (
            self.in_villages()
            .with_check()
            .filter(Q(check_due_on__isnull=True) | Q(check_due_on__lte=by_day) | Q(check_result=CheckResult.RECORD))
        )

    def soonest_check_first(self) -> Self:
        """Who has none at all first; told with_check."""
        return self.order_by(F("check_due_on").asc(nulls_first=True), "place_code", "id")

    def in_order(self) -> Self:
        return self.order_by("place_code", "role", "-starts_at", "id")


class Posting(models.Model):
    """Who serves where, as what, from when until when."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="postings")
    role = models.CharField(max_length=24, choices=Role.choices)
    place_code = PlaceCodeField()
    place = models.ForeignObject(
        Place, on_delete=models.DO_NOTHING, from_fields=["place_code"], to_fields=["code"], related_name="postings"
    )
    department = models.ForeignKey(Department, on_delete=models.PROTECT, null=True, blank=True, related_name="postings")
    is_substitute = models.BooleanField(default=False)  # stands in for the village's own mother
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    posted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = PostingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")), name="a_posting_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(role=Role.DEPARTMENT_OFFICER, department__isnull=False)
                | (~Q(role=Role.DEPARTMENT_OFFICER) & Q(department__isnull=True)),
                name="only_a_department_officer_has_a_department",
            ),
            models.CheckConstraint(
                condition=Q(is_substitute=False) | Q(role__in=VILLAGE_ROLES),
                name="only_a_village_role_has_a_substitute",
            ),
            ExclusionConstraint(
                name="a_village_has_one_mother_at_a_time",
                expressions=[
                    ("place_code", RangeOperators.EQUAL),
                    (MomentRange("starts_at", "ends_at", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
                condition=Q(role__in=VILLAGE_ROLES, is_substitute=False),
            ),
            ExclusionConstraint(
                name="nobody_holds_the_same_post_twice_at_once",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("place_code", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (MomentRange("starts_at", "ends_at", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes = [
            models.Index(fields=["user", "starts_at"], name="postings_of_a_user"),
            models.Index(fields=["place_code", "role"], name="postings_at_a_place"),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()}"

    @property
    def is_in_village(self) -> bool:
        """The twin of PostingQuerySet.in_villages: whoever works with children is checked."""
        return self.role in VILLAGE_ROLES

    def holds(self, *, at: datetime) -> bool:
        return self.starts_at <= at and (self.ends_at is None or at < self.ends_at)
