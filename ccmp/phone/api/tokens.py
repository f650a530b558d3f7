from django.utils import translation
from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from ccmp.moments import now
from ccmp.people.api.tries import count_unknown_token
from ccmp.people.models import User
from ccmp.people.services.accounts import token_digest
from ccmp.phone.models import Phone
from ccmp.walls.asking import whole_reach


class PhoneAuthentication(BaseAuthentication):
    """`Authorization: Phone …` with the token that a phone got when it was set up; `request.auth` is the phone.

    A phone that is out of use and an account that is closed pass here too, so that what waits on the phone comes in:
    each endpoint asks what it may still do.
    """

    def authenticate(self, request: Request) -> tuple[User, Phone] | None:
        parts = get_authorization_header(request).split()
        if not parts or parts[0].lower() != b"phone":
            return None
        if len(parts) != 2:
            raise AuthenticationFailed(_("Send the token as “Authorization: Phone …”."))
        # The index is asked for a digest, never for a token: how long it takes tells nothing of a token that is near.
        phones = Phone.objects.select_related("user").filter(digest=token_digest(parts[1].decode("latin-1")))
        with whole_reach("a phone is known by its token before it is known whose it is"):
            phone = phones.first()
        if phone is None:
            count_unknown_token(request, at=now())
            raise AuthenticationFailed(_("This phone is not known here. Sign in on it once more."))
        translation.activate(phone.user.language)  # until PersonLocaleMiddleware, which has seen nobody yet, ends it
        return phone.user, phone

    def authenticate_header(self, request: Request) -> str:
        return "Phone"
