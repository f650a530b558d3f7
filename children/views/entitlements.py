from datetime import date
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ccmp.audit.record import record
from ccmp.moments import day_of, now
from ccmp.people.enums import VILLAGE_ROLES
from ccmp.people.models import User
from ccmp.people.signed_in import signed_in
from ccmp.refusals import Refusal, permits
from ccmp.web.forms import refuse
from ccmp.web.sent import made_at
from children.enums import ApplicationStep
from children.forms.entitlements import GroundForm, StepForm, UnclaimedFilter
from children.models import Child
from children.rules.claims import check_may_note_grounds, check_may_note_steps, grounds_to_note
from children.services.claims_held import claims_of, open_to_the_village, shown_with_clocks, unclaimed_in_the_village
from children.services.entitlement_part import ShownEntitlement, entitlements_shown, those_of_concern
from children.services.grounds import note_ground
from children.services.noting_steps import note_step
from children.services.take_up_list import how_fresh, lines, unclaimed, villages_of
from children.services.take_up_month import months_shown

ROWS = 60
ROWS_ON_THE_PHONE = 50


def entitlements(request: HttpRequest) -> HttpResponse:
    """What children may claim and do not receive, the longest waiting first."""
    on = day_of(now())
    if _is_of_a_village(signed_in(request)):
        return _of_the_village(request, on=on)
    rows = unclaimed(signed_in(request), on=on)
    form = UnclaimedFilter(request.GET, villages=villages_of(rows))
    page = Paginator(form.narrow(rows, on=on), ROWS).get_page(request.GET.get("page"))
    months = months_shown(signed_in(request), on=on, under=form.asked("under"), benefit=form.asked("benefit"))
    shown = {"form": form, "page": page, "rows": lines(page, on=on), "fresh": how_fresh(), "months": months}
    return render(request, "children/entitlements.html", shown)


def _of_the_village(request: HttpRequest, *, on: date) -> HttpResponse:
    rows = unclaimed_in_the_village(signed_in(request), on=on)
    page = Paginator(rows, ROWS_ON_THE_PHONE).get_page(request.GET.get("page"))
    shown = {"page": page, "rows": list(page), "on": on, "benefits": open_to_the_village()}
    return TemplateResponse(request, "children/entitlements_phone.html", shown)


def of_child(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """A child's benefits: what it may qualify for and why, how far each is. That it was read is recorded."""
    if request.method == "POST":  # the phone's own page posts to itself
        return note(request, child_id)
    user, at = signed_in(request), now()
    child = _child(user, child_id)
    shown = entitlements_shown(child, user, on=day_of(at))
    record(by=user, at=at, did="read", on=child, part="entitlements")
    return _of_child(request, child, shown, _step_form(shown))


@require_POST
def note(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """What became of one benefit."""
    user, at, status = signed_in(request), now(), 200
    child = _child(user, child_id)
    check_may_note_steps(user, child)
    shown = entitlements_shown(child, user, on=day_of(at))
    form = _step_form(shown, request.POST)
    if form.is_valid():
        try:
            entry, given = form.entry(child.id, made_at=made_at(request, at)), form.cleaned_data
            note_step(step=ApplicationStep(given["step"]), entry=entry, why=given["why"], by=user, at=at)
            messages.success(request, _("Noted."))
            return redirect("children:entitlements-of", child.id)
        except Refusal as refusal:
            refuse(form, refusal)
            status = 409
    return _of_child(request, child, shown, form, status=status)


def ground(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """A ground on which claims rest: that it holds, or that it ended."""
    user, at, status = signed_in(request), now(), 200
    child = _child(user, child_id)
    check_may_note_grounds(user, child)
    form = GroundForm(request.POST or None, grounds=grounds_to_note(user, child))
    if form.is_valid():
        try:
            note_ground(entry=form.entry(child.id, made_at=made_at(request, at)), by=user, at=at)
            messages.success(request, _("Noted. What the child may qualify for follows by itself."))
            return redirect("children:entitlements-of", child.id)
        except Refusal as refusal:
            refuse(form, refusal)
            status = 409
    return TemplateResponse(request, "children/ground.html", {"child": child, "form": form}, status=status)


def _child(user: User, child_id: UUID) -> Child:
    child: Child = get_object_or_404(Child.objects.visible_to(user).select_related("village"), pk=child_id)
    return child


def _step_form(shown: list[ShownEntitlement], sent: object = None) -> StepForm:
    return StepForm(sent, among=[one.entitlement.benefit for one in shown])


def _of_child(
    request: HttpRequest, child: Child, shown: list[ShownEntitlement], form: StepForm, *, status: int = 200
) -> HttpResponse:
    if _is_of_a_village(signed_in(request)):
        return _on_the_phone(request, child, form, status=status)
    concerned = those_of_concern(shown)
    page = {
        "child": child,
        "concerned": concerned,
        "others": [one for one in shown if one not in concerned],
        "form": form,
        "may_note": permits(check_may_note_steps, signed_in(request), child),
    }
    return TemplateResponse(request, "children/entitlements_of.html", page, status=status)


def _on_the_phone(request: HttpRequest, child: Child, form: StepForm, *, status: int) -> HttpResponse:
    """What a village's phone holds of it, written the same: no rule is judged."""
    on = day_of(now())
    claims = shown_with_clocks(((child, one) for one in claims_of([child.id]).get(child.id, ())), on=on)
    page = {"child": child, "claims": claims, "on": on, "form": form, "benefits": open_to_the_village()}
    return TemplateResponse(request, "children/entitlements_of_phone.html", page, status=status)


def _is_of_a_village(user: User) -> bool:
    return user.role_now in VILLAGE_ROLES
