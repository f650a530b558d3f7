"""From frozen figures to files: written under a temporary name, renamed, then noted in the database.

A worker that is killed on the way leaves a temporary file or a file that no row names; the next one writes it again. The
row of the report is locked while it is printed, so that two workers never print the same one.
"""

import hashlib
import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from ccmp.moments import day_of
from ccmp.reports.enums import FileKind, ReportState
from ccmp.reports.models import Report, ReportFile
from ccmp.reports.rules import change_lines
from ccmp.reports.rules.canonical import read
from ccmp.reports.rules.paper_pages import Imprint
from ccmp.reports.rules.published import Paper
from ccmp.reports.services.paper_html import html_of
from ccmp.reports.services.workbook import workbook_of

LANGUAGE = "zh-hans"  # papers are for Chinese offices and walls; the reader's own language is for pages


@transaction.atomic
def print_frozen_report(report_id: UUID, *, at: datetime) -> Report | None:
    """Make the files of a frozen report. Returns None when it is not frozen, printed already or in other hands."""
    from ccmp.web.pdf import pdf_of  # WeasyPrint takes a second to import, and the web never prints

    rows = Report.objects.select_for_update(skip_locked=True, of=("self",))
    report = rows.filter(pk=report_id, state=ReportState.FROZEN).first()
    if report is None:
        return None
    paper = read(Paper, report.figures)
    _keep(
        report,
        FileKind.PDF,
        pdf_of(html_of(paper, imprint_of(report), language=LANGUAGE), identifier=_identifier(report)),
        at=at,
    )
    with override(LANGUAGE):
        _keep(report, FileKind.XLSX, workbook_of(paper, imprint_of(report)), at=at)
    report.move_to(ReportState.PRINTED, at=at)
    return report


@transaction.atomic
def give_up(report_id: UUID, *, at: datetime) -> None:
    """Note that a report could not be made, in a sentence for the one who has to look at it."""
    report = Report.objects.select_for_update(of=("self",)).get(pk=report_id)
    if report.state not in (ReportState.PRINTED, ReportState.FAILED):
        with override(LANGUAGE):
            why = _(
                "The paper could not be made. Try again; if it fails again, tell the administrator this report's number."
            )
        report.move_to(ReportState.FAILED, at=at, why=why)


def imprint_of(report: Report) -> Imprint:
    assert report.frozen_at is not None  # only a frozen report is printed
    return Imprint(
        version=report.version,
        code=report.code,
        frozen_on=day_of(report.frozen_at),
        changes=tuple(change_lines.lines_of(report.changes)),
        supersedes_version=report.version - 1 if report.version > 1 else None,
    )


def _identifier(report: Report) -> bytes:
    return bytes.fromhex(report.sha256[:32])


def _keep(report: Report, kind: FileKind, content: bytes, *, at: datetime) -> None:
    name = f"{report.month}-{report.place_code}-{report.edition}-v{report.version}.{kind}"
    path = Path("reports") / report.month / name
    write_whole(Path(settings.MEDIA_ROOT) / path, content)
    ReportFile.objects.update_or_create(
        report=report,
        kind=kind,
        defaults={
            "path": path.as_posix(),
            "bytes": len(content),
            "sha256": hashlib.sha256(content).hexdigest(),
            "made_at": at,
        },
    )


def write_whole(path: Path, content: bytes) -> None:
    """A file that is there is whole: written beside its place, forced to the disk, then renamed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    with beside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    remove_left_over(path)


def remove_left_over(path: Path) -> None:
    """What a killed worker left of the same file."""
    for left_over in _beside(path):
        left_over.unlink(missing_ok=True)


def _beside(path: Path) -> Iterable[Path]:
    return path.parent.glob(f".{path.name}.*")
