"""The club's own page: the door, who came, the month week by week."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ccmp.moments import Month, day_of, now
from ccmp.people.signed_in import signed_in
from ccmp.refusals import Refusal
from ccmp.web.sent import made_at
from clubs.entries import SessionEntry
from clubs.forms.phone import CloseForm, OpenForm
from clubs.models import ClubSession
from clubs.rules.sessions import NoClubHere
from clubs.services.sessions import close_club, open_club
from clubs.services.today import door_of, month_of, own_club, roll_of


def club(request: HttpRequest) -> HttpResponse:
    """`?month=YYYY-MM` shows an earlier month."""
    user, at = signed_in(request), now()
    own = own_club(user)
    if own is None:
        return render(request, "clubs/none.html")
    door = door_of(own, at=at)
    month = _month_asked(request, this_month=Month.of_week(door.week.monday))
    roll = roll_of(door.running, at=at) if door.running and not door.is_left_open else None
    context = {
        "door": door,
        "month": month_of(own, month, at=at),
        "earlier": month.previous(),
        "open_form": OpenForm(),
        "close_form": CloseForm(),
        "roll": roll,
        "now": at,
    }
    return render(request, "clubs/club.html", context)


def _month_asked(request: HttpRequest, *, this_month: Month) -> Month:
    """The earlier month that the address names; this one otherwise: a month to come has nothing to show."""
    try:
        month = Month.parse(request.GET.get("month", ""))
    except ValueError:
        return this_month
    return min(month, this_month)


@require_POST
def open_door(request: HttpRequest) -> HttpResponse:
    """Open the door now. Pressed twice, it is open once."""
    user, at, form = signed_in(request), now(), OpenForm(request.POST)
    own = own_club(user)
    if own is None or not form.is_valid():
        raise NoClubHere()
    held = ClubSession.objects.visible_to(user).filter(pk=form.cleaned_data["id"]).first()
    if held is None:
        opened_at = made_at(request, at)
        entry = SessionEntry(form.cleaned_data["id"], own.village_code, made_at=opened_at, opened_at=opened_at)
        open_club(entry=entry, by=user, at=at)
        messages.success(request, _("The door is open. The time is running."))
    return redirect("clubs:club")


@require_POST
def close_door(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Close the door: now, or at the time that is given for one that was left open."""
    user, at, form = signed_in(request), now(), CloseForm(request.POST)
    session = get_object_or_404(ClubSession.objects.visible_to(user), pk=session_id)
    if not form.is_valid():
        messages.error(request, _("Give the time at which you closed, for example 18:30."))
        return redirect("clubs:club")
    if session.closed_at is None or form.cleaned_data["closed_at"]:
        try:
            close_club(
                session_id=session.id, closed_at=form.cleaned_data["closed_at"] or made_at(request, at), by=user, at=at
            )
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect("clubs:club")
    messages.success(request, _("The door is shut. Call the roll if you have not yet."))
    return redirect("clubs:session", session_id) if day_of(session.opened_at) == day_of(at) else redirect("clubs:club")
