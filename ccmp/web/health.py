"""Is this process alive? For the proxy; public by name, and it says nothing of anybody. Whether it can work: ccmp.operations."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse


@login_not_required
def live(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"live": True})
