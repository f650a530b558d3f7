import logging

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from ccmp.web.middleware import RequestIdFilter, RequestIdMiddleware


def answered(**headers):
    seen = []

    def view(request):
        record = logging.LogRecord("x", logging.INFO, "", 0, "", (), None)
        RequestIdFilter().filter(record)
        seen.append(record.request_id)
        return HttpResponse()

    response = RequestIdMiddleware(view)(RequestFactory().get("/", headers=headers))
    return seen[0], response.headers["X-Request-ID"]


def test_the_log_and_the_answer_carry_the_same_number():
    in_log, in_answer = answered()

    assert in_log == in_answer
    assert len(in_log) == 32


def test_the_proxys_number_is_taken():
    assert answered(X_Request_ID="edge-12345678") == ("edge-12345678", "edge-12345678")


@pytest.mark.parametrize("forged", ["short", "a\u2028b-12345678", "x" * 65, "12345678 injected=1"])
def test_a_number_that_could_forge_a_log_line_is_not_taken(forged):
    in_log, _ = answered(X_Request_ID=forged)

    assert in_log != forged
