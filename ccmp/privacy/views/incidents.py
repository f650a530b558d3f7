from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from ccmp.moments import now
from ccmp.people.models import User
from ccmp.people.reach import reach_of
from ccmp.people.signed_in import signed_in
from ccmp.privacy.forms.incidents import ReportForm, StepForm
from ccmp.privacy.models import Incident
from ccmp.privacy.rules.permission import (
    check_may_move_incident,
    check_may_report_incident,
    check_may_see_incidents,
)
from ccmp.privacy.services.incident_list import lines_of, places_to_report
from ccmp.privacy.services.incidents import assess_incident, close_incident, note_notification, report_incident
from ccmp.refusals import Refusal, permits
from ccmp.web.forms import refuse

ROWS = 60
STEPS: dict[str, Callable[..., Any]] = {
    "tell": partial(assess_incident, must_notify=True),
    "harmless": partial(assess_incident, must_notify=False),
    "told": note_notification,
    "close": close_incident,
}


def incidents(request: HttpRequest) -> HttpResponse:
    """The register, newest first, each with its running clock."""
    user, at = signed_in(request), now()
    check_may_see_incidents(user)
    page = Paginator(Incident.objects.visible_to(user).newest_first(), ROWS).get_page(request.GET.get("page"))
    context = {"page": page, "rows": lines_of(page, at=at), "may_report": bool(reach_of(user, "privacy.add_incident"))}
    return render(request, "privacy/incidents.html", context)


def report(request: HttpRequest) -> HttpResponse:
    user, at, status = signed_in(request), now(), 200
    check_may_report_incident(user)
    form = ReportForm(request.POST or None, places=places_to_report(user))
    if form.is_valid():
        try:
            kept = report_incident(found=form.found(), by=user, at=at)
            messages.success(request, _("Written down. The clock of its assessment runs."))
            return redirect("privacy:incident", kept.pk)
        except Refusal as refusal:
            refuse(form, refusal)
            status = 409
    return render(request, "privacy/report_incident.html", {"form": form}, status=status)


def incident(request: HttpRequest, incident_id: UUID) -> HttpResponse:
    """One incident: what is known, its steps, the next one."""
    user, at, status = signed_in(request), now(), 200
    held = get_object_or_404(Incident.objects.visible_to(user), pk=incident_id)
    form = StepForm(request.POST or None, incident=held)
    if request.method == "POST":
        check_may_move_incident(user, held)
    if form.is_valid():
        step, words = STEPS[form.cleaned_data["step"]], form.cleaned_data["words"]
        try:
            step(incident_id=held.pk, words=words, by=user, at=at)
            return redirect("privacy:incident", held.pk)
        except Refusal as refusal:
            refuse(form, refusal)
            status = 409
    return render(request, "privacy/incident.html", _page(held, form, user, at), status=status)


def _page(held: Incident, form: StepForm, user: User, at: datetime) -> dict[str, Any]:
    moves = held.moves.select_related("by").order_by("at", "id")
    may_move = bool(form.fields["step"].choices) and permits(check_may_move_incident, user, held)  # type: ignore[attr-defined]
    return {"line": lines_of([held], at=at)[0], "form": form, "moves": moves, "may_move": may_move}
