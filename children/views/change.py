from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ccmp.moments import day_of, now
from ccmp.people.signed_in import signed_in
from ccmp.refusals import Refusal
from ccmp.web.forms import refuse
from ccmp.web.sent import is_from_phone, made_at
from children.forms.change import ChangeForm, Counties
from children.forms.health import HealthForm
from children.models import Child
from children.rules.claims import check_may_note_grounds
from children.rules.correction import check_may_change
from children.services.correct import correct_file
from children.services.counties import counties_near
from children.services.health import tell_health

BOTH_ARE_KEPT = gettext_lazy("Somebody else said something different meanwhile. Both are kept: please choose one.")


def change(request: HttpRequest, child_id: UUID, step: str) -> HttpResponse:
    """Say one step of a file anew. What nobody else changed meanwhile is taken, of the others both values are kept."""
    user, at, status = signed_in(request), now(), 200
    children = Child.objects.visible_to(user)
    child = get_object_or_404(children.select_related("household"), pk=child_id)
    check_may_change(user, child)
    counties = counties_near(child.village_code, children, on=day_of(at)) if step == "hukou" else ()
    form = _form(request, child, step, counties)
    if form.is_valid():
        try:
            done = correct_file(entry=form.entry(made_at=made_at(request, at)), by=user, at=at)
            messages.success(request, BOTH_ARE_KEPT if done.differences else _("The file is changed."))
            return redirect(child)
        except Refusal as refusal:
            refuse(form, refusal)
            status = 409
    return TemplateResponse(request, f"children/change/{step}.html", {"form": form, "child": child}, status=status)


def _form(request: HttpRequest, child: Child, step: str, counties: Counties) -> ChangeForm:
    data, from_phone = request.POST or None, is_from_phone(request)
    return ChangeForm(data, child=child, step=step, counties=counties, from_phone=from_phone)


def health(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """Note how the child is since a day."""
    user, at, status = signed_in(request), now(), 200
    child = get_object_or_404(Child.objects.visible_to(user).select_related("household"), pk=child_id)
    check_may_note_grounds(user, child)
    form = HealthForm(request.POST or None)
    if form.is_valid():
        try:
            tell_health(entry=form.entry(child.id, made_at=made_at(request, at)), by=user, at=at)
            messages.success(request, _("Noted. It lies sealed."))
            return redirect(child)
        except Refusal as refusal:
            refuse(form, refusal)
            status = 409
    return TemplateResponse(request, "children/change/health.html", {"form": form, "child": child}, status=status)
