"""What is said of a child's file beside its own fields: its grown-ups, who looks after it, its health."""

from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from ccmp.moments import now
from ccmp.people.api.caller import caller
from ccmp.web.rest.bodies import read_body
from ccmp.web.rest.endpoints import Endpoint
from children.api.children import file_of, file_shown
from children.api.file_bodies import (
    BarBody,
    CareBody,
    HealthBody,
    NewRelativeBody,
    ParentContactBody,
    RelativeBody,
    WhereaboutsBody,
    bar_entry,
    care_entry,
    contact_entry,
    health_entry,
    kin_entry,
    new_kin_entry,
    whereabouts_change,
)
from children.api.shapes import ChildFileShape
from children.models import Child, Kinship
from children.services.bars import note_bar
from children.services.care import change_care
from children.services.contact import note_contact
from children.services.health import tell_health
from children.services.kin import add_kin, change_kin
from children.services.whereabouts import change_whereabouts


def _kinship(child: Child, relative_id: UUID) -> Kinship:
    kinship: Kinship = get_object_or_404(child.kinships.select_related("relative"), relative=relative_id)
    return kinship


class Relatives(Endpoint):
    @extend_schema(operation_id="children_name_relative", request=NewRelativeBody, responses=ChildFileShape)
    def post(self, request: Request, child_id: UUID) -> Response:
        """Name one more grown-up in the file."""
        values, at = read_body(NewRelativeBody, request), now()
        child = file_of(caller(request), child_id)
        add_kin(entry=new_kin_entry(values, child.id, at=at), by=caller(request), at=at)
        return file_shown(request, child_id)


class OneRelative(Endpoint):
    @extend_schema(operation_id="children_change_relative", request=RelativeBody, responses=ChildFileShape)
    def post(self, request: Request, child_id: UUID, relative_id: UUID) -> Response:
        """Say anew what the file tells of a grown-up; it holds for brothers and sisters too."""
        values, at = read_body(RelativeBody, request), now()
        _kinship(file_of(caller(request), child_id), relative_id)
        change_kin(entry=kin_entry(values, child_id, relative_id, at=at), by=caller(request), at=at)
        return file_shown(request, child_id)


class RelativeWhereabouts(Endpoint):
    @extend_schema(operation_id="children_whereabouts", request=WhereaboutsBody, responses=ChildFileShape)
    def post(self, request: Request, child_id: UUID, relative_id: UUID) -> Response:
        """Say where a grown-up is since a day: the labels follow."""
        change = whereabouts_change(read_body(WhereaboutsBody, request))
        child = file_of(caller(request), child_id)
        _kinship(child, relative_id)
        change_whereabouts(child=child, relative_id=relative_id, change=change, by=caller(request), at=now())
        return file_shown(request, child_id)


class RelativeContacts(Endpoint):
    @extend_schema(operation_id="children_contact", request=ParentContactBody, responses=ChildFileShape)
    def post(self, request: Request, child_id: UUID, relative_id: UUID) -> Response:
        """Note that a parent who is away was in touch."""
        values = read_body(ParentContactBody, request)
        _kinship(file_of(caller(request), child_id), relative_id)
        note_contact(entry=contact_entry(values, child_id, relative_id), by=caller(request), at=now())
        return file_shown(request, child_id)


class RelativeBars(Endpoint):
    @extend_schema(operation_id="children_bar", request=BarBody, responses=ChildFileShape)
    def post(self, request: Request, child_id: UUID, relative_id: UUID) -> Response:
        """Note why somebody may not be entrusted with a child, or that it is over."""
        values = read_body(BarBody, request)
        _kinship(file_of(caller(request), child_id), relative_id)
        note_bar(entry=bar_entry(values, child_id, relative_id), by=caller(request), at=now())
        return file_shown(request, child_id)


class ChildCare(Endpoint):
    @extend_schema(operation_id="children_care", request=CareBody, responses=ChildFileShape)
    def post(self, request: Request, child_id: UUID) -> Response:
        """Say who looks after the child since a day; who did so before ends on it."""
        values = read_body(CareBody, request)
        file_of(caller(request), child_id)
        change_care(entry=care_entry(values, child_id), by=caller(request), at=now())
        return file_shown(request, child_id)


class ChildHealth(Endpoint):
    @extend_schema(operation_id="children_health", request=HealthBody, responses=ChildFileShape)
    def post(self, request: Request, child_id: UUID) -> Response:
        """Tell how the child is since a day."""
        values = read_body(HealthBody, request)
        file_of(caller(request), child_id)
        tell_health(entry=health_entry(values, child_id), by=caller(request), at=now())
        return file_shown(request, child_id)
