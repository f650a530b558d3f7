from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from ccmp.audit.record import record as note
from ccmp.moments import day_of, now
from ccmp.people.reach import may
from ccmp.people.signed_in import signed_in
from ccmp.refusals import Refusal
from ccmp.web.forms import refuse
from ccmp.web.sent import made_at
from children.models import Child
from visits.forms.visit import VisitForm
from visits.models import Visit
from visits.rules.visits import check_may_visit
from visits.services.one_visit import visit_page
from visits.services.visits import record_visit


def record(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """Record a visit to a child: who was met, what was asked, what was seen."""
    user, at, status = signed_in(request), now(), 200
    child = get_object_or_404(Child.objects.visible_to(user).select_related("household"), pk=child_id)
    check_may_visit(user, child)
    last = Visit.objects.visible_to(user).of_child(child).completed().newest_first().first()
    form = VisitForm(request.POST or None, last=last, initial={"made_at": made_at(request, at)})
    if form.is_valid():
        try:
            visit = record_visit(entry=form.entry(child), by=user, at=at)
            messages.success(request, _("The visit is recorded."))
            return redirect("visits:visit", visit.id)
        except Refusal as refusal:
            refuse(form, refusal)
            status = 409
    page = {"form": form, "child": child, "last": last, "on": day_of(at)}
    return TemplateResponse(request, "visits/record.html", page, status=status)


def visit(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """One visit: what came out of it, what has to follow. That it was read is recorded."""
    user, at = signed_in(request), now()
    visits = Visit.objects.visible_to(user).select_related("child__household", "recorded_by")
    found = get_object_or_404(visits, pk=visit_id)
    note(by=user, at=at, did="read", on=found)
    page = {
        "page": visit_page(found, user, at=at),
        "now": at,
        "may_visit": may(user, "visits.add_visit", at_place=found.village_code),
    }
    return render(request, "visits/visit.html", page)
