"""Whole numbers by the API: asked for one child, with a reason, and recorded."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from ccmp.moments import now
from ccmp.people.api.caller import caller
from ccmp.privacy.enums import WhyShown
from ccmp.privacy.services.unmasking import show_numbers
from ccmp.web.rest.bodies import Body, Shape, read_body
from ccmp.web.rest.endpoints import Endpoint, shown
from ccmp.web.rest.fields import Choice, Words
from children.api.children import file_of


class NumbersBody(Body):
    """Why the numbers are needed; `words` besides, and always with `other`."""

    why = Choice(WhyShown.choices)
    words = Words(max_length=400, default="")


class PersonShape(Shape):
    relative_id = serializers.UUIDField()
    relation = serializers.CharField()
    name = serializers.CharField()
    resident_id = serializers.CharField()
    phone = serializers.CharField()


class NumbersShape(Shape):
    """The child's own ID number, and those and the telephones of the grown-ups of its file. Keep none of it."""

    resident_id = serializers.CharField()
    people = PersonShape(many=True)


class ChildNumbers(Endpoint):
    @extend_schema(operation_id="children_numbers", request=NumbersBody, responses=NumbersShape)
    def post(self, request: Request, child_id: UUID) -> Response:
        """The whole numbers of a child's file, for a reason. Who was shown what, and why, is recorded."""
        values = read_body(NumbersBody, request)
        child = file_of(caller(request), child_id)
        numbers = show_numbers(
            child=child, why=WhyShown(values["why"]), words=values["words"], by=caller(request), at=now()
        )
        return shown(NumbersShape, numbers)
