from django.db import models
from django.utils.translation import gettext_lazy as _


class Edition(models.TextChoices):
    """For whom a report is printed."""

    COUNTY = "county", _("County edition")
    FOUNDATION = "foundation", _("Foundation edition")
    VILLAGE = "village", _("Village sheet")


class ReportState(models.TextChoices):
    """How far a report has come."""

    QUEUED = "queued", _("Waiting")
    COUNTING = "counting", _("Counting")
    FROZEN = "frozen", _("Frozen")
    PRINTED = "printed", _("Ready")
    FAILED = "failed", _("Could not be made")


NEXT_STATES: dict[str, frozenset[str]] = {
    ReportState.QUEUED: frozenset({ReportState.COUNTING, ReportState.FAILED}),
    ReportState.COUNTING: frozenset({ReportState.FROZEN, ReportState.FAILED}),
    ReportState.FROZEN: frozenset({ReportState.PRINTED, ReportState.FAILED}),
    ReportState.PRINTED: frozenset(),
    ReportState.FAILED: frozenset({ReportState.QUEUED, ReportState.FROZEN}),
}


class RunState(models.TextChoices):
    COUNTING = "counting", _("Counting")
    PRINTING = "printing", _("Printing")
    FINISHED = "finished", _("Finished")
    FAILED = "failed", _("Could not be made")


class FileKind(models.TextChoices):
    PDF = "pdf", "PDF"
    XLSX = "xlsx", _("Table")
