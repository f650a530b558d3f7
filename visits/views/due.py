from datetime import timedelta

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ccmp.moments import day_of, now
from ccmp.people.enums import VILLAGE_ROLES
from ccmp.people.signed_in import signed_in
from visits.forms.due import DueFilter
from visits.services.due_homes import by_home, deadlines_due

ROWS = 60


def due(request: HttpRequest) -> HttpResponse:
    """Who is due a visit, the most urgent first: homes on the phone, children at the desk."""
    on, on_phone = day_of(now()), signed_in(request).role_now in VILLAGE_ROLES
    form = DueFilter(request.GET)
    by = on + timedelta(days=form.days_ahead)
    deadlines = form.narrow(deadlines_due(signed_in(request), by=by, on=on))
    late = deadlines.overdue(on=on).count()
    rows = by_home(deadlines, on=on) if on_phone else deadlines.select_related("village")
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    shown = {"form": form, "page": page, "on": on, "late": late}
    if not on_phone:
        shown["rows"] = [(deadline, deadline.days_late(on=on)) for deadline in page]
    return render(request, "visits/due_phone.html" if on_phone else "visits/due.html", shown)
