from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from ccmp.audit.record import record
from ccmp.moments import day_of, now
from ccmp.people.reach import may
from ccmp.people.signed_in import signed_in
from children.models import Child
from children.rules.resident_id import masked
from children.services.beside import parts_of_file
from children.services.differences import undecided
from children.services.file import file_of
from children.services.file_steps import steps_shown
from children.services.labels import sees_health_on_the_file


def file(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """A child's file. That it was read is recorded."""
    user, at = signed_in(request), now()
    children = Child.objects.visible_to(user).select_related("household", "village", "recorded_by")
    child = get_object_or_404(children, pk=child_id)
    record(by=user, at=at, did="read", on=child)
    page = {
        "file": file_of(child, on=day_of(at), sees_health=sees_health_on_the_file(child, user)),
        "parts": parts_of_file(child, user, at=at),
        "id_number": masked(child.resident_id),
        "on": day_of(at),
        "undecided": undecided(child),
        "may_change": may(user, "children.change_child", at_place=child.village_code),
    }
    return render(request, "children/file.html", page | steps_shown(child, user, on=day_of(at)))
