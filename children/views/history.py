from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse

from ccmp.audit.record import record
from ccmp.moments import day_of, now
from ccmp.people.signed_in import signed_in
from children.models import Child
from children.services.history import history_of

ROWS = 40


def history(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """What became of a file: who said what and when, newest first. That it was read is recorded."""
    user, at = signed_in(request), now()
    files = Child.objects.visible_to(user).select_related("household", "village", "recorded_by")
    child = get_object_or_404(files, pk=child_id)
    record(by=user, at=at, did="read", on=child, part="history")
    page = Paginator(history_of(child, user, on=day_of(at)), ROWS).get_page(request.GET.get("page"))
    return TemplateResponse(request, "children/history.html", {"child": child, "page": page, "now": at})
