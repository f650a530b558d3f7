from typing import cast

from rest_framework.request import Request

from ccmp.people.models import User


def caller(request: Request) -> User:
    """Who sent this. Behind IsAuthenticated, which every endpoint but the door stands behind, it is a user."""
    return cast(User, request.user)
