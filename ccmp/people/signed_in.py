from typing import cast

from django.http import HttpRequest

from ccmp.people.models import User


def signed_in(request: HttpRequest) -> User:
    """Who reads this page. Behind LoginRequiredMiddleware, which every page but the door stands behind, it is a user."""
    return cast(User, request.user)
