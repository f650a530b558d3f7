"""Handing out what was made of a report; that it was handed out is recorded."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from ccmp.audit.record import record
from ccmp.people.models import User
from ccmp.refusals import Refusal
from ccmp.reports.enums import FileKind
from ccmp.reports.models import Report, ReportFile
from ccmp.reports.rules.canonical import canonical

CONTENT_TYPES = {
    FileKind.PDF: "application/pdf",
    FileKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class NotReadyYet(Refusal):
    sentence = _("This report is still being made. Come back in a minute.")


def fetch_file(*, report: Report, kind: FileKind, by: User, at: datetime) -> ReportFile:
    """One of a report's files, which is on the disk. Raises NotReadyYet."""
    file: ReportFile | None = report.files.filter(kind=kind).first()
    if file is None or not file.on_disk.is_file():
        raise NotReadyYet
    record(by=by, at=at, did="downloaded", on=report, what=kind)
    return file


def fetch_figures(*, report: Report, by: User, at: datetime) -> str:
    """The frozen figures as canonical JSON: hashed, these very bytes give the report's SHA-256. Raises NotReadyYet."""
    if not report.is_frozen:
        raise NotReadyYet
    record(by=by, at=at, did="downloaded", on=report, what="figures")
    return canonical(report.figures)


def name_of(report: Report) -> str:
    """The name of a report's files, without its ending."""
    return f"{report.month}-{report.place_code}-{report.edition}-v{report.version}"
