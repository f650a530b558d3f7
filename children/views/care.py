from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from ccmp.moments import now
from ccmp.people.models import User
from ccmp.people.signed_in import signed_in
from ccmp.refusals import Refusal
from ccmp.web.forms import refuse
from ccmp.web.sent import made_at
from children.forms.care import BarForm, CareForm
from children.models import Child
from children.rules.claims import check_may_note_grounds
from children.rules.correction import check_may_change
from children.services.bars import note_bar
from children.services.care import change_care
from children.services.care_rows import running_care
from children.services.kin import grown_ups_to_choose
from children.views.change import BOTH_ARE_KEPT


def care(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """Say who looks after the child, since when, and on which papers."""
    user, at, status = signed_in(request), now(), 200
    child = _child(user, child_id)
    form = CareForm(request.POST or None, child=child, care=running_care(child), among=grown_ups_to_choose(child))
    if form.is_valid():
        try:
            differs = change_care(entry=form.entry(made_at=made_at(request, at)), by=user, at=at)
            messages.success(request, BOTH_ARE_KEPT if differs else _("Noted. The labels follow by themselves."))
            return redirect(child)
        except Refusal as refusal:
            refuse(form, refusal)
            status = 409
    return TemplateResponse(request, "children/care.html", {"child": child, "form": form}, status=status)


def bar(request: HttpRequest, child_id: UUID, relative_id: UUID) -> HttpResponse:
    """Note why a grown-up may not be entrusted with a child, or that this is over."""
    user, at, status = signed_in(request), now(), 200
    child = get_object_or_404(Child.objects.visible_to(user), pk=child_id)
    kinship = get_object_or_404(child.kinships.select_related("relative"), relative=relative_id)
    check_may_note_grounds(user, child)
    form = BarForm(request.POST or None)
    if form.is_valid():
        try:
            note_bar(entry=form.entry(child.id, relative_id, made_at=made_at(request, at)), by=user, at=at)
            messages.success(request, _("Noted. It lies sealed."))
            return redirect(child)
        except Refusal as refusal:
            refuse(form, refusal)
            status = 409
    shown = {"child": child, "kinship": kinship, "form": form}
    return TemplateResponse(request, "children/bar.html", shown, status=status)


def _child(user: User, child_id: UUID) -> Child:
    child: Child = get_object_or_404(Child.objects.visible_to(user).select_related("household"), pk=child_id)
    check_may_change(user, child)
    return child
