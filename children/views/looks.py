from datetime import datetime
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from ccmp.audit.reading import lines_of
from ccmp.audit.record import record
from ccmp.moments import day_of, now
from ccmp.people.signed_in import signed_in
from children.models import Child
from children.rules.looks import check_may_see_looks
from children.services.looks import looks_at, print_looks

ROWS = 60


def looks(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """Who has looked at this child, what for, and who changed what. That this was read is recorded too."""
    at = now()
    child = _child(request, child_id, at=at, part="looks")
    page = Paginator(looks_at(child), ROWS).get_page(request.GET.get("page"))
    shown = {"child": child, "page": page, "lines": lines_of(list(page)), "now": at}
    return render(request, "children/looks.html", shown)


def paper(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """The same as a PDF for the guardian, made as it is asked for and kept nowhere."""
    at = now()
    child = _child(request, child_id, at=at, part="looks on paper")
    answer = HttpResponse(print_looks(child, signed_in(request), at=at), content_type="application/pdf")
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Content-Disposition"] = f'attachment; filename="looks-{day_of(at)}.pdf"'
    return answer


def _child(request: HttpRequest, child_id: UUID, *, at: datetime, part: str) -> Child:
    user = signed_in(request)
    child: Child = get_object_or_404(Child.objects.visible_to(user).select_related("village"), pk=child_id)
    check_may_see_looks(user, child)
    record(by=user, at=at, did="read", on=child, part=part)
    return child
