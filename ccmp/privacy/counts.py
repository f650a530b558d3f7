"""What waits behind the doors of data protection: read only for those to whom they open."""

from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest

from ccmp.moments import now
from ccmp.people.signed_in import signed_in
from ccmp.privacy.models import GuardianRequest, IncidentClock, Opening
from ccmp.web.navigation import Count, counts


@counts("privacy:requests")
def requests_waiting(request: HttpRequest) -> Count | None:
    return _counted(GuardianRequest.objects.visible_to(signed_in(request)).waiting(), "", "short")


@counts("privacy:openings")
def openings_to_judge(request: HttpRequest) -> Count | None:
    """This is how the county hears of it: on every page, from the minute on."""
    number = Opening.objects.visible_to(signed_in(request)).to_judge().count()
    return Count(number, "short") if number else None


@counts("privacy:incidents")
def incidents_running(request: HttpRequest) -> Count | None:
    return _counted(IncidentClock.objects.visible_to(signed_in(request)).running(), "short", "danger")


def _counted(waiting: QuerySet[Any], in_time: str, late: str) -> Count | None:
    """How many, and how pressing the first that is due: one query."""
    found = waiting.aggregate(number=models.Count("pk"), first=models.Min("due_at"))
    if not found["number"]:
        return None
    return Count(found["number"], late if found["first"] < now() else in_time)
