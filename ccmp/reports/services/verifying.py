"""Is this paper ours? A code finds its report, and the report is checked against what it froze."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from ccmp.people.reach import Somebody
from ccmp.reports.models import Report
from ccmp.reports.rules.canonical import CODE_DIGITS, sha256_of, verification_code

NOT_HEXADECIMAL = re.compile(r"[^0-9A-F]")


@dataclass(frozen=True)
class Verified:
    """What a check of one report found. `is_whole`: figures and files are those that were frozen."""

    report: Report
    figures_agree: bool
    files_agree: bool

    @property
    def is_whole(self) -> bool:
        return self.figures_agree and self.files_agree


def read_code(text: str) -> str:
    """A code as somebody types it: any case, with or without its dashes. Empty when it is none."""
    digits = NOT_HEXADECIMAL.sub("", text.upper().replace("O", "0"))
    return "-".join(digits[at : at + 4] for at in range(0, CODE_DIGITS, 4)) if len(digits) == CODE_DIGITS else ""


def report_with_code(text: str, *, by: Somebody) -> Report | None:
    """The report within this user's reach that bears a code, whatever its version."""
    code = read_code(text)
    return (
        Report.objects.visible_to(by).with_place().filter(code=code).order_by("-version", "id").first()
        if code
        else None
    )


def verify_report(report_id: UUID) -> Verified:
    """Hash a report's figures and files again, and compare."""
    report = Report.objects.get(pk=report_id)
    sha256 = sha256_of(report.figures)
    files = list(report.files.all())
    return Verified(
        report=report,
        figures_agree=sha256 == report.sha256 and verification_code(sha256) == report.code,
        files_agree=bool(files) and all(_agrees(file.on_disk, file.sha256) for file in files),
    )


def _agrees(path: Path, sha256: str) -> bool:
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == sha256
