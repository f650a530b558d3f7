from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ccmp.moments import now
from ccmp.people.signed_in import signed_in
from ccmp.refusals import Refusal
from ccmp.web.forms import refuse
from ccmp.web.sent import made_at
from referrals.forms.mine import ConfirmForm
from referrals.models import Task
from referrals.services.mine import referrals_of
from referrals.services.tasks import confirm_task


def mine(
    request: HttpRequest, *, bound: ConfirmForm | None = None, task_id: UUID | None = None, status: int = 200
) -> HttpResponse:
    """What became of the village's children: each referral with its tasks, those that wait for an answer first."""
    user, at = signed_in(request), now()
    rows = referrals_of(user)
    form = bound or ConfirmForm()
    page = {"rows": rows, "form": form, "bound_to": task_id, "confirm": ConfirmForm(), "now": at}
    return TemplateResponse(request, "referrals/mine.html", page, status=status)


@require_POST
def confirm(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """The mother saw it: the child has what the department says it did."""
    user, at = signed_in(request), now()
    task = get_object_or_404(Task.objects.visible_to(user), pk=task_id)
    form = ConfirmForm(request.POST)
    if not form.is_valid():
        return mine(request, bound=form, task_id=task_id)
    try:
        confirm_task(task_id=task.id, words=form.cleaned_data["words"], by=user, at=at, made_at=made_at(request, at))
    except Refusal as refusal:
        refuse(form, refusal)
        return mine(request, bound=form, task_id=task_id, status=409)
    messages.success(request, _("Thank you. The department and the county see it now."))
    return redirect("referrals:mine")
