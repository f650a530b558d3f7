from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from ccmp.identifiers import new_id
from ccmp.moments import day_of, now
from ccmp.people.enums import VILLAGE_ROLES
from ccmp.people.signed_in import signed_in
from visits.services.due_homes import LEVEL_STATES
from visits.services.today import today_of


def today(request: HttpRequest) -> HttpResponse:
    """The phone's first page: where to go today, most urgent first."""
    user, at = signed_in(request), now()
    if user.role_now not in VILLAGE_ROLES:
        return redirect("places:home")
    page = today_of(user, at=at)
    template = "visits/first_day.html" if page.is_first_day else "visits/today.html"
    return render(
        request,
        template,
        {"page": page, "now": at, "on": day_of(at), "levels": LEVEL_STATES, "session_id": new_id()},
    )
