from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ccmp.moments import day_of, now
from ccmp.people.enums import VILLAGE_ROLES
from ccmp.people.reach import reach_of
from ccmp.people.signed_in import signed_in
from children.enums import NoIdReason
from children.models import Child
from children.services.found_once import FoundOnce
from children.services.no_id import counted_by_reason, without_a_number

ROWS = 50


def no_id(request: HttpRequest) -> HttpResponse:
    """The children of today's register who have no ID number yet, by reason; who waits longest first."""
    user, on = signed_in(request), day_of(now())
    asked = request.GET.get("reason", "")
    reason = asked if asked in NoIdReason.values else ""
    every = Child.objects.visible_to(user).in_register(on=on)
    found = without_a_number(every, reason=reason)
    page = FoundOnce(found, ROWS, beside=("household", "village")).get_page(request.GET.get("page"))
    shown = {
        "page": page,
        "reasons": counted_by_reason(every),
        "reason": reason,
        "reach": reach_of(user, "children.change_child"),
        "on": on,
    }
    on_phone = user.role_now in VILLAGE_ROLES
    return render(request, "children/no_id_phone.html" if on_phone else "children/no_id.html", shown)
