from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from ccmp.moments import day_of, now
from ccmp.people.models import User
from ccmp.people.signed_in import signed_in
from ccmp.refusals import Refusal
from ccmp.web.forms import refuse
from ccmp.web.sent import made_at
from children.forms.kin import KinForm, NewKinForm
from children.models import Child
from children.rules.correction import check_may_change
from children.services.kin import add_kin, change_kin, grown_ups_to_choose
from children.views.change import BOTH_ARE_KEPT


def kin(request: HttpRequest, child_id: UUID, relative_id: UUID) -> HttpResponse:
    """Say anew what the file tells of a grown-up."""
    user, at, status = signed_in(request), now(), 200
    child = _child(user, child_id)
    kinship = get_object_or_404(child.kinships.select_related("relative"), relative=relative_id)
    form = KinForm(request.POST or None, relative=kinship.relative, on=day_of(at))
    if form.is_valid():
        try:
            differences = change_kin(entry=form.entry(child.id, made_at=made_at(request, at)), by=user, at=at)
            messages.success(request, BOTH_ARE_KEPT if differences else _("Noted. The labels follow by themselves."))
            return redirect(child)
        except Refusal as refusal:
            refuse(form, refusal)
            status = 409
    shown = {"child": child, "kinship": kinship, "form": form}
    return TemplateResponse(request, "children/kin.html", shown, status=status)


def new_kin(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """Name one more grown-up in a child's file."""
    user, at, status = signed_in(request), now(), 200
    child = _child(user, child_id)
    form = NewKinForm(request.POST or None, among=grown_ups_to_choose(child, unnamed=True))
    if form.is_valid():
        try:
            relative = add_kin(entry=form.entry(child, made_at=made_at(request, at)), by=user, at=at)
            messages.success(request, _("%(name)s stands in the file.") % {"name": relative.name})
            return redirect(child)
        except Refusal as refusal:
            refuse(form, refusal)
            status = 409
    return TemplateResponse(request, "children/kin_new.html", {"child": child, "form": form}, status=status)


def _child(user: User, child_id: UUID) -> Child:
    child: Child = get_object_or_404(Child.objects.visible_to(user).select_related("household"), pk=child_id)
    check_may_change(user, child)
    return child
