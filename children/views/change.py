from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ccmp.moments import now
from ccmp.people.signed_in import signed_in
from ccmp.refusals import Refusal
from ccmp.web.forms import refuse
from ccmp.web.sent import made_at
from children.forms.change import ChangeForm
from children.models import Child
from children.rules.correction import check_may_change
from children.services.correct import correct_file

BOTH_ARE_KEPT = gettext_lazy("Somebody else said something different meanwhile. Both are kept: please choose one.")


def change(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """Say the fields of a file anew. What nobody else changed meanwhile is taken, of the others both values are kept."""
    user, at, status = signed_in(request), now(), 200
    child = get_object_or_404(Child.objects.visible_to(user).select_related("household"), pk=child_id)
    check_may_change(user, child)
    form = ChangeForm(request.POST or None, child=child)
    if form.is_valid():
        try:
            done = correct_file(entry=form.entry(made_at=made_at(request, at)), by=user, at=at)
            messages.success(request, BOTH_ARE_KEPT if done.differences else _("The file is changed."))
            return redirect(child)
        except Refusal as refusal:
            refuse(form, refusal)
            status = 409
    return TemplateResponse(request, "children/change.html", {"form": form, "child": child}, status=status)
