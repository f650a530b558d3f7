from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from ccmp.moments import now
from ccmp.people.api.tries import count_unknown_token
from ccmp.people.door import has_ended
from ccmp.people.enums import TokenScope
from ccmp.people.models import ApiToken, User
from ccmp.people.reach import posts_held
from ccmp.people.rules.door import needs_second_step
from ccmp.people.services.accounts import token_digest
from ccmp.people.services.door import shut_everything


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer …` with a token of `token/`."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        parts = get_authorization_header(request).split()
        if not parts or parts[0].lower() != b"bearer":
            return None
        if len(parts) != 2:
            raise AuthenticationFailed(_("Send the token as “Authorization: Bearer …”."))
        at = now()
        tokens = ApiToken.objects.valid(at=at).select_related("user")
        token = tokens.filter(digest=token_digest(parts[1].decode("latin-1")), user__is_active=True).first()
        if token is None:
            count_unknown_token(request, at=at)
        if token is None or not _still_counts(token, at=at):
            raise AuthenticationFailed(_("This token is unknown or has expired. Ask for a new one at token/."))
        translation.activate(token.user.language)  # until PersonLocaleMiddleware, which has seen nobody yet, ends it
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


def _still_counts(token: ApiToken, *, at: datetime) -> bool:
    """A token ends with a post under which it was made; and one without a second step opens no office's door."""
    posts = posts_held(token.user)
    if has_ended(token.posts, posts):
        shut_everything(token.user)
        return False
    return token.is_proved or not needs_second_step(posts)


class WithinScope(BasePermission):
    """A token that only reads changes nothing. An endpoint that reads by POST says so: `reads_by_post`."""

    message = gettext_lazy("This token only reads. Ask for one with the scope “write” at token/.")

    def has_permission(self, request: Request, view: Any) -> bool:
        if not isinstance(request.auth, ApiToken) or request.auth.scope == TokenScope.WRITE:
            return True
        return request.method in SAFE_METHODS or getattr(view, "reads_by_post", False)
