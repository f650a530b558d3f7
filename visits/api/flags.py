from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from ccmp.moments import now
from ccmp.people.api.caller import caller
from ccmp.web.rest.bodies import read_body, read_query
from ccmp.web.rest.endpoints import Endpoint, kept, page_answer, page_of, shown
from visits.api.bodies import AcknowledgeBody, CloseFlagBody, DismissBody, FlagBody, FlagsQuery, flag_entry
from visits.api.shapes import FlagShape
from visits.models import Flag
from visits.models.flag import FlagQuerySet
from visits.services.flags import acknowledge_flag, close_flag, dismiss_flag, raise_flags


def _flags_of(request: Request) -> FlagQuerySet:
    flags: FlagQuerySet = Flag.objects.visible_to(caller(request)).select_related("child").prefetch_related("clocks")
    return flags


def _flag(request: Request, flag_id: UUID) -> Flag:
    """A flag that the user may see. Anybody else's is a 404."""
    flag: Flag = get_object_or_404(_flags_of(request), pk=flag_id)
    return flag


class Flags(Endpoint):
    @extend_schema(operation_id="flags_list", parameters=[FlagsQuery], responses=page_of(FlagShape))
    def get(self, request: Request) -> Response:
        """Flags, the newest first."""
        query = read_query(FlagsQuery, request)
        flags = _flags_of(request).under(query.get("under", ""))
        if "state" in query:
            flags = flags.filter(state=query["state"])
        return page_answer(flags.newest_first(), request, FlagShape, query=query, reader=caller(request))

    @extend_schema(operation_id="flags_raise", request=FlagBody, responses={200: FlagShape, 201: FlagShape})
    def post(self, request: Request) -> Response:
        """Raise a flag: its clocks run from now."""
        entry = flag_entry(read_body(FlagBody, request))
        new = raise_flags(entries=[entry], by=caller(request), at=now())
        return kept(FlagShape, _flag(request, entry.id), is_new=bool(new), reader=caller(request))


class OneFlag(Endpoint):
    @extend_schema(operation_id="flags_read", responses=FlagShape)
    def get(self, request: Request, flag_id: UUID) -> Response:
        return shown(FlagShape, _flag(request, flag_id), reader=caller(request))


class AcknowledgeFlag(Endpoint):
    @extend_schema(operation_id="flags_acknowledge", request=AcknowledgeBody, responses=FlagShape)
    def post(self, request: Request, flag_id: UUID) -> Response:
        """The county takes the flag up; its clock stops."""
        words = read_body(AcknowledgeBody, request)
        _flag(request, flag_id)
        acknowledge_flag(flag_id=flag_id, by=caller(request), at=now(), **words)
        return shown(FlagShape, _flag(request, flag_id), reader=caller(request))


class DismissFlag(Endpoint):
    @extend_schema(operation_id="flags_dismiss", request=DismissBody, responses=FlagShape)
    def post(self, request: Request, flag_id: UUID) -> Response:
        """Dismiss with a reason that the reporter reads; a mandatory flag takes a second officer."""
        words = read_body(DismissBody, request)
        _flag(request, flag_id)
        dismiss_flag(flag_id=flag_id, by=caller(request), at=now(), **words)
        return shown(FlagShape, _flag(request, flag_id), reader=caller(request))


class CloseFlag(Endpoint):
    @extend_schema(operation_id="flags_close", request=CloseFlagBody, responses=FlagShape)
    def post(self, request: Request, flag_id: UUID) -> Response:
        """Settle a flag that needed no departments, with an answer to its reporter."""
        words = read_body(CloseFlagBody, request)
        _flag(request, flag_id)
        close_flag(flag_id=flag_id, by=caller(request), at=now(), **words)
        return shown(FlagShape, _flag(request, flag_id), reader=caller(request))
