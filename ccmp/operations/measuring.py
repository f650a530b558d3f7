"""How many requests of which page were answered how, and how long they took. No address, no name: pages by their name in urls.py."""

import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from prometheus_client import Counter, Histogram

ANSWERED = Counter("ccmp_requests", "Requests answered", ["page", "method", "status"])
TOOK = Histogram("ccmp_request_seconds", "Time to answer", ["page"], buckets=(0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30))
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
NO_PAGE = "none"


class MeasureMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        response = self.get_response(request)
        page = request.resolver_match.view_name if request.resolver_match else NO_PAGE
        method = request.method if request.method in METHODS else "OTHER"
        ANSWERED.labels(page=page, method=method, status=str(response.status_code)).inc()
        TOOK.labels(page=page).observe(time.perf_counter() - began)
        return response
