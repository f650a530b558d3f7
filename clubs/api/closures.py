from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from ccmp.moments import now
from ccmp.people.api.caller import caller
from ccmp.web.rest.bodies import NoBody, read_body, read_query
from ccmp.web.rest.endpoints import Endpoint, kept, page_answer, page_of, shown
from clubs.api.bodies import ClosureBody, ClosuresQuery, DeclineBody, closure_entry
from clubs.api.shapes import ClosureShape
from clubs.models import ClubClosure
from clubs.models.club import ClubClosureQuerySet
from clubs.services.clubs import approve_closure, ask_for_closure, decline_closure


def _closures_of(request: Request) -> ClubClosureQuerySet:
    closures: ClubClosureQuerySet = ClubClosure.objects.visible_to(caller(request))
    return closures


class Closures(Endpoint):
    @extend_schema(operation_id="closures_list", parameters=[ClosuresQuery], responses=page_of(ClosureShape))
    def get(self, request: Request) -> Response:
        """Closures, the latest days first."""
        query = read_query(ClosuresQuery, request)
        closures = _closures_of(request).under(query.get("under", ""))
        if "state" in query:
            closures = getattr(closures, query["state"])()
        return page_answer(closures.in_order(), request, ClosureShape, query=query)

    @extend_schema(operation_id="closures_ask", request=ClosureBody, responses={200: ClosureShape, 201: ClosureShape})
    def post(self, request: Request) -> Response:
        """Ask the county that a club may stay shut."""
        entry = closure_entry(read_body(ClosureBody, request))
        at = now()
        is_new = ask_for_closure(entry=entry, by=caller(request), at=at).recorded_at == at
        return kept(ClosureShape, get_object_or_404(_closures_of(request), pk=entry.id), is_new=is_new)


class ApproveClosure(Endpoint):
    @extend_schema(operation_id="closures_approve", request=NoBody, responses=ClosureShape)
    def post(self, request: Request, closure_id: UUID) -> Response:
        """The county approves: the days are exempt from now on."""
        read_body(NoBody, request)
        get_object_or_404(_closures_of(request), pk=closure_id)
        return shown(ClosureShape, approve_closure(closure_id=closure_id, by=caller(request), at=now()))


class DeclineClosure(Endpoint):
    @extend_schema(operation_id="closures_decline", request=DeclineBody, responses=ClosureShape)
    def post(self, request: Request, closure_id: UUID) -> Response:
        """The county declines, with a reason that the companion mother reads."""
        reason = read_body(DeclineBody, request)["reason"]
        get_object_or_404(_closures_of(request), pk=closure_id)
        closure = decline_closure(closure_id=closure_id, reason=reason, by=caller(request), at=now())
        return shown(ClosureShape, closure)
