"""The clubs' hours compared, week by week, and the closures that the county decides on."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ccmp.moments import now
from ccmp.people.reach import reach_of
from ccmp.people.signed_in import signed_in
from ccmp.refusals import Refusal
from clubs.forms.desk import HoursFilter
from clubs.models import Club, ClubClosure
from clubs.services.clubs import approve_closure, decline_closure
from clubs.services.compliance import compare


def hours(request: HttpRequest) -> HttpResponse:
    """Villages down, weeks across; those in need of help first. `?view=table` is the same as a table."""
    user, at = signed_in(request), now()
    clubs = Club.objects.hours_visible_to(user)
    form = HoursFilter(request.GET, clubs=clubs, at=at)
    comparison = compare(form.narrow(clubs), month=form.month_now, at=at, page=form.page_now, only=form.which_now)
    context = {
        "filter": form,
        "comparison": comparison,
        "view": "table" if request.GET.get("view") == "table" else "weeks",
        "may_decide": bool(reach_of(user, "clubs.approve_clubclosure")),
        "waiting": ClubClosure.objects.visible_to(user).awaiting().count(),
        "now": at,
    }
    return render(request, "clubs/hours.html", context)


def closures(request: HttpRequest) -> HttpResponse:
    """What mothers ask for: to be approved, or declined with a reason."""
    seen = ClubClosure.objects.visible_to(signed_in(request)).select_related("village", "recorded_by")
    context = {
        "awaiting": seen.awaiting().in_order(),
        "decided": seen.exclude(approved_at=None, declined_at=None).in_order()[:40],
        "may_decide": bool(reach_of(signed_in(request), "clubs.approve_clubclosure")),
    }
    return render(request, "clubs/closures.html", context)


@require_POST
def approve(request: HttpRequest, closure_id: UUID) -> HttpResponse:
    get_object_or_404(ClubClosure.objects.visible_to(signed_in(request)), pk=closure_id)
    approve_closure(closure_id=closure_id, by=signed_in(request), at=now())
    messages.success(request, _("Approved. These days count as exempt."))
    return redirect("clubs:closures")


@require_POST
def decline(request: HttpRequest, closure_id: UUID) -> HttpResponse:
    get_object_or_404(ClubClosure.objects.visible_to(signed_in(request)), pk=closure_id)
    try:
        decline_closure(closure_id=closure_id, reason=request.POST.get("reason", ""), by=signed_in(request), at=now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Declined. The companion mother reads your reason."))
    return redirect("clubs:closures")
