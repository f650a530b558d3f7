from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from ccmp.moments import WEEK, Month, day_of, now, start_of
from ccmp.people.api.caller import caller
from ccmp.web.rest.bodies import read_body, read_query
from ccmp.web.rest.endpoints import Endpoint, kept, page_answer, page_of, shown
from clubs.api.bodies import CloseBody, MonthQuery, SessionBody, SessionsQuery, session_entry
from clubs.api.shapes import OpenHoursShape, SessionShape
from clubs.entries import SessionEntry
from clubs.models import Club, ClubSession
from clubs.models.session import ClubSessionQuerySet
from clubs.services.open_hours import hours_of_month
from clubs.services.sessions import close_club, enter_session, open_club


def sessions_of(request: Request) -> ClubSessionQuerySet:
    sessions: ClubSessionQuerySet = ClubSession.objects.visible_to(caller(request)).prefetch_related("attendances")
    return sessions


def _of_month(sessions: ClubSessionQuerySet, month: Month) -> ClubSessionQuerySet:
    return sessions.between(start_of(month.mondays[0]), start_of(month.mondays[-1] + WEEK))


class Sessions(Endpoint):
    @extend_schema(operation_id="club_sessions_list", parameters=[SessionsQuery], responses=page_of(SessionShape))
    def get(self, request: Request) -> Response:
        """Sessions, the newest first."""
        query = read_query(SessionsQuery, request)
        sessions = sessions_of(request).under(query.get("under", ""))
        if "month" in query:
            sessions = _of_month(sessions, query["month"])
        return page_answer(sessions.newest_first(), request, SessionShape, query=query)

    @extend_schema(
        operation_id="club_sessions_enter", request=SessionBody, responses={200: SessionShape, 201: SessionShape}
    )
    def post(self, request: Request) -> Response:
        """Open the door, or enter a session that is over, with the children who came."""
        entry: SessionEntry = session_entry(read_body(SessionBody, request))
        at, keep = now(), open_club if entry.closed_at is None else enter_session
        is_new = keep(entry=entry, by=caller(request), at=at).recorded_at == at
        return kept(SessionShape, get_object_or_404(sessions_of(request), pk=entry.id), is_new=is_new)


class CloseSession(Endpoint):
    @extend_schema(operation_id="club_sessions_close", request=CloseBody, responses=SessionShape)
    def post(self, request: Request, session_id: UUID) -> Response:
        """Shut the door. Shut again at the same minute, nothing changes."""
        closed_at = read_body(CloseBody, request)["closed_at"]
        get_object_or_404(sessions_of(request), pk=session_id)
        close_club(session_id=session_id, closed_at=closed_at, by=caller(request), at=now())
        return shown(SessionShape, get_object_or_404(sessions_of(request), pk=session_id))


class OpenHours(Endpoint):
    @extend_schema(operation_id="clubs_open_hours", parameters=[MonthQuery], responses=OpenHoursShape)
    def get(self, request: Request, village_code: str) -> Response:
        """The open hours of a club's month, week by week."""
        at = now()
        month = read_query(MonthQuery, request).get("month") or Month.of(day_of(at))
        club = get_object_or_404(Club.objects.hours_visible_to(caller(request)), village_code=village_code)
        return shown(OpenHoursShape, hours_of_month([club], month, at=at)[club.village_code])
