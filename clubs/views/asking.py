"""What a mother asks and tells: closures, the hours of an ordinary week."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from ccmp.moments import now
from ccmp.people.signed_in import signed_in
from ccmp.refusals import Refusal
from ccmp.web.forms import refuse
from ccmp.web.sent import made_at
from clubs.entries import ClosureEntry
from clubs.forms.phone import ClosureForm, OpeningTimesForm
from clubs.models import ClubClosure, OpeningTime
from clubs.rules.sessions import NoClubHere
from clubs.services.clubs import ask_for_closure, tell_opening_times
from clubs.services.today import own_club


def ask(request: HttpRequest) -> HttpResponse:
    """Ask the county that the club may stay shut for some days."""
    user, at, form = signed_in(request), now(), ClosureForm(request.POST or None)
    own = own_club(user)
    if own is None:
        raise NoClubHere()
    if request.method == "POST" and form.is_valid():
        try:
            said = ClosureEntry(village_code=own.village_code, made_at=made_at(request, at), **form.cleaned_data)
            ask_for_closure(entry=said, by=user, at=at)
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Asked. The days count as exempt once the county has approved them."))
            return redirect("clubs:club")
    asked = ClubClosure.objects.visible_to(user).filter(club=own).in_order()[:10]
    status = 409 if form.errors else 200
    return TemplateResponse(request, "clubs/closure.html", {"form": form, "asked": asked}, status=status)


def opening_times(request: HttpRequest) -> HttpResponse:
    """The hours of an ordinary week, as the sheet on the wall tells them."""
    user, at = signed_in(request), now()
    own = own_club(user)
    if own is None:
        raise NoClubHere()
    form = OpeningTimesForm(request.POST or None, initial=_told(own.village_code, request))
    if request.method == "POST" and form.is_valid():
        try:
            tell_opening_times(village_code=own.village_code, times=form.times(), by=user, at=at)
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Saved. The sheet on the wall tells these hours."))
            return redirect("clubs:club")
    page = {"form": form, "days": form.days()}
    return TemplateResponse(request, "clubs/times.html", page, status=409 if form.errors else 200)


def _told(village_code: str, request: HttpRequest) -> dict[str, object]:
    told: dict[str, object] = {}
    for one in OpeningTime.objects.visible_to(signed_in(request)).filter(village_code=village_code).in_order():
        told |= {f"opens{one.weekday}": one.opens_at, f"closes{one.weekday}": one.closes_at}
    return told
