from datetime import date
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ccmp.moments import day_of, now
from ccmp.people.enums import VILLAGE_ROLES
from ccmp.people.models import User
from ccmp.people.reach import reach_of
from ccmp.people.signed_in import signed_in
from ccmp.refusals import NotAllowed, Refusal
from ccmp.web.forms import refuse
from ccmp.web.sent import made_at
from children.forms.check import AnswerForm, CheckForm, NarrowChecks
from children.models import Child, FileCheck
from children.rules.file_checks import check_may_check
from children.services.check import answer_check, beside, check_file, files_to_check, last_change
from children.services.due import places_of
from children.services.trust import signatures_of

ROWS = 60


def to_check(request: HttpRequest) -> HttpResponse:
    """The files that wait for a supervisor's word, village by village."""
    user, on = signed_in(request), day_of(now())
    if not reach_of(user, "children.check_file"):
        raise NotAllowed(_("Files are checked by the township's supervisor and in the county's office."))
    rows = files_to_check(user, on=on)
    form = NarrowChecks(request.GET, places=places_of(rows))
    found = form.narrow(rows).select_related("household", "village", "recorded_by")
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    return TemplateResponse(request, "children/to_check.html", {"form": form, "page": page, "on": on})


def check(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """A file is in order, or goes back with a remark; then comes the next one."""
    user, at, status = signed_in(request), now(), 200
    child = get_object_or_404(Child.objects.visible_to(user).select_related("village"), pk=child_id)
    check_may_check(user, child)
    form = CheckForm(request.POST or None, initial={"version": child.version, "last": last_change(child)})
    if form.is_valid():
        try:
            check_file(child_id=child.id, **form.said(), by=user, at=at)
            messages.success(request, form.told(child))
            return _next_after(child, user, on=day_of(at))
        except Refusal as refusal:
            form = form.again(child.version, last_change(child))
            refuse(form, refusal)
            status = 409
    page = {"form": form, "child": child, "signed": signatures_of(child), "on": day_of(at)}
    return TemplateResponse(request, "children/check.html", page, status=status)


def _next_after(child: Child, user: User, *, on: date) -> HttpResponse:
    _before, after = beside(files_to_check(user, on=on), child)
    return redirect("children:file", after) if after else redirect("children:to-check")


def sent_back(request: HttpRequest) -> HttpResponse:
    """What the supervisor sent back and nobody put right yet, the oldest first."""
    user, at = signed_in(request), now()
    rows = FileCheck.objects.visible_to(user).open().select_related("child__household", "checked_by", "village")
    page = Paginator(rows.order_by("checked_at", "id"), ROWS).get_page(request.GET.get("page"))
    name = "children/sent_back_phone.html" if user.role_now in VILLAGE_ROLES else "children/sent_back.html"
    return TemplateResponse(request, name, {"page": page, "rows": page.object_list, "on": day_of(at)})


@require_POST
def answer(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """What was sent back is put right: the supervisor gets to see it again."""
    user, at = signed_in(request), now()
    child = get_object_or_404(Child.objects.visible_to(user), pk=child_id)
    form = AnswerForm(request.POST)
    if form.is_valid():
        asked = get_object_or_404(FileCheck.objects.visible_to(user), pk=form.cleaned_data["check"], child=child)
        answer_check(check=asked, by=user, at=at, made_at=made_at(request, at))
        messages.success(request, _("The supervisor gets to see the file again."))
    else:
        messages.error(request, _("Something of this page was lost on the way. Open it again."))
    return redirect(child)
