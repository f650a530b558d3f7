from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from ccmp.identifiers import new_id
from ccmp.moments import Month
from ccmp.people.models import User
from ccmp.people.reach import Somebody, VillageFact, VillageFactQuerySet, reach_of
from ccmp.places.models import PREFIX_DIGITS, PROGRAMME_CODE, PlaceCodeField
from ccmp.reports.enums import Edition, RunState

MONTH_PATTERN = r"^\d{4}-(0[1-9]|1[0-2])$"


class MonthRunQuerySet(models.QuerySet["MonthRun"]):
    def visible_to(self, user: Somebody) -> Self:
        """Runs of a place within reach, and those of a wider place that make reports of it too."""
        reach = reach_of(user, "reports.view_report")
        wider = {prefix[:digits].ljust(12, "0") for prefix in reach.prefixes for digits in PREFIX_DIGITS.values()}
        within = reach.rows(self, column="place_code")
        return within | self.filter(place_code__in=wider) if reach else self.none()

    def unfinished(self) -> Self:
        return self.filter(finished_at__isnull=True)

    def of_the_programme(self) -> Self:
        return self.filter(place_code=PROGRAMME_CODE)

    def newest_first(self) -> Self:
        return self.order_by("-month", "-started_at", "-id")


class MonthRun(models.Model):
    """One making of a month's reports for the villages of a place, from facts recorded before one cut-off."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    month = models.CharField(max_length=7)
    place_code = PlaceCodeField()
    cut_off_at = models.DateTimeField()
    editions = ArrayField(models.CharField(max_length=12, choices=Edition.choices))
    state = models.CharField(max_length=10, choices=RunState.choices, default=RunState.COUNTING)
    is_restatement = models.BooleanField(default=False)
    failure = models.CharField(max_length=300, blank=True)
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    touched_at = models.DateTimeField()  # the last sign of life, by which a run left half-way is known
    counted_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = MonthRunQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["month", "place_code", "cut_off_at"], name="a_month_is_counted_once_for_a_place_and_cut_off"
            ),
            models.CheckConstraint(condition=Q(month__regex=MONTH_PATTERN), name="a_run_is_of_a_month"),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True) | Q(counted_at__isnull=False, finished_at__gte=F("counted_at")),
                name="a_run_finishes_after_it_has_counted",
            ),
            models.CheckConstraint(
                condition=Q(state=RunState.FINISHED, finished_at__isnull=False)
                | (~Q(state=RunState.FINISHED) & Q(finished_at__isnull=True)),
                name="a_finished_run_says_when",
            ),
        ]
        indexes = [models.Index(fields=["month", "place_code"], name="runs_of_a_month")]

    def __str__(self) -> str:
        return f"{self.month} {self.place_code}"

    @property
    def as_month(self) -> Month:
        return Month.parse(self.month)


class VillageMonth(VillageFact):
    """One village's month as a run counted it: exact, never printed before small numbers are hidden."""

    run = models.ForeignKey(MonthRun, on_delete=models.CASCADE, related_name="villages")
    figures = models.JSONField()

    objects = VillageFactQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "village_code"], name="a_run_counts_a_village_once")]

    def __str__(self) -> str:
        return self.village_code
