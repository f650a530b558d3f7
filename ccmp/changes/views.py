from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from ccmp.audit.record import record
from ccmp.changes.forms import ChangesFilter
from ccmp.changes.reading import lines_of
from ccmp.changes.words import KINDS, by_what
from ccmp.moments import now
from ccmp.people.reach import reach_of
from ccmp.people.signed_in import signed_in
from ccmp.refusals import NotAllowed
from ccmp.walls.asking import whole_reach

ROWS = 60


def changes(request: HttpRequest) -> HttpResponse:
    """What stood in rows before they were changed, the newest first. That it was read is recorded."""
    user, at = signed_in(request), now()
    if "" not in reach_of(user, "audit.view_auditentry").prefixes:
        raise NotAllowed(_("The trail is read by the auditors."))
    form = ChangesFilter(request.GET)
    with whole_reach("what was changed is read for the whole country by its auditors"):
        found = lines_of(form.narrowed(), limit=ROWS + 1)
    page = {"filter": form, "lines": [(line, KINDS[line.kind], by_what(line.what)) for line in found[:ROWS]]}
    page["before"] = found[ROWS - 1].number if len(found) > ROWS else None
    record(by=user, at=at, did="read the changes", on=None)
    return render(request, "changes/changes.html", page)
