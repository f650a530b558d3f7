"""A phone that is set up, and what it lacks at each contact."""

from datetime import datetime
from typing import Any, cast

from django.utils.dateparse import parse_datetime
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.exceptions import AuthenticationFailed, NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from ccmp.moments import day_of, now
from ccmp.people.api.caller import caller
from ccmp.phone.api.tokens import PhoneAuthentication
from ccmp.phone.models import Phone
from ccmp.phone.rules.phones import PhoneRevoked, SignInAgain
from ccmp.phone.services.changes import Asked, Part, take_down
from ccmp.phone.services.pack import pack
from ccmp.phone.services.phones import Told, note_contact, set_up_phone
from ccmp.places.rules.standards import value
from ccmp.web.rest.bodies import Body, Shape, read_body
from ccmp.web.rest.endpoints import Endpoint
from ccmp.web.rest.fields import Id, Whole, Words
from ccmp.web.rest.problems import problem

MOST_COUNTED = 100_000
YEARS_OF_CLOCKS = range(1970, 2200)  # one that was reset begins in 1970


class PhoneBody(Body):
    id = Id(help_text="Made by the phone, and kept by it.")
    label = Words(max_length=80, default="", help_text="How the phone calls itself.")  # type: ignore[assignment]


class SetUpShape(Shape):
    id = serializers.UUIDField()
    token = serializers.CharField(help_text="Send it as `Authorization: Phone …`. It is shown this one time.")
    key = serializers.CharField(help_text="32 bytes in base64: with it the phone encrypts its own store.")
    server_now = serializers.DateTimeField()
    days_without_contact = serializers.IntegerField()


@extend_schema_field(OpenApiTypes.DATETIME)
class PhoneClock(serializers.Field):
    """A moment as the phone tells it. A clock that was reset, or says nonsense, must not keep the phone from its sync."""

    def to_internal_value(self, data: Any) -> datetime | None:
        try:
            moment = parse_datetime(data) if isinstance(data, str) else None
        except ValueError:
            return None
        is_told = moment is not None and moment.tzinfo is not None and moment.year in YEARS_OF_CLOCKS
        return moment if is_told else None


class ContactBody(Body):
    phone = Id()
    cursor = Words(default="", allow_blank=True, max_length=64, help_text="Of the last part taken in.")
    hash = Words(
        default="", allow_blank=True, max_length=64,
        help_text="SHA-256 (hex) of the sorted lines `id hash` of all docs that the phone holds.",
    )  # fmt: skip
    most = Whole(default=None, allow_null=True, min_value=1, help_text="At most so many docs now.")
    clock = PhoneClock(default=None, allow_null=True, help_text="The phone's clock at sending.")
    waiting = Whole(default=0, min_value=0, max_value=MOST_COUNTED)
    refused = Whole(default=0, min_value=0, max_value=MOST_COUNTED)
    oldest_waiting = PhoneClock(default=None, allow_null=True)
    version = Words(max_length=40, default="")


class ChangesShape(Shape):
    cursor = serializers.CharField()
    hash = serializers.CharField(help_text="Of all docs that the phone holds with this part.")
    docs = serializers.ListField(child=serializers.ListField(), help_text="Each as [id, body].")
    gone = serializers.ListField(child=serializers.CharField(), help_text="Ids of docs to drop.")
    whole = serializers.BooleanField(
        help_text="Begin anew: what neither this part nor those that follow it name is dropped after the last."
    )
    more = serializers.BooleanField()
    server_now = serializers.DateTimeField()
    revoked = serializers.BooleanField(help_text="Always false: a phone that is out of use gets a problem with `wipe`.")
    pack = serializers.CharField(help_text="The newest edition of her pages.")


class Phones(Endpoint):
    @extend_schema(operation_id="phone_set_up", request=PhoneBody, responses={200: SetUpShape, 201: SetUpShape})
    def post(self, request: Request) -> Response:
        """Set a phone up; the same id again gives its key once more, and a new token."""
        sent, at = read_body(PhoneBody, request), now()
        made = set_up_phone(phone_id=sent["id"], label=sent["label"], by=caller(request), at=at)
        shown = SetUpShape({
            "id": made.phone.id, "token": made.token, "key": made.phone.data_key, "server_now": at,
            "days_without_contact": value("phone.days_without_contact", on=day_of(at)),
        })  # fmt: skip
        return Response(shown.data, status=status.HTTP_201_CREATED if made.is_new else status.HTTP_200_OK)


class PhoneChanges(Endpoint):
    authentication_classes = (PhoneAuthentication,)

    @extend_schema(operation_id="phone_changes", request=ContactBody, responses={200: ChangesShape})
    def post(self, request: Request) -> Response:
        """What the phone lacks, and what it has to drop; a part at a time, if `most` says so."""
        sent, phone, at = read_body(ContactBody, request), cast(Phone, request.auth), now()
        if sent["phone"] != phone.pk:
            raise NotFound()
        note_contact(phone=phone, told=_told(sent), at=at)
        try:
            part = take_down(phone=phone, asked=Asked(sent["cursor"], sent["hash"], sent["most"]), at=at)
        except PhoneRevoked as refusal:
            return problem(status.HTTP_410_GONE, "phone-revoked", str(refusal), **refusal.particulars)
        except SignInAgain as refusal:
            raise AuthenticationFailed(str(refusal), code="sign_in_again") from None
        return Response(_answer(part, phone, at))


def _told(sent: dict[str, Any]) -> Told:
    return Told(sent["clock"], sent["waiting"], sent["refused"], sent["oldest_waiting"], sent["version"])


def _answer(part: Part, phone: Phone, at: datetime) -> dict[str, Any]:
    return dict(
        ChangesShape({
            "cursor": part.cursor,
            "hash": part.hash,
            "docs": [[sheet.doc.id, sheet.doc.body] for sheet in part.sheets],
            "gone": part.gone,
            "whole": part.is_whole,
            "more": part.more,
            "server_now": at,
            "revoked": False,
            "pack": pack(phone.user.language).version,
        }).data
    )  # fmt: skip
