from typing import Any, NoReturn

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from ccmp.web.rest.endpoints import Endpoint


@extend_schema(exclude=True)
class Unknown(Endpoint):
    """Any other address under /api/v1/: a problem document, not a page."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> NoReturn:
        super().initial(request, *args, **kwargs)
        raise Http404
