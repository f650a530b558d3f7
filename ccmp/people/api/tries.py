"""Tries at the API's doors. Too many of them are answered by 429, with the time to wait."""

from datetime import datetime

from django.http import HttpRequest
from rest_framework.exceptions import APIException
from rest_framework.request import Request

from ccmp.people.enums import TryKind
from ccmp.people.services.tries import LockedOut, count_try
from ccmp.web.client_address import client_address


class TooManyTries(APIException):
    status_code = 429
    default_code = "too_many_tries"

    def __init__(self, refusal: LockedOut) -> None:
        super().__init__(str(refusal))
        self.wait = refusal.seconds


def count_unknown_token(request: Request, *, at: datetime) -> None:
    """A token that nobody has is a try like a wrong password. Raises TooManyTries."""
    try:
        count_try(TryKind.ADDRESS, address_of(request), at=at)
    except LockedOut as refusal:
        raise TooManyTries(refusal) from None


def address_of(request: Request) -> str:
    sent: HttpRequest = request._request
    return client_address(sent)
