from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ccmp.moments import now
from ccmp.people.signed_in import signed_in
from ccmp.privacy.rules.permission import check_may_see_schedule
from ccmp.privacy.services.retention import schedule_shown


def schedule_page(request: HttpRequest) -> HttpResponse:
    """How long what is kept, what is over at this moment, and what the last night let go."""
    user, at = signed_in(request), now()
    check_may_see_schedule(user)
    return render(request, "privacy/schedule.html", schedule_shown(at=at))
