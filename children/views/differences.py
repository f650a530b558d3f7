from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ccmp.moments import day_of, now
from ccmp.people.reach import reach_of
from ccmp.people.signed_in import signed_in
from ccmp.web.sent import made_at
from children.enums import Kept
from children.forms.decide import DecideForm
from children.models import Difference
from children.services.differences import decide_difference, told_differences

ROWS = 20


def differences(request: HttpRequest) -> HttpResponse:
    """Where two people said different things of a child's file, the oldest first: who said what, when."""
    user, at = signed_in(request), now()
    rows = Difference.objects.visible_to(user).open().with_tellers().in_order()
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    shown = {
        "page": page,
        "rows": told_differences(page, reach_of(user, "children.decide_difference"), on=day_of(at)),
        "now": at,
    }
    return TemplateResponse(request, "children/differences.html", shown)


@require_POST
def decide(request: HttpRequest, difference_id: UUID) -> HttpResponse:
    """Let one of two values hold. The other one stays in the history."""
    user, at = signed_in(request), now()
    found = get_object_or_404(Difference.objects.visible_to(user), pk=difference_id)
    form = DecideForm(request.POST)
    if form.is_valid():
        keep, seen = Kept(form.cleaned_data["keep"]), form.cleaned_data["seen"]
        decide_difference(difference_id=found.id, keep=keep, seen=seen, by=user, at=at, made_at=made_at(request, at))
        messages.success(request, _("Decided. The other value stays in the history."))
    else:
        messages.error(request, _("Choose which of the two holds."))
    return redirect("children:differences")
