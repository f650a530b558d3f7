from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ccmp.moments import day_of, now
from ccmp.people.reach import reach_of
from ccmp.people.signed_in import signed_in
from ccmp.people.steps import proved_lately
from ccmp.places.rules.standards import value
from ccmp.privacy.forms.extracts import StudyForm
from ccmp.privacy.models import Study
from ccmp.privacy.rules.permission import check_may_see_studies
from ccmp.privacy.services.extracts import approve_study, ask_for_study, take_extract


def studies(request: HttpRequest) -> HttpResponse:
    """Studies with what was taken out for them; a researcher asks for a new one."""
    user, at = signed_in(request), now()
    check_may_see_studies(user)
    may_ask = bool(reach_of(user, "privacy.add_study"))
    form = StudyForm(request.POST or None) if may_ask else None
    if form and form.is_valid():
        ask_for_study(**form.cleaned_data, by=user, at=at)
        messages.success(request, _("Asked for. The foundation approves it, or talks to you."))
        return redirect("privacy:studies")
    seen = Study.objects.visible_to(user).select_related("asked_by", "approved_by").prefetch_related("extracts__by")
    page = {"studies": seen.newest_first(), "form": form, "least": value("privacy.least_alike", on=day_of(at))}
    page |= {
        "may_approve": bool(reach_of(user, "privacy.change_study")),
        "may_take": bool(reach_of(user, "privacy.add_extract")),
    }
    return render(request, "privacy/studies.html", page)


@require_POST
def approve(request: HttpRequest, study_id: UUID) -> HttpResponse:
    user, at = signed_in(request), now()
    study = get_object_or_404(Study.objects.visible_to(user), pk=study_id)
    approve_study(study_id=study.pk, by=user, at=at)
    messages.success(request, _("Approved. From now on extracts can be taken for it."))
    return redirect("privacy:studies")


@proved_lately
@require_POST
def take(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """A CSV of pseudonymised rows. It is kept nowhere; its sum is."""
    user, at = signed_in(request), now()
    study = get_object_or_404(Study.objects.visible_to(user), pk=study_id)
    taken = take_extract(study_id=study.pk, by=user, at=at)
    answer = HttpResponse(taken.content, content_type="text/csv; charset=utf-8")
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Content-Disposition"] = f'attachment; filename="extract-{day_of(at)}.csv"'
    return answer
