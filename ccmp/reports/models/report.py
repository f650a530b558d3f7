from datetime import datetime
from pathlib import Path
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ccmp.identifiers import new_id
from ccmp.moments import Month
from ccmp.people.models import User
from ccmp.people.reach import Somebody, reach_of
from ccmp.places.models import Place, PlaceCodeField
from ccmp.refusals import Refusal
from ccmp.reports.enums import NEXT_STATES, Edition, FileKind, ReportState
from ccmp.reports.models.run import MONTH_PATTERN, MonthRun

FIGURES_ARE_HELD = Q(figures__isnull=False, frozen_at__isnull=False) & ~Q(sha256="") & ~Q(code="")
NO_FIGURES_YET = Q(figures__isnull=True, frozen_at__isnull=True, sha256="", code="")


class ReportHasMovedOn(Refusal):
    sentence = _("This report has moved on since you opened the page. Open it again to see where it stands.")


class ReportQuerySet(models.QuerySet["Report"]):
    def visible_to(self, user: Somebody) -> Self:
        """Reports on places within reach. The foundation edition is on the whole programme, and needs all of it."""
        return reach_of(user, "reports.view_report").rows(self, column="place_code")

    def of(self, *, month: str, place_code: str, edition: str) -> Self:
        return self.filter(month=month, place_code=place_code, edition=edition)

    def newest_version(self) -> Self:
        """Only the newest version of each report."""
        later = Report.objects.filter(
            month=OuterRef("month"),
            place_code=OuterRef("place_code"),
            edition=OuterRef("edition"),
            version__gt=OuterRef("version"),
        )
        return self.filter(~models.Exists(later))

    def unfinished(self) -> Self:
        return self.filter(state__in=[ReportState.QUEUED, ReportState.COUNTING, ReportState.FROZEN])

    def printed(self) -> Self:
        return self.filter(state=ReportState.PRINTED)

    def with_place(self) -> Self:
        """For lists: without the heavy figures, with the place and the version that replaced it, if one did."""
        later = Report.objects.filter(supersedes=OuterRef("pk")).order_by().values("version")[:1]
        return self.defer("figures").prefetch_related("place").annotate(replaced_by_version=models.Subquery(later))

    def newest_first(self) -> Self:
        return self.order_by("-month", "edition", "place_code", "-version", "id")


class Report(models.Model):
    """One edition of a place's month. Once its figures are frozen they never change: what comes later is a new version."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    run = models.ForeignKey(MonthRun, on_delete=models.PROTECT, related_name="reports")
    month = models.CharField(max_length=7)
    place_code = PlaceCodeField()
    place = models.ForeignObject(
        Place, on_delete=models.DO_NOTHING, from_fields=["place_code"], to_fields=["code"], related_name="+"
    )
    edition = models.CharField(max_length=12, choices=Edition.choices)
    version = models.PositiveIntegerField(default=1)
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    state = models.CharField(max_length=10, choices=ReportState.choices, default=ReportState.QUEUED)
    cut_off_at = models.DateTimeField()
    figures = models.JSONField(null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    code = models.CharField(max_length=19, blank=True)
    rule_versions = models.JSONField(default=list)
    changes = models.JSONField(default=list)  # against the version before: [what, before, now]
    frozen_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()
    touched_at = models.DateTimeField()  # the last sign of life, by which one left half-way is known

    objects = ReportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["month", "place_code", "edition", "version"], name="a_report_has_each_version_once"
            ),
            models.CheckConstraint(condition=Q(month__regex=MONTH_PATTERN), name="a_report_is_of_a_month"),
            models.CheckConstraint(condition=Q(version__gte=1), name="versions_count_from_one"),
            models.CheckConstraint(
                condition=Q(version=1, supersedes__isnull=True) | Q(version__gt=1, supersedes__isnull=False),
                name="a_later_version_says_which_one_it_replaces",
            ),
            models.CheckConstraint(
                condition=FIGURES_ARE_HELD | NO_FIGURES_YET, name="figures_and_their_hash_come_together"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[ReportState.FROZEN, ReportState.PRINTED]) | Q(frozen_at__isnull=False),
                name="a_frozen_report_has_figures_and_their_hash",
            ),
            models.CheckConstraint(
                condition=Q(sha256="") | Q(sha256__regex=r"^[0-9a-f]{64}$"), name="a_hash_is_64_hexadecimal_digits"
            ),
            models.CheckConstraint(
                condition=~Q(state=ReportState.FAILED) | ~Q(failure=""), name="a_failed_report_says_why"
            ),
        ]
        indexes = [
            models.Index(fields=["-month", "edition", "place_code"], name="reports_by_month"),
            models.Index(fields=["code"], name="reports_by_code"),
            models.Index(fields=["place_code", "month"], name="reports_of_a_place"),
        ]

    def __str__(self) -> str:
        return f"{self.month} {self.place_code} {self.edition} {self.version}"

    def get_absolute_url(self) -> str:
        return reverse("reports:report", args=[self.id])

    @property
    def as_month(self) -> Month:
        return Month.parse(self.month)

    @property
    def is_frozen(self) -> bool:
        return self.frozen_at is not None

    @property
    def short_code(self) -> str:
        """The first three groups, as much of the code as a row has room for."""
        return self.code[:14]

    def move_to(self, state: ReportState, *, at: datetime, by: User | None = None, why: str = "") -> "ReportMove":
        """The one door from state to state. Raises ReportHasMovedOn when there is no way from here."""
        if state not in NEXT_STATES[self.state]:
            raise ReportHasMovedOn()
        move = ReportMove.objects.create(report=self, came_from=self.state, went_to=state, by=by, at=at, why=why)
        self.state = state
        self.touched_at = at
        self.failure = why if state == ReportState.FAILED else ""
        self.save(update_fields=["state", "touched_at", "failure"])
        return move

    def freeze(self, *, figures: Any, sha256: str, code: str, rule_versions: list[str], at: datetime) -> None:
        """Hold the figures and their hash, once and for all."""
        self.figures, self.sha256, self.code = figures, sha256, code
        self.rule_versions, self.frozen_at = rule_versions, at
        self.save(update_fields=["figures", "sha256", "code", "rule_versions", "frozen_at"])
        self.move_to(ReportState.FROZEN, at=at)


class ReportMove(models.Model):
    """A report went from one state to the next: when, by whom, why. Only ever added to."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="moves")
    came_from = models.CharField(max_length=10, choices=ReportState.choices)
    went_to = models.CharField(max_length=10, choices=ReportState.choices)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    why = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return f"{self.came_from} → {self.went_to}"


class ReportFile(models.Model):
    """A file made from a report's frozen figures. Its path is below MEDIA_ROOT; it is served only through a view."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="files")
    kind = models.CharField(max_length=4, choices=FileKind.choices)
    path = models.CharField(max_length=200)
    bytes = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "kind"], name="a_report_has_one_file_of_each_kind"),
            models.CheckConstraint(condition=Q(bytes__gt=0), name="a_report_file_is_not_empty"),
            models.CheckConstraint(condition=~Q(path__contains=".."), name="a_report_file_stays_in_its_folder"),
        ]

    def __str__(self) -> str:
        return self.path

    @property
    def on_disk(self) -> Path:
        return Path(settings.MEDIA_ROOT) / self.path
