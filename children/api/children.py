from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from ccmp.audit.record import record
from ccmp.moments import day_of, now
from ccmp.people.api.caller import caller
from ccmp.people.models import User
from ccmp.web.rest.bodies import read_body, read_query
from ccmp.web.rest.endpoints import Endpoint, kept, page_answer, page_of, shown
from children.api.bodies import ChangeBody, ChildrenQuery, DayQuery, RegistrationBody, SearchBody, entry_of
from children.api.label_shapes import LabelsShape, labels_shown
from children.api.shapes import ChildFileShape, ChildShape, EntitlementsShape
from children.models import Child
from children.services.change import change_child
from children.services.entitlement_part import entitlements_shown
from children.services.find import find_children
from children.services.labels import labels_for
from children.services.register import register_children

FOUND_AT_MOST = 50
NOT_IN_AN_ADDRESS = _("Whom you look for does not belong in an address. POST it to children/find/.")


def file_of(user: User, child_id: UUID) -> Child:
    """A child whose file the user may open, with what the file shows. Anybody else's is a 404."""
    files = Child.objects.visible_to(user).select_related("household", "recorded_by").prefetch_related("guardianships")
    child: Child = get_object_or_404(files, pk=child_id)
    return child


def file_shown(request: Request, child_id: UUID) -> Response:
    """The whole file, as this caller may know it."""
    user = caller(request)
    return shown(ChildFileShape, file_of(user, child_id), reader=user, on=day_of(now()))


class Children(Endpoint):
    @extend_schema(operation_id="children_list", parameters=[ChildrenQuery], responses=page_of(ChildShape))
    def get(self, request: Request) -> Response:
        """The register of a day, in the order of names."""
        query = read_query(ChildrenQuery, request)
        if query.get("q"):
            raise ValidationError({"q": [NOT_IN_AN_ADDRESS]})
        children = Child.objects.visible_to(caller(request)).in_register(on=query.get("on") or day_of(now()))
        children = children.under(query.get("under", ""))
        return page_answer(children.select_related("household").in_order(), request, ChildShape, query=query)

    @extend_schema(
        operation_id="children_register", request=RegistrationBody, responses={200: ChildFileShape, 201: ChildFileShape}
    )
    def post(self, request: Request) -> Response:
        """Register a child with her home, parents and carer."""
        entry = entry_of(read_body(RegistrationBody, request))
        new = register_children(entries=[entry], by=caller(request), at=now())
        child, on = file_of(caller(request), entry.id), day_of(now())
        return kept(ChildFileShape, child, is_new=bool(new), reader=caller(request), on=on)


class ChildrenFound(Endpoint):
    reads_by_post = True  # what is looked for stands in no address

    @extend_schema(operation_id="children_find", request=SearchBody, responses=ChildShape(many=True))
    def post(self, request: Request) -> Response:
        """Find children by a name, an ID number or its end, or a telephone: the nearest first, fifty at most."""
        asked = read_body(SearchBody, request)
        children = Child.objects.visible_to(caller(request)).in_register(on=asked.get("on") or day_of(now()))
        found = find_children(children.under(asked.get("under", "")), asked["q"]).select_related("household")
        return Response(ChildShape(found[:FOUND_AT_MOST], many=True).data)


class ChildFile(Endpoint):
    @extend_schema(operation_id="children_read", responses=ChildFileShape)
    def get(self, request: Request, child_id: UUID) -> Response:
        """A child's file. That it was read is recorded."""
        child = file_of(caller(request), child_id)
        record(by=caller(request), at=now(), did="read", on=child)
        return file_shown(request, child_id)

    @extend_schema(operation_id="children_change", request=ChangeBody, responses=ChildFileShape)
    def patch(self, request: Request, child_id: UUID) -> Response:
        """Change the file. It carries the version that was read, of child and home; 409 with both values when it moved on."""
        changes = read_body(ChangeBody, request)
        file_of(caller(request), child_id)
        beside = {
            "seen": changes.pop("seen"),
            "changed_on": changes.pop("hukou_changed_on", None),
            "number_as_said": changes.pop("number_as_said", False),
        }
        version = changes.pop("version")
        change_child(child_id=child_id, version=version, changes=changes, by=caller(request), at=now(), **beside)
        return file_shown(request, child_id)


class ChildLabels(Endpoint):
    @extend_schema(operation_id="children_labels", parameters=[DayQuery], responses=LabelsShape)
    def get(self, request: Request, child_id: UUID) -> Response:
        """Each label on a day, true, false or null, with the facts that it used. Health only for who may see it."""
        on = read_query(DayQuery, request).get("on") or day_of(now())
        child = file_of(caller(request), child_id)
        record(by=caller(request), at=now(), did="read", on=child, part="labels")
        return Response(labels_shown(child, labels_for(child, caller(request), on=on)))


class ChildEntitlements(Endpoint):
    @extend_schema(operation_id="children_entitlements", parameters=[DayQuery], responses=EntitlementsShape)
    def get(self, request: Request, child_id: UUID) -> Response:
        """Each benefit on a day: how far the child is with it, and the rule and the facts that decided.

        A confidential one leaves the office's own page by no machine, whoever asks.
        """
        on = read_query(DayQuery, request).get("on") or day_of(now())
        child = file_of(caller(request), child_id)
        record(by=caller(request), at=now(), did="read", on=child, part="entitlements")
        shown_here = [one for one in entitlements_shown(child, caller(request), on=on) if not one.is_confidential]
        found = {"child": child.id, "on": on, "entitlements": shown_here}
        return shown(EntitlementsShape, found)
