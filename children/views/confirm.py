from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from ccmp.audit.record import record
from ccmp.moments import day_of, now
from ccmp.people.enums import VILLAGE_ROLES
from ccmp.people.signed_in import signed_in
from ccmp.refusals import Refusal
from ccmp.web.forms import refuse
from ccmp.web.sent import made_at
from children.forms.confirm import ConfirmForm
from children.forms.due import NarrowByPlace
from children.models import Child
from children.rules.confirmation import check_may_confirm, confirm_days
from children.rules.resident_id import masked
from children.services.confirm import confirm_file
from children.services.due import due_lines, places_of
from children.services.file import file_of
from children.services.found_once import FoundOnce

ROWS = 50


def confirm(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """The file, read back line by line, and with whom of the family it was gone through."""
    user, at, status = signed_in(request), now(), 200
    files = Child.objects.visible_to(user).select_related("household", "village")
    child = get_object_or_404(files, pk=child_id)
    check_may_confirm(user, child)
    form = ConfirmForm(request.POST or None, child=child, on=day_of(at))
    if form.is_valid():
        try:
            confirm_file(entry=form.entry(made_at=made_at(request, at)), by=user, at=at)
            messages.success(request, _("The file is confirmed."))
            return redirect(child)
        except Refusal as refusal:
            refuse(form, refusal)
            status = 409
    return _page(request, child, form, at=at, status=status)


def _page(request: HttpRequest, child: Child, form: ConfirmForm, *, at: datetime, status: int) -> HttpResponse:
    """The whole file stands there: that it was read is recorded."""
    record(by=signed_in(request), at=at, did="read", on=child, part="confirmation")
    on = day_of(at)
    page = {"form": form, "file": file_of(child, on=on), "id_number": masked(child.resident_id), "on": on}
    return TemplateResponse(request, "children/confirm.html", page, status=status)


def to_confirm(request: HttpRequest) -> HttpResponse:
    """The files that are due to be gone through with the family, the longest unconfirmed first."""
    user, on = signed_in(request), day_of(now())
    rows = Child.objects.visible_to(user).due_a_confirmation(on=on)
    form = NarrowByPlace(request.GET, places=places_of(rows))
    found = form.narrow(rows).longest_unconfirmed_first()
    page = FoundOnce(found, ROWS, beside=("household", "village")).get_page(request.GET.get("page"))
    on_phone = user.role_now in VILLAGE_ROLES
    shown = {"form": form, "page": page, "rows": due_lines(page, on=on), "on": on, "days": confirm_days(on=on)}
    name = "children/to_confirm_phone.html" if on_phone else "children/to_confirm.html"
    return TemplateResponse(request, name, shown)
