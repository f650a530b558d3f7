"""How much waits behind the doors of the desk: read only for those to whom they open."""

from django.http import HttpRequest

from ccmp.moments import now
from ccmp.people.signed_in import signed_in
from ccmp.web.navigation import Count, counts
from visits.models import Flag


@counts("visits:flags")
def flags_that_wait(request: HttpRequest) -> Count | None:
    """Flags that the county has to take up; danger once one is late. One query."""
    waiting, late = Flag.objects.visible_to(signed_in(request)).awaiting_county().how_many(at=now())
    return Count(waiting, "danger" if late else "") if waiting else None
