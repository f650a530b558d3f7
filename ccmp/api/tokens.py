from django.utils import translation
from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from ccmp.moments import now
from ccmp.people.models import ApiToken, User
from ccmp.people.services.accounts import token_digest


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer …` with a token of `token/`."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        parts = get_authorization_header(request).split()
        if not parts or parts[0].lower() != b"bearer":
            return None
        if len(parts) != 2:
            raise AuthenticationFailed(_("Send the token as “Authorization: Bearer …”."))
        tokens = ApiToken.objects.valid(at=now()).select_related("user")
        token = tokens.filter(digest=token_digest(parts[1].decode("latin-1")), user__is_active=True).first()
        if token is None:
            raise AuthenticationFailed(_("This token is unknown or has expired. Ask for a new one at token/."))
        translation.activate(token.user.language)  # until PersonLocaleMiddleware, which has seen nobody yet, ends it
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"
