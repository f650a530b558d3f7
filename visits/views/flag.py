from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from ccmp.audit.record import record
from ccmp.moments import now
from ccmp.people.reach import may
from ccmp.people.signed_in import signed_in
from ccmp.refusals import Refusal
from ccmp.web.forms import refuse
from ccmp.web.sent import made_at
from children.models import Child
from children.rules.belonging import village_as_written
from visits.entries import FlagEntry
from visits.enums import FlagKind, Severity
from visits.forms.flag import FlagForm
from visits.models import Flag, Visit
from visits.rules.flag_kinds import kind_rule
from visits.rules.visits import check_may_raise_flag
from visits.services.flag_parts import parts_of_flag
from visits.services.flags import raise_flag


def raise_(request: HttpRequest) -> HttpResponse:
    """Report that something is wrong with a child, from its file, from a visit, or alone."""
    user, at, status = signed_in(request), now(), 200
    child = _child_asked_for(request)
    village_code = village_as_written(child, signed_in(request)) if child else _own_village(request)
    check_may_raise_flag(user, village_code)
    initial = {"kind": request.GET.get("kind"), "visit": request.GET.get("visit")}
    form = FlagForm(request.POST or None, names_child=child is not None, initial=initial)
    if form.is_valid():
        try:
            raised = raise_flag(entry=_entry(request, form, village_code, child, at=at), by=user, at=at)
            messages.success(request, _("Your report is with the county."))
            return redirect("visits:flag", raised.id)
        except Refusal as refusal:
            refuse(form, refusal)
            status = 409
    page = {"form": form, "child": child, "is_mandatory": _is_mandatory(form)}
    return TemplateResponse(request, "visits/raise_flag.html", page, status=status)


def flag(request: HttpRequest, flag_id: UUID) -> HttpResponse:
    """What became of one report: its clocks, the county's answer, each step."""
    user, at = signed_in(request), now()
    found = get_object_or_404(Flag.objects.visible_to(user).select_related("child__household"), pk=flag_id)
    record(by=user, at=at, did="read", on=found)
    page = {
        "flag": found,
        "now": at,
        "clocks": found.clocks.most_urgent_first(),
        "moves": found.moves.order_by("-at", "-id"),
        "parts": parts_of_flag(found, user),
        "may_raise": may(user, "visits.add_flag", at_place=found.village_code),
    }
    return render(request, "visits/flag.html", page)


def _child_asked_for(request: HttpRequest) -> Child | None:
    """The child that the address names. Somebody else's, or none of that number, is a 404."""
    asked = request.GET.get("child")
    if not asked:
        return None
    try:
        child_id = UUID(asked)
    except ValueError as error:
        raise Http404 from error
    child: Child = get_object_or_404(
        Child.objects.visible_to(signed_in(request)).select_related("household"), pk=child_id
    )
    return child


def _entry(request: HttpRequest, form: FlagForm, village_code: str, child: Child | None, *, at: datetime) -> FlagEntry:
    """The report as the service takes it. It does not wait for a visit that was refused: without it, it goes alone."""
    entry = form.entry(village_code, child, made_at=made_at(request, at))
    is_held = Visit.objects.visible_to(signed_in(request)).filter(pk=entry.visit).exists()
    return entry if is_held else replace(entry, visit=None)


def _own_village(request: HttpRequest) -> str:
    post = signed_in(request).post
    return post.place_code if post else ""


def _is_mandatory(form: FlagForm) -> bool:
    kind = form["kind"].value()
    return kind in FlagKind.values and kind_rule(kind).severity == Severity.MANDATORY
