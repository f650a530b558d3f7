"""What waits behind the doors of data protection: read only for those to whom they open."""

from django.http import HttpRequest

from ccmp.moments import now
from ccmp.people.signed_in import signed_in
from ccmp.privacy.models import GuardianRequest, IncidentClock, Opening
from ccmp.web.navigation import Count, counts


@counts("privacy:requests")
def requests_waiting(request: HttpRequest) -> Count | None:
    waiting = GuardianRequest.objects.visible_to(signed_in(request)).waiting()
    late, number = waiting.overdue(at=now()).count(), waiting.count()
    return Count(number, "short" if late else "") if number else None


@counts("privacy:openings")
def openings_to_judge(request: HttpRequest) -> Count | None:
    """This is how the county hears of it: on every page, from the minute on."""
    number = Opening.objects.visible_to(signed_in(request)).to_judge().count()
    return Count(number, "short") if number else None


@counts("privacy:incidents")
def incidents_running(request: HttpRequest) -> Count | None:
    running = IncidentClock.objects.visible_to(signed_in(request)).running()
    late, number = running.overdue(at=now()).count(), running.count()
    return Count(number, "danger" if late else "short") if number else None
