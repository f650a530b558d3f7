"""How much waits behind the doors of the desk: read only for those to whom they open."""

from django.http import HttpRequest

from ccmp.moments import now
from ccmp.people.signed_in import signed_in
from ccmp.web.navigation import Count, counts
from referrals.enums import TaskState
from referrals.models import Referral, Task


@counts("referrals:list")
def open_referrals(request: HttpRequest) -> Count | None:
    number = Referral.objects.visible_to(signed_in(request)).open().count()
    return Count(number) if number else None


@counts("referrals:tasks")
def tasks_to_accept(request: HttpRequest) -> Count | None:
    """Tasks that wait for this department's word; danger once one is late. One query."""
    sent = Task.objects.granted_to(signed_in(request)).in_state(TaskState.SENT)
    waiting, late = sent.how_many(at=now())
    return Count(waiting, "danger" if late else "short") if waiting else None
