"""Her phone's own pages. Once it is set up the worker writes two of them itself; these are for a phone that is not."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from ccmp.moments import now
from ccmp.people.signed_in import signed_in
from ccmp.phone.rules.phones import check_may_set_up


@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """What waits, what came back: on a phone that keeps nothing, neither."""
    return TemplateResponse(request, "phone/outbox.html", {"phone": None, "now": now()})


@require_safe
def set_up(request: HttpRequest) -> HttpResponse:
    """Choose a PIN. The phone itself asks for its key: `POST /api/v1/phones/`."""
    check_may_set_up(signed_in(request))
    return TemplateResponse(request, "phone/set_up.html")


@require_safe
def open_with_pin(request: HttpRequest) -> HttpResponse:
    """Type the PIN. What is behind it only the phone knows."""
    return TemplateResponse(request, "phone/open.html")
