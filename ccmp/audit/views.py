from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from ccmp.audit.forms import TrailFilter
from ccmp.audit.models import AuditEntry
from ccmp.audit.reading import chain_state, lines_of
from ccmp.audit.record import record
from ccmp.moments import now
from ccmp.people.kept import areas_within
from ccmp.people.reach import reach_of
from ccmp.people.signed_in import signed_in
from ccmp.refusals import NotAllowed

ROWS = 60


def trail(request: HttpRequest) -> HttpResponse:
    """Who did what, the newest first. It holds no case data. That it was read is recorded."""
    user, at = signed_in(request), now()
    reach = reach_of(user, "audit.view_auditentry")
    if not reach:
        raise NotAllowed(_("The trail is read by the auditors."))
    form = TrailFilter(request.GET, areas=areas_within(reach))
    entries = form.narrow(AuditEntry.objects.visible_to(user)).select_related("by").in_order()
    found = list(entries[: ROWS + 1])
    page = {"filter": form, "lines": lines_of(found[:ROWS]), "chain": chain_state(), "now": at}
    page["before"] = found[ROWS - 1].pk if len(found) > ROWS else None
    record(by=user, at=at, did="read the trail", on=None)
    return render(request, "audit/trail.html", page)
