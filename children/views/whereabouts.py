from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from ccmp.moments import now
from ccmp.people.signed_in import signed_in
from ccmp.refusals import Refusal
from ccmp.web.forms import refuse
from ccmp.web.sent import made_at
from children.forms.whereabouts import WhereaboutsForm
from children.models import Child
from children.services.whereabouts import change_whereabouts, check_may_change
from children.views.change import BOTH_ARE_KEPT


def whereabouts(request: HttpRequest, child_id: UUID, relative_id: UUID) -> HttpResponse:
    """Where a parent is, since when: the labels follow."""
    user, at, status = signed_in(request), now(), 200
    child = get_object_or_404(Child.objects.visible_to(user), pk=child_id)
    check_may_change(user, child)
    kinship = get_object_or_404(child.kinships.select_related("relative"), relative=relative_id)
    page, form = {"child": child, "kinship": kinship}, WhereaboutsForm(request.POST or None, relative=kinship.relative)
    if form.is_valid():
        try:
            change = form.change(made_at=made_at(request, at))
            differs = change_whereabouts(child=child, relative_id=relative_id, change=change, by=user, at=at)
            messages.success(request, BOTH_ARE_KEPT if differs else _("Noted. The labels follow by themselves."))
            return redirect(child)
        except Refusal as refusal:
            refuse(form, refusal)
            status = 409
    return TemplateResponse(request, "children/whereabouts.html", page | {"form": form}, status=status)
