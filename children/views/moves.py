from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from ccmp.moments import day_of, now
from ccmp.people.signed_in import signed_in
from ccmp.refusals import Refusal
from ccmp.web.forms import refuse
from ccmp.web.sent import made_at
from children.forms.moves import LeaveForm, ReturnForm
from children.models import Child
from children.rules.moves import check_is_gone, check_is_here, check_may_move
from children.services.farewells import coming_of_age
from children.services.farewells import farewells as told_farewells
from children.services.moves import note_leaving, note_return


def leave(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """The child moved away, died, or was registered by mistake."""
    user, at, status = signed_in(request), now(), 200
    child = _child(request, child_id, partial(check_is_here, on=day_of(at)))
    form = LeaveForm(request.POST or None, name=child.name)
    if form.is_valid():
        try:
            note_leaving(entry=form.entry(child.id, made_at=made_at(request, at)), by=user, at=at)
            messages.success(request, _("Noted. %(name)s is no longer in the register.") % {"name": child.name})
            return redirect(child)
        except Refusal as refusal:
            refuse(form, refusal)
            status = 409
    return TemplateResponse(request, "children/leave.html", {"child": child, "form": form}, status=status)


def come_back(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """The child is back in the same village."""
    user, at, status = signed_in(request), now(), 200
    child = _child(request, child_id, check_is_gone)
    form = ReturnForm(request.POST or None)
    if form.is_valid():
        try:
            note_return(entry=form.entry(child.id, made_at=made_at(request, at)), by=user, at=at)
            messages.success(request, _("Noted. %(name)s is in the register again.") % {"name": child.name})
            return redirect(child)
        except Refusal as refusal:
            refuse(form, refusal)
            status = 409
    return TemplateResponse(request, "children/return.html", {"child": child, "form": form}, status=status)


def farewells(request: HttpRequest) -> HttpResponse:
    """Who comes of age within a month, and what has to be done before."""
    user, on = signed_in(request), day_of(now())
    children = coming_of_age(user, on=on).select_related("household", "village")
    return render(request, "children/farewells.html", {"rows": told_farewells(children, user), "on": on})


def _child(request: HttpRequest, child_id: UUID, check_opens: Callable[[Child], None]) -> Child:
    """A page that could keep nothing does not open; what is sent is the service's to judge: it may come a second time."""
    user = signed_in(request)
    child: Child = get_object_or_404(Child.objects.visible_to(user).select_related("household"), pk=child_id)
    check_may_move(user, child)
    if request.method != "POST":
        check_opens(child)
    return child
