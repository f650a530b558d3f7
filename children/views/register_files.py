from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ccmp.audit.record import record
from ccmp.moments import day_of, now
from ccmp.people.reach import reach_of
from ccmp.people.signed_in import signed_in
from ccmp.people.steps import proved_lately
from ccmp.places.rules.standards import value
from ccmp.refusals import Refusal
from ccmp.web.forms import refuse
from children.enums import ImportState
from children.forms.register_file import BringForm
from children.models import RegisterFile
from children.services.import_plan import KINDS, LOOK, REFUSED, lines_to_show
from children.services.import_table import check_may_import
from children.services.import_villages import villages_within
from children.services.register_files import (
    confirm_file,
    drop_file,
    fetch_annotated,
    lines_of,
    take_file,
)
from children.services.sheet_writing import template_workbook
from children.tasks import begin_reading, begin_writing

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ROWS, FILES = 50, 20
AT_WORK = (ImportState.READING, ImportState.WRITING)


def bring(request: HttpRequest) -> HttpResponse:
    """Bring a register as a file; what was brought lately stands below."""
    user, at, status = signed_in(request), now(), 200
    check_may_import(user)
    form = BringForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            file = take_file(**form.brought(), by=user, at=at)
            begin_reading(file.id)
            return redirect("children:import-file", file.id)
        except Refusal as refusal:
            refuse(form, refusal)
            status = 409
    files = RegisterFile.objects.visible_to(user).newest_first().defer("content", "preview", "annotated")[:FILES]
    page = {"form": form, "files": files, "most": value("register.rows_at_once", on=day_of(at))}
    page["may_export"] = bool(reach_of(user, "children.export_children"))
    return TemplateResponse(request, "children/import.html", page, status=status)


def file(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """How far a file is; once it was read, what would become of each row."""
    user = signed_in(request)
    found = get_object_or_404(RegisterFile.objects.visible_to(user).defer("content", "annotated"), pk=file_id)
    if found.state not in AT_WORK:  # while it is read and written, the page asks again and again and shows no row
        record(by=user, at=now(), did="read", on=found)
    lines = lines_of(found)
    page: dict[str, Any] = {"file": found, "is_at_work": found.state in AT_WORK, "refused": found.found.get(REFUSED, 0)}
    page["counts"] = [(kind, found.found.get(kind, 0)) for kind in KINDS]
    first = next((kind for kind, number in page["counts"] if number), "")
    page["look"] = sum(bool(line.look) for line in lines)
    asked = request.GET.get("show")
    page["shown"] = asked if asked in (*KINDS, LOOK) else first
    page["page"] = Paginator(lines_to_show(lines, page["shown"]), ROWS).get_page(request.GET.get("page"))
    return TemplateResponse(request, "children/import_file.html", page)


@require_POST
def confirm(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """What the preview promised shall be taken in."""
    user = signed_in(request)
    found = get_object_or_404(RegisterFile.objects.visible_to(user), pk=file_id)
    begin_writing(confirm_file(file_id=found.id, by=user, at=now()).id)
    return redirect("children:import-file", found.id)


@require_POST
def put_away(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """Nothing of it is taken; its content is gone."""
    user = signed_in(request)
    found = get_object_or_404(RegisterFile.objects.visible_to(user), pk=file_id)
    drop_file(file_id=found.id, by=user, at=now())
    messages.success(request, _("Put away. Nothing of it was taken, and nothing of it is kept."))
    return redirect("children:import")


@proved_lately
def annotated(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """Her own file, with what is wrong said at each cell."""
    user = signed_in(request)
    found = get_object_or_404(RegisterFile.objects.visible_to(user), pk=file_id)
    if found.annotated is None:
        raise Http404
    return _workbook(fetch_annotated(file=found, by=user, at=now()), _("register to put right"))


def template(request: HttpRequest) -> HttpResponse:
    """An empty register to be filled in, for her villages."""
    user = signed_in(request)
    check_may_import(user)
    return _workbook(template_workbook(villages_within(user)), _("register template"))


def _workbook(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=XLSX)
    response.headers["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=f"{name}.xlsx") or ""
    )
    response.headers["Cache-Control"] = "no-store"
    return response
