from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from ccmp.audit.record import record
from ccmp.moments import day_of, now
from ccmp.people.signed_in import signed_in
from ccmp.people.steps import proved_lately
from children.models import Child
from children.services.print_file import print_file


@proved_lately
def paper(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """A child's file as a PDF, made as it is asked for and kept nowhere. That it was printed is recorded."""
    user, at = signed_in(request), now()
    children = Child.objects.visible_to(user).select_related("household", "village", "recorded_by")
    child = get_object_or_404(children, pk=child_id)
    content = print_file(child, user, on=day_of(at))
    record(by=user, at=at, did="printed", on=child)
    answer = HttpResponse(content, content_type="application/pdf")
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Content-Disposition"] = f'attachment; filename="file-{day_of(at)}.pdf"'
    return answer
