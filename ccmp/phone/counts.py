"""How many phones the desk has to ask after: read only for those to whom the door opens."""

from django.http import HttpRequest

from ccmp.moments import now
from ccmp.people.signed_in import signed_in
from ccmp.phone.models import Phone
from ccmp.phone.services.ledger import unheard_before
from ccmp.web.navigation import Count, counts


@counts("phones:list")
def unheard_phones(request: HttpRequest) -> Count | None:
    number = Phone.objects.visible_to(signed_in(request)).unheard(before=unheard_before(at=now())).count()
    return Count(number, "short") if number else None
