from rest_framework import serializers

from ccmp.reports.enums import Edition, ReportState
from ccmp.reports.models import Report
from ccmp.web.rest.bodies import Shape

# How far a report is, in per cent, by the steps that are behind it: counted, frozen, printed.
PROGRESS = {ReportState.QUEUED: 0, ReportState.COUNTING: 10, ReportState.FROZEN: 60, ReportState.PRINTED: 100}


class ReportShape(Shape):
    """A line of the ledger."""

    id = serializers.UUIDField()
    month = serializers.CharField()
    place = serializers.CharField(source="place_code")
    edition = serializers.ChoiceField(Edition.choices)
    version = serializers.IntegerField()
    supersedes = serializers.UUIDField(source="supersedes_id", allow_null=True)
    state = serializers.ChoiceField(ReportState.choices)
    progress = serializers.SerializerMethodField(help_text="Per cent.")
    cut_off_at = serializers.DateTimeField()
    frozen_at = serializers.DateTimeField(allow_null=True)
    sha256 = serializers.CharField()
    code = serializers.CharField()
    failure = serializers.CharField()

    def get_progress(self, report: Report) -> int:
        reached = ReportState.FROZEN if report.is_frozen else ReportState.QUEUED
        return PROGRESS.get(ReportState(report.state), PROGRESS[reached])


class ReportFileShape(ReportShape):
    """A report with the rules that it was made by, and what changed against the version before."""

    rule_versions = serializers.ListField(child=serializers.CharField())
    changes = serializers.ListField(child=serializers.JSONField())


class VerifiedShape(Shape):
    """Whether the figures and the files that are held are those that were frozen."""

    id = serializers.UUIDField(source="report.id")
    version = serializers.IntegerField(source="report.version")
    sha256 = serializers.CharField(source="report.sha256")
    code = serializers.CharField(source="report.code")
    figures_agree = serializers.BooleanField()
    files_agree = serializers.BooleanField()
    is_whole = serializers.BooleanField()
