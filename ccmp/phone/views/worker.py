from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from ccmp.phone.services.edition import worker_script


@login_not_required
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """Public by name: the program that answers in the network's place. The browser asks for it anew each time."""
    headers = {"Cache-Control": "no-cache", "Service-Worker-Allowed": "/"}
    return HttpResponse(worker_script(), content_type="text/javascript; charset=utf-8", headers=headers)
