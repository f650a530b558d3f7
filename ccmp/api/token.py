from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from ccmp.audit.record import record
from ccmp.moments import now
from ccmp.people.api.tries import TooManyTries, address_of
from ccmp.people.enums import TokenScope
from ccmp.people.models import User
from ccmp.people.reach import posts_held
from ccmp.people.rules.door import needs_second_step
from ccmp.people.services.accounts import make_token
from ccmp.people.services.door import NotLetIn, let_in
from ccmp.people.services.second_step import WrongCode, has_second_factor, make_second_step
from ccmp.people.services.tries import LockedOut
from ccmp.refusals import NotAllowed
from ccmp.web.device_words import device_words
from ccmp.web.rest.bodies import Body, Shape, read_body
from ccmp.web.rest.endpoints import Endpoint
from ccmp.web.rest.fields import Choice, Words


class SignInBody(Body):
    username = Words(max_length=60)
    password = Words(max_length=200, trim_whitespace=False)
    otp = Words(
        max_length=20, default="", help_text="The second step, for an official: the app's code or a recovery code."
    )
    scope = Choice(
        TokenScope.choices, default=TokenScope.WRITE.value, help_text="A token of the scope read changes nothing."
    )


class SecondStepNeeded(AuthenticationFailed):
    default_code = "second_step_needed"
    default_detail = _("This account has a second step. Send the code that the app shows as `otp`.")


class StepsMissing(NotAllowed):
    """Signing in was never finished: on the pages there is a step to make first."""

    sentence = _("Sign in on the pages first: there is a password to change there, or a second step to set up.")


class TokenShape(Shape):
    token = serializers.CharField()
    expires_at = serializers.DateTimeField()
    scope = Choice(TokenScope.choices)


class MakeToken(Endpoint):
    """Public by name: the API's door."""

    authentication_classes = ()
    permission_classes = (AllowAny,)

    def get_authenticate_header(self, request: Request) -> str:
        return "Bearer"

    @extend_schema(operation_id="token_make", request=SignInBody, responses={201: TokenShape}, auth=[])
    def post(self, request: Request) -> Response:
        """Sign in: a token, shown this one time. Send it as `Authorization: Bearer …`."""
        sent = read_body(SignInBody, request)
        user, is_proved = _let_in(request, sent)
        device = device_words(request.headers.get("User-Agent", ""))
        scope = TokenScope(sent["scope"])
        token, row = make_token(user=user, at=now(), scope=scope, device=device, is_proved=is_proved)
        record(by=user, at=row.made_at, did="signed in", on=row)
        shown = TokenShape({"token": token, "expires_at": row.expires_at, "scope": row.scope})
        return Response(shown.data, status=status.HTTP_201_CREATED)


def _let_in(request: Request, sent: dict[str, Any]) -> tuple[User, bool]:
    """Whose name, password and second step these are; and whether there was a second step."""
    try:
        address, at = address_of(request), now()
        user = let_in(request._request, username=sent["username"], password=sent["password"], address=address, at=at)
        needs_one = needs_second_step(posts_held(user))
        if user.must_change_password or (needs_one and not has_second_factor(user)):
            raise StepsMissing()
        if needs_one and not sent["otp"]:
            raise SecondStepNeeded()
        if needs_one:
            make_second_step(user=user, code=sent["otp"], at=at)
    except LockedOut as refusal:
        raise TooManyTries(refusal) from None
    except (NotLetIn, WrongCode) as refusal:
        raise AuthenticationFailed(str(refusal)) from None
    return user, needs_one
