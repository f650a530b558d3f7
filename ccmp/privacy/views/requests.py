from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ccmp.moments import day_of, now
from ccmp.people.models import User
from ccmp.people.signed_in import signed_in
from ccmp.people.steps import proved_lately
from ccmp.privacy.forms.a_child import AnswerForm, AskForm
from ccmp.privacy.models import GuardianRequest
from ccmp.privacy.rules.permission import (
    check_may_answer_request,
    check_may_register_request,
    check_may_see_requests,
)
from ccmp.privacy.services.copying import copy_for
from ccmp.privacy.services.requests import answer_request, register_request
from ccmp.refusals import Refusal, permits
from ccmp.web.forms import refuse
from children.models import Child

ROWS = 60
TABS = ("waiting", "overdue", "answered")


def requests(request: HttpRequest) -> HttpResponse:
    """Guardians' requests of one's reach, the most urgent first."""
    user, at = signed_in(request), now()
    check_may_see_requests(user)
    tab = request.GET.get("tab") if request.GET.get("tab") in TABS else "waiting"
    seen = GuardianRequest.objects.visible_to(user)
    counts = {"waiting": seen.waiting().count(), "overdue": seen.overdue(at=at).count()}
    chosen = {"overdue": seen.overdue(at=at).most_urgent_first(), "answered": seen.answered().answered_last_first()}
    page = Paginator(chosen.get(str(tab), seen.waiting().most_urgent_first()).with_child(), ROWS).get_page(
        request.GET.get("page")
    )
    rows = [(one, one.is_overdue(at=at)) for one in page]
    return render(request, "privacy/requests.html", {"rows": rows, "page": page, "tab": tab, "counts": counts})


def ask(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """Write down what a guardian asks for."""
    user, at, status = signed_in(request), now(), 200
    child = get_object_or_404(Child.objects.visible_to(user).select_related("village"), pk=child_id)
    check_may_register_request(user, child)
    form = AskForm(request.POST or None)
    if form.is_valid():
        try:
            kept = register_request(child=child, asked=form.asked(), by=user, at=at)
            messages.success(request, _("Written down. It is answered by %(day)s.") % {"day": day_of(kept.due_at)})
            return redirect("privacy:request", kept.pk)
        except Refusal as refusal:
            refuse(form, refusal)
            status = 409
    return render(request, "privacy/ask.html", {"child": child, "form": form}, status=status)


def request_page(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """One request, and the county's answer to it."""
    user, at, status = signed_in(request), now(), 200
    held = get_object_or_404(GuardianRequest.objects.visible_to(user).with_child(), pk=request_id)
    form = AnswerForm(request.POST or None)
    if request.method == "POST":
        check_may_answer_request(user, held)
    if form.is_valid():
        try:
            answer_request(request_id=held.pk, **form.answer(), by=user, at=at)
            messages.success(request, _("Answered. Tell the guardian, on paper if that was asked."))
            return redirect("privacy:requests")
        except Refusal as refusal:
            refuse(form, refusal)
            status = 409
    page = {"held": held, "form": form, "is_overdue": held.is_overdue(at=at)}
    return render(request, "privacy/request.html", page | _may(user, held), status=status)


def _may(user: User, held: GuardianRequest) -> dict[str, bool]:
    return {"may_answer": permits(check_may_answer_request, user, held)}


@proved_lately
@require_POST
def copy(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """What is kept of the child, for its guardian: a PDF and a spreadsheet in one archive."""
    user, at = signed_in(request), now()
    held = get_object_or_404(GuardianRequest.objects.visible_to(user), pk=request_id)
    check_may_answer_request(user, held)
    answer = HttpResponse(copy_for(held, by=user, at=at), content_type="application/zip")
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Content-Disposition"] = f'attachment; filename="copy-{day_of(at)}.zip"'
    return answer
