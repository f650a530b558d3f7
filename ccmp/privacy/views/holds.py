from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ccmp.moments import day_of, now
from ccmp.people.signed_in import signed_in
from ccmp.privacy.forms.a_child import HoldForm
from ccmp.privacy.models import LegalHold
from ccmp.privacy.rules.permission import check_may_hold
from ccmp.privacy.services.holds import hold_back, lift_hold
from ccmp.refusals import Refusal
from ccmp.web.forms import refuse
from children.models import Child


def hold(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """The legal holds on a child's file, and a new one."""
    user, at, status = signed_in(request), now(), 200
    child = get_object_or_404(Child.objects.visible_to(user).select_related("village"), pk=child_id)
    check_may_hold(user, child)
    form = HoldForm(request.POST or None)
    if form.is_valid():
        try:
            hold_back(child=child, **form.cleaned_data, by=user, at=at)
            messages.success(request, _("From now on nothing of this child is deleted."))
            return redirect("privacy:hold", child_id)
        except Refusal as refusal:
            refuse(form, refusal)
            status = 409
    rows = LegalHold.objects.visible_to(user).filter(child=child).select_related("by", "lifted_by").newest_first()
    page = {"child": child, "form": form, "rows": [(one, one.holds(on=day_of(at))) for one in rows]}
    return render(request, "privacy/hold.html", page, status=status)


@require_POST
def lift(request: HttpRequest, hold_id: UUID) -> HttpResponse:
    user, at = signed_in(request), now()
    held = get_object_or_404(LegalHold.objects.visible_to(user), pk=hold_id)
    lift_hold(hold_id=held.pk, by=user, at=at)
    messages.success(request, _("The hold is lifted. The schedule counts again."))
    return redirect("privacy:hold", held.child_id)
