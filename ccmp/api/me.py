from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from ccmp.people.api.caller import caller
from ccmp.people.enums import Role
from ccmp.people.models import Posting
from ccmp.people.rules.roles import ROLE_PERMISSIONS
from ccmp.people.served import postings_that_serve
from ccmp.places.enums import Level
from ccmp.web.rest.bodies import Shape
from ccmp.web.rest.endpoints import Endpoint, shown


class PlaceShape(Shape):
    """A place: its code, name and level."""

    code = serializers.CharField()
    name = serializers.CharField()
    level = serializers.ChoiceField(Level.choices)


class OwnDepartmentShape(Shape):
    id = serializers.UUIDField()
    name = serializers.CharField()


class PostingShape(Shape):
    """A posting that holds now, and what it lets one do under its place."""

    id = serializers.UUIDField()
    role = serializers.ChoiceField(Role.choices)
    place = PlaceShape()
    department = OwnDepartmentShape(allow_null=True)
    is_substitute = serializers.BooleanField()
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField(allow_null=True)
    permissions = serializers.SerializerMethodField()

    def get_permissions(self, posting: Posting) -> list[str]:
        return sorted(ROLE_PERMISSIONS[Role(posting.role)])


class UserShape(Shape):
    id = serializers.UUIDField()
    username = serializers.CharField()
    full_name = serializers.CharField()
    office = serializers.CharField()
    language = serializers.CharField()


class MeShape(Shape):
    """Who I am, under which postings, and the places that they reach over."""

    user = UserShape()
    postings = PostingShape(many=True)
    reach = serializers.ListField(child=serializers.CharField(), help_text="12-digit codes; each with its subtree.")


class Me(Endpoint):
    @extend_schema(operation_id="me_read", responses=MeShape)
    def get(self, request: Request) -> Response:
        """The user, her postings and her reach, as they are at this minute."""
        postings = postings_that_serve(caller(request))
        reach = sorted({posting.place_code for posting in postings})
        return shown(MeShape, {"user": caller(request), "postings": postings, "reach": reach})
