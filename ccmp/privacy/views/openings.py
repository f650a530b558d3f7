from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ccmp.moments import day_of, now
from ccmp.people.signed_in import signed_in
from ccmp.people.steps import proved_lately
from ccmp.places.rules.standards import value
from ccmp.privacy.enums import Verdict
from ccmp.privacy.forms.openings import JudgeForm, OpenForm
from ccmp.privacy.models import Opening
from ccmp.privacy.rules.permission import check_may_open
from ccmp.privacy.services.openings import break_glass, judge_opening, read_opened
from ccmp.refusals import Refusal
from ccmp.walls.asking import whole_reach
from ccmp.web.forms import refuse
from children.rules.resident_id import masked
from children.services.file import file_of

ROWS = 60


def openings(request: HttpRequest) -> HttpResponse:
    """What others opened of one's own county's children, and what one opened oneself and may still read."""
    user, at = signed_in(request), now()
    check_may_open(user)
    seen = Opening.objects.visible_to(user).with_child().newest_first()
    page = Paginator(seen, ROWS).get_page(request.GET.get("page"))
    mine = Opening.objects.visible_to(user, opened_at=at).newest_first()
    rows = [(one, JudgeForm() if not one.verdict and one.by_id != user.id else None) for one in page]
    return render(request, "privacy/openings.html", {"rows": rows, "page": page, "mine": mine})


@proved_lately
def open_file(request: HttpRequest) -> HttpResponse:
    """Break the glass: the whole ID number, what has happened, a sentence."""
    user, at, status = signed_in(request), now(), 200
    check_may_open(user)
    form = OpenForm(request.POST or None)
    if form.is_valid():
        try:
            opening = break_glass(need=form.need(), by=user, at=at)
            return redirect("privacy:opened", opening.pk)
        except Refusal as refusal:
            refuse(form, refusal)
            status = 409
    hours = value("privacy.opened_hours", on=day_of(at))
    return render(request, "privacy/open.html", {"form": form, "hours": hours}, status=status)


def opened(request: HttpRequest, opening_id: UUID) -> HttpResponse:
    """The file that was opened, to read, as long as it lasts. Each reading is recorded."""
    user, at = signed_in(request), now()
    opening = get_object_or_404(Opening.objects.visible_to(user, opened_at=at), pk=opening_id)
    with whole_reach("the glass was broken for this one child, whose file is written out"):
        child = read_opened(opening=opening, by=user, at=at)
        page = {"opening": opening, "file": file_of(child, on=day_of(at)), "id_number": masked(child.resident_id)}
        return render(request, "privacy/opened.html", page | {"on": day_of(at)})


@require_POST
def judge(request: HttpRequest, opening_id: UUID) -> HttpResponse:
    """Was it right? Says somebody of the child's own county."""
    user, at = signed_in(request), now()
    opening = get_object_or_404(Opening.objects.visible_to(user), pk=opening_id)
    form = JudgeForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose whether it was right."))
        return redirect("privacy:openings")
    given = form.cleaned_data
    judge_opening(opening_id=opening.pk, verdict=Verdict(given["verdict"]), words=given["words"], by=user, at=at)
    messages.success(request, _("Kept. The auditor reads it."))
    return redirect("privacy:openings")
