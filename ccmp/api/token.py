from django.contrib.auth import authenticate
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from ccmp.audit.record import record
from ccmp.moments import now
from ccmp.people.services.accounts import make_token
from ccmp.web.rest.bodies import Body, Shape, read_body
from ccmp.web.rest.endpoints import Endpoint
from ccmp.web.rest.fields import Words


class SignInBody(Body):
    username = Words(max_length=60)
    password = Words(max_length=200, trim_whitespace=False)
    otp = Words(max_length=12, default="", help_text="The second factor, for accounts that have one.")


class TokenShape(Shape):
    token = serializers.CharField()
    expires_at = serializers.DateTimeField()


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
        user = authenticate(request, username=sent["username"], password=sent["password"])
        if user is None:
            raise AuthenticationFailed(_("The username or the password is not right. Try again, or ask your county."))
        token, row = make_token(user=user, at=now())
        record(by=user, at=row.made_at, did="signed in", on=row)
        shown = TokenShape({"token": token, "expires_at": row.expires_at})
        return Response(shown.data, status=status.HTTP_201_CREATED)
