"""Entering what took place: missed sessions, who came, activities."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from ccmp.moments import CHINA, now
from ccmp.people.models import User
from ccmp.people.signed_in import signed_in
from ccmp.refusals import NotAllowed, Refusal
from ccmp.web.forms import refuse
from clubs.entries import SessionEntry
from clubs.forms.phone import ActivityForm, RollForm, SessionForm
from clubs.models import Activity, Club, ClubSession
from clubs.rules.sessions import NoClubHere
from clubs.services.clubs import record_activity
from clubs.services.sessions import call_the_roll, enter_session
from clubs.services.today import own_club, roll_of


def _own(user: User) -> Club:
    own = own_club(user)
    if own is None:
        raise NoClubHere()
    return own


def _ticked(request: HttpRequest) -> list[UUID]:
    ids = []
    for text in request.POST.getlist("attended"):
        try:
            ids.append(UUID(text))
        except ValueError:
            continue
    return ids


def enter(request: HttpRequest) -> HttpResponse:
    """A session that was not recorded while it ran; who came is asked on the next page."""
    user, at = signed_in(request), now()
    own, form = _own(user), SessionForm(request.POST or None, initial={"day": at.astimezone(CHINA).date()})
    if request.method == "POST" and form.is_valid():
        try:
            session = enter_session(entry=_entry(form.cleaned_data, own, at=at), by=user, at=at)
        except Refusal as refusal:
            refuse(form, _at_its_field(refusal))
        else:
            messages.success(request, _("Noted. Who came?"))
            return redirect("clubs:session", session.id)
    status = 409 if form.errors else 200
    return TemplateResponse(request, "clubs/enter.html", {"form": form}, status=status)


def _entry(said: dict[str, Any], own: Club, *, at: datetime) -> SessionEntry:
    opened_at = datetime.combine(said["day"], said["opened"], tzinfo=CHINA)
    closed_at = datetime.combine(said["day"], said["closed"], tzinfo=CHINA)
    return SessionEntry(
        id=said["id"],
        village_code=own.village_code,
        made_at=opened_at,
        opened_at=opened_at,
        closed_at=closed_at,
        visitors=said["visitors"],
    )


def _at_its_field(refusal: Refusal) -> Refusal:
    refusal.field = {"opened_at": "opened", "closed_at": "closed"}.get(refusal.field or "", refusal.field)
    return refusal


def roll(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Who came to a session: ticked names, and how many others."""
    user, at = signed_in(request), now()
    session = get_object_or_404(ClubSession.objects.visible_to(user), pk=session_id)
    form = RollForm(request.POST or None, initial={"visitors": session.visitors})
    if request.method == "POST" and form.is_valid():
        try:
            call_the_roll(session_id=session.id, attended=_ticked(request), by=user, at=at, **form.cleaned_data)
        except NotAllowed:
            raise
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Noted who came."))
            return redirect("clubs:club")
    return TemplateResponse(
        request, "clubs/session.html", {"session": session, "form": form, "roll": roll_of(session, at=at), "now": at}
    )


def activity(request: HttpRequest) -> HttpResponse:
    """A themed activity, and what was held so far."""
    user, at = signed_in(request), now()
    own, form = _own(user), ActivityForm(request.POST or None, initial={"held_at": at})
    if request.method == "POST" and form.is_valid():
        try:
            record_activity(entry=form.entry(own.village_code), by=user, at=at)
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("The activity is noted."))
            return redirect("clubs:club")
    held = Activity.objects.visible_to(user).filter(club=own).newest_first()[:10]
    return TemplateResponse(
        request, "clubs/activity.html", {"form": form, "held": held}, status=409 if form.errors else 200
    )
