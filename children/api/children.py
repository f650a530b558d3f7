from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from ccmp.audit.record import record
from ccmp.moments import day_of, now
from ccmp.people.api.caller import caller
from ccmp.people.models import User
from ccmp.web.rest.bodies import read_body, read_query
from ccmp.web.rest.endpoints import Endpoint, kept, page_answer, page_of, shown
from children.api.bodies import ChangeBody, ChildrenQuery, DayQuery, RegistrationBody, entry_of
from children.api.shapes import ChildFileShape, ChildShape, EntitlementsShape, LabelsShape, labels_shown
from children.models import Child
from children.rules.labels import labels_of
from children.services.change import change_child
from children.services.entitlement_part import entitlements_shown
from children.services.register import register_children


def file_of(user: User, child_id: UUID) -> Child:
    """A child whose file the user may open, with what the file shows. Anybody else's is a 404."""
    files = Child.objects.visible_to(user).select_related("household").prefetch_related("guardianships")
    child: Child = get_object_or_404(files, pk=child_id)
    return child


class Children(Endpoint):
    @extend_schema(operation_id="children_list", parameters=[ChildrenQuery], responses=page_of(ChildShape))
    def get(self, request: Request) -> Response:
        """The register of a day, in the order of names."""
        query = read_query(ChildrenQuery, request)
        children = Child.objects.visible_to(caller(request)).in_register(on=query.get("on") or day_of(now()))
        children = children.under(query.get("under", "")).matching(query.get("q", ""))
        return page_answer(children.select_related("household").in_order(), request, ChildShape, query=query)

    @extend_schema(
        operation_id="children_register", request=RegistrationBody, responses={200: ChildFileShape, 201: ChildFileShape}
    )
    def post(self, request: Request) -> Response:
        """Register a child with her home, parents and carer."""
        entry = entry_of(read_body(RegistrationBody, request))
        new = register_children(entries=[entry], by=caller(request), at=now())
        return kept(ChildFileShape, file_of(caller(request), entry.id), is_new=bool(new))


class ChildFile(Endpoint):
    @extend_schema(operation_id="children_read", responses=ChildFileShape)
    def get(self, request: Request, child_id: UUID) -> Response:
        """A child's file. That it was read is recorded."""
        child = file_of(caller(request), child_id)
        record(by=caller(request), at=now(), did="read", on=child)
        return shown(ChildFileShape, child)

    @extend_schema(operation_id="children_change", request=ChangeBody, responses=ChildFileShape)
    def patch(self, request: Request, child_id: UUID) -> Response:
        """Change the file. It carries the version that was read; 409 with both values when the file moved on."""
        changes = read_body(ChangeBody, request)
        file_of(caller(request), child_id)
        version = changes.pop("version")
        change_child(child_id=child_id, version=version, changes=changes, by=caller(request), at=now())
        return shown(ChildFileShape, file_of(caller(request), child_id))


class ChildLabels(Endpoint):
    @extend_schema(operation_id="children_labels", parameters=[DayQuery], responses=LabelsShape)
    def get(self, request: Request, child_id: UUID) -> Response:
        """Each label on a day, true or false, with the facts that it used."""
        on = read_query(DayQuery, request).get("on") or day_of(now())
        child = file_of(caller(request), child_id)
        record(by=caller(request), at=now(), did="read", on=child, part="labels")
        return Response(labels_shown(child, labels_of(child, on=on)))


class ChildEntitlements(Endpoint):
    @extend_schema(operation_id="children_entitlements", parameters=[DayQuery], responses=EntitlementsShape)
    def get(self, request: Request, child_id: UUID) -> Response:
        """Each benefit on a day: how far the child is with it, and the rule and the facts that decided."""
        on = read_query(DayQuery, request).get("on") or day_of(now())
        child = file_of(caller(request), child_id)
        record(by=caller(request), at=now(), did="read", on=child, part="entitlements")
        found = {"child": child.id, "on": on, "entitlements": entitlements_shown(child, caller(request), on=on)}
        return shown(EntitlementsShape, found)
