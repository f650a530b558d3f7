from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from ccmp.api.me import PlaceShape
from ccmp.moments import now
from ccmp.people.api.caller import caller
from ccmp.people.served import places_in_reach, terms_in_reach
from ccmp.people.services.county import add_term, remove_term
from ccmp.places.api.subtree import Subtree
from ccmp.places.enums import Level
from ccmp.web.rest.bodies import Body, PageQuery, Shape, read_body, read_query
from ccmp.web.rest.endpoints import Endpoint, kept, page_answer, page_of
from ccmp.web.rest.fields import Choice, PlaceCode, ProgrammeDay, Words


class PlacesQuery(PageQuery):
    under = Subtree()
    level = Choice(Level.choices, required=False)


class Places(Endpoint):
    @extend_schema(operation_id="places_list", parameters=[PlacesQuery], responses=page_of(PlaceShape))
    def get(self, request: Request) -> Response:
        """The places in reach, in the order of their codes."""
        query = read_query(PlacesQuery, request)
        places = places_in_reach(caller(request)).filter(code__startswith=query.get("under", ""))
        if "level" in query:
            places = places.at_level(Level(query["level"]))
        return page_answer(places.in_order(), request, PlaceShape, query=query)


class TermShape(Shape):
    """A county's school term, first and last day included."""

    id = serializers.IntegerField()
    county = serializers.CharField(source="county_code")
    name = serializers.CharField()
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()


class TermBody(Body):
    county = PlaceCode()
    name = Words(max_length=60)
    starts_on = ProgrammeDay()
    ends_on = ProgrammeDay()


class Terms(Endpoint):
    @extend_schema(operation_id="terms_list", parameters=[PageQuery], responses=page_of(TermShape))
    def get(self, request: Request) -> Response:
        """School terms of the counties that one serves in or over, the latest first."""
        return page_answer(
            terms_in_reach(caller(request)).order_by("-starts_on", "county_code", "id"), request, TermShape
        )

    @extend_schema(operation_id="terms_add", request=TermBody, responses={200: TermShape, 201: TermShape})
    def post(self, request: Request) -> Response:
        """Add a term to the county's calendar. The same term again changes nothing."""
        sent = read_body(TermBody, request)
        sent["county_code"] = sent.pop("county")
        held = terms_in_reach(caller(request)).filter(**sent).first()
        term = held or add_term(by=caller(request), at=now(), **sent)
        return kept(TermShape, term, is_new=held is None)


class OneTerm(Endpoint):
    @extend_schema(operation_id="terms_remove", request=None, responses={204: None})
    def delete(self, request: Request, term_id: int) -> Response:
        """Take a mistyped term out of the calendar again."""
        get_object_or_404(terms_in_reach(caller(request)), pk=term_id)
        remove_term(term_id=term_id, by=caller(request), at=now())
        return Response(status=status.HTTP_204_NO_CONTENT)
