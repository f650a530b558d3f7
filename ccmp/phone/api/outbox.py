"""What waited on a phone, or at another program, comes in: many entries at once, each answered for itself."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from ccmp.moments import now
from ccmp.people.api.caller import caller
from ccmp.phone.api.tokens import PhoneAuthentication
from ccmp.phone.models import Phone
from ccmp.phone.rules.sent import read_moment
from ccmp.phone.services.outbox import take_outbox
from ccmp.phone.services.receipts import is_hers
from ccmp.web.rest.bodies import Body, Shape
from ccmp.web.rest.endpoints import Endpoint
from ccmp.web.rest.fields import Id, Moment, Words

MOST_ENTRIES = 100


class EntryBody(Body):
    """One entry. Its id is the sender's: however often it comes, it is done once."""

    id = Id()
    kind = Words(
        max_length=60,
        help_text="child, club-session, club-session-close, closure, visit, flag or task-confirm; or a page of the phone.",
    )
    made_at = Moment(help_text="When it was written, by the sender's clock.")
    body = serializers.DictField(
        help_text="What the POST of that resource takes; id and made_at may be left out. Of a page: path, query, fields."
    )


class AnswerShape(Shape):
    """What became of it. A refused entry may be mended and sent again under the same id."""

    id = serializers.CharField(allow_null=True)
    kept = serializers.BooleanField()
    reason = serializers.CharField(required=False, help_text="Why it was not taken, and what to do.")
    fields = serializers.DictField(  # type: ignore[assignment]
        child=serializers.ListField(child=serializers.CharField()), required=False, help_text="The sentences, by field."
    )
    again = serializers.BooleanField(
        required=False, help_text="Not a refusal: send it once more later, as it is. It stands behind something else."
    )


HEADERS = [
    OpenApiParameter("X-Phone", str, OpenApiParameter.HEADER, description="The phone that sends, by its id."),
    OpenApiParameter(
        "X-Phone-Clock", str, OpenApiParameter.HEADER, description="What the sender's clock says at sending, ISO 8601."
    ),
]


class Outbox(Endpoint):
    authentication_classes = (PhoneAuthentication, *Endpoint.authentication_classes)

    @extend_schema(
        operation_id="outbox_send",
        parameters=HEADERS,
        request=EntryBody(many=True),
        responses={200: AnswerShape(many=True)},
    )
    def post(self, request: Request) -> Response:
        """Send entries, at most 100 at once, in the order in which they were made; the answers are in the same order.

        An entry that is refused is kept by the server with its reason, and stands in nobody's way.
        """
        entries = _entries(request.data)
        clock = read_moment(request.headers.get("X-Phone-Clock"))
        answers = take_outbox(entries=entries, by=caller(request), phone=_phone(request), at=now(), clock=clock)
        return Response([answer.as_sent() for answer in answers])


def _entries(sent: Any) -> Sequence[Any]:
    if not isinstance(sent, list):
        raise ValidationError([_("Send a list of entries.")])
    if len(sent) > MOST_ENTRIES:
        raise ValidationError([_("Send at most 100 entries at once.")])
    return sent


def _phone(request: Request) -> UUID | None:
    """The phone that sends: the one whose token it is, or the one of hers that it names."""
    if isinstance(request.auth, Phone):
        return request.auth.pk
    try:
        named = UUID(request.headers.get("X-Phone", ""))
    except ValueError:
        return None
    return named if is_hers(named, caller(request)) else None
