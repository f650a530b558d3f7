from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from ccmp.moments import day_of, now
from ccmp.people.api.caller import caller
from ccmp.web.rest.bodies import read_body, read_query
from ccmp.web.rest.endpoints import Endpoint, kept, page_answer, page_of
from visits.api.bodies import DueQuery, VisitBody, VisitsQuery, visit_entry
from visits.api.shapes import DueShape, VisitShape
from visits.models import Visit, VisitDeadline
from visits.services.visits import record_visits


class Visits(Endpoint):
    @extend_schema(operation_id="visits_list", parameters=[VisitsQuery], responses=page_of(VisitShape))
    def get(self, request: Request) -> Response:
        """Visits and attempts, the newest first."""
        query = read_query(VisitsQuery, request)
        visits = Visit.objects.visible_to(caller(request)).under(query.get("under", ""))
        if "child" in query:
            visits = visits.filter(child=query["child"])
        return page_answer(visits.newest_first(), request, VisitShape, query=query)

    @extend_schema(operation_id="visits_record", request=VisitBody, responses={200: VisitShape, 201: VisitShape})
    def post(self, request: Request) -> Response:
        """Record a visit: the risk is assessed, and the next one is due."""
        entry = visit_entry(read_body(VisitBody, request))
        new = record_visits(entries=[entry], by=caller(request), at=now())
        visit = get_object_or_404(Visit.objects.visible_to(caller(request)), pk=entry.id)
        return kept(VisitShape, visit, is_new=bool(new))


class VisitsDue(Endpoint):
    @extend_schema(operation_id="visits_due", parameters=[DueQuery], responses=page_of(DueShape))
    def get(self, request: Request) -> Response:
        """Children who are due a visit, the most urgent first."""
        query = read_query(DueQuery, request)
        on = query.get("on") or day_of(now())
        due = VisitDeadline.objects.visible_to(caller(request)).under(query.get("under", "")).due_by(on)
        due = due.of_register(on=on).select_related("child__household").most_urgent_first()
        return page_answer(due, request, DueShape, query=query, reader=caller(request), on=on)
