from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from ccmp.moments import now
from ccmp.people.signed_in import signed_in
from ccmp.refusals import Refusal
from ccmp.web.forms import refuse
from children.forms.whereabouts import WhereaboutsForm
from children.models import Child
from children.services.whereabouts import change_whereabouts, check_may_change


def whereabouts(request: HttpRequest, child_id: UUID, relative_id: UUID) -> HttpResponse:
    """Where a parent is, since when: the labels follow."""
    user, status = signed_in(request), 200
    child = get_object_or_404(Child.objects.visible_to(user), pk=child_id)
    check_may_change(user, child)
    kinship = get_object_or_404(child.kinships.select_related("relative"), relative=relative_id)
    form = WhereaboutsForm(request.POST or None)
    if form.is_valid():
        try:
            change_whereabouts(child=child, relative_id=relative_id, change=form.change(), by=user, at=now())
            messages.success(request, _("Noted. The labels follow by themselves."))
            return redirect(child)
        except Refusal as refusal:
            refuse(form, refusal)
            status = 409
    page = {"form": form, "child": child, "kinship": kinship}
    return render(request, "children/whereabouts.html", page, status=status)
