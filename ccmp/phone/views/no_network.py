from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe


@login_not_required
@require_safe
def no_network(request: HttpRequest) -> HttpResponse:
    """Public by name: the page that a phone shows in the place of one that only the server has. It shows nobody's data."""
    return TemplateResponse(request, "phone/no_network.html")
