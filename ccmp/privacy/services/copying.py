"""The copy that a guardian gets: the file on paper, and what else is kept of the child, as a spreadsheet, in one archive.

What could tell who reported something, or what lies sealed of health, is in neither: it is told in the office, by word.
"""

import io
import zipfile
from collections.abc import Iterator
from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _
from xlsxwriter import Workbook

from ccmp.audit.record import record
from ccmp.moments import CHINA, day_of
from ccmp.people.models import User
from ccmp.privacy.models import GuardianRequest
from children.models import Child, Consent
from children.rules.sheet_formats import OPTIONS, neutral
from children.services.print_file import LANGUAGE, print_file
from clubs.models import Attendance
from visits.models import Visit

Line = tuple[str, ...]


def copy_for(request: GuardianRequest, *, by: User, at: datetime) -> bytes:
    """A zip: file.pdf and kept.xlsx. That it was made is recorded."""
    child = Child.objects.select_related("household", "village", "recorded_by").get(pk=request.child_id)
    content = io.BytesIO()
    with translation.override(LANGUAGE), zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("file.pdf", print_file(child, by, on=day_of(at)))
        archive.writestr("kept.xlsx", _workbook(child))
    record(by=by, at=at, did="copied for a guardian", on=child, request=str(request.pk))
    return content.getvalue()


def _workbook(child: Child) -> bytes:
    content = io.BytesIO()
    with Workbook(content, OPTIONS | {"in_memory": True}) as book:
        for title, lines in (
            (_("Consents"), _consents(child)),
            (_("Visits"), _visits(child)),
            (_("Children's Club"), _sessions(child)),
        ):
            sheet = book.add_worksheet(title)
            for row, line in enumerate(lines):
                for column, text in enumerate(line):
                    sheet.write_string(row, column, neutral(text))
    return content.getvalue()


def _consents(child: Child) -> Iterator[Line]:
    yield _("Purpose"), _("Agreed on"), _("Who agreed"), _("Taken back on")
    for one in Consent.objects.filter(child=child).newest_first():
        ended = one.withdrawn_on.isoformat() if one.withdrawn_on else ""
        yield str(one.get_purpose_display()), one.on.isoformat(), one.given_by, ended


def _visits(child: Child) -> Iterator[Line]:
    yield _("Day"), _("What became of it"), _("Risk level"), _("What was written")
    for one in Visit.objects.of_child(child).newest_first():
        day = one.made_at.astimezone(CHINA).date().isoformat()
        yield day, str(one.get_outcome_display()), str(one.get_level_display()), one.note


def _sessions(child: Child) -> Iterator[Line]:
    yield (_("Day on which the child was there"),)
    rows = Attendance.objects.filter(child=child).select_related("session").order_by("-session__opened_at", "id")
    for one in rows:
        yield (one.session.opened_at.astimezone(CHINA).date().isoformat(),)
