from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from ccmp.moments import now
from ccmp.people.api.caller import caller
from ccmp.web.rest.bodies import read_body, read_query
from ccmp.web.rest.endpoints import Endpoint, kept, page_answer, page_of, shown
from referrals.api.bodies import CloseReferralBody, ReferralBody, ReferralsQuery, TaskBody, referral_entry, task_entry
from referrals.api.shapes import ReferralShape, TaskShape
from referrals.models import Referral
from referrals.models.referral import ReferralQuerySet
from referrals.services.referrals import close_referral, open_referral, send_task


def _referrals_of(request: Request) -> ReferralQuerySet:
    referrals: ReferralQuerySet = Referral.objects.visible_to(caller(request)).select_related("child")
    return referrals.prefetch_related("tasks__department", "tasks__clocks")


def _referral(request: Request, referral_id: UUID) -> Referral:
    """A referral that the user may see. Anybody else's is a 404."""
    referral: Referral = get_object_or_404(_referrals_of(request), pk=referral_id)
    return referral


class Referrals(Endpoint):
    @extend_schema(operation_id="referrals_list", parameters=[ReferralsQuery], responses=page_of(ReferralShape))
    def get(self, request: Request) -> Response:
        """Referrals, the newest first."""
        query = read_query(ReferralsQuery, request)
        referrals = _referrals_of(request).under(query.get("under", ""))
        if "state" in query:
            referrals = referrals.filter(state=query["state"])
        return page_answer(referrals.newest_first(), request, ReferralShape, query=query, reader=caller(request))

    @extend_schema(
        operation_id="referrals_open", request=ReferralBody, responses={200: ReferralShape, 201: ReferralShape}
    )
    def post(self, request: Request) -> Response:
        """Turn a flag into a referral, and send its tasks at once."""
        entry = referral_entry(read_body(ReferralBody, request))
        at = now()
        is_new = open_referral(entry=entry, by=caller(request), at=at).opened_at == at
        return kept(ReferralShape, _referral(request, entry.id), is_new=is_new, reader=caller(request))


class OneReferral(Endpoint):
    @extend_schema(operation_id="referrals_read", responses=ReferralShape)
    def get(self, request: Request, referral_id: UUID) -> Response:
        return shown(ReferralShape, _referral(request, referral_id), reader=caller(request))


class ReferralTasks(Endpoint):
    @extend_schema(operation_id="referrals_send_task", request=TaskBody, responses={200: TaskShape, 201: TaskShape})
    def post(self, request: Request, referral_id: UUID) -> Response:
        """Send a task to one more department."""
        entry = task_entry(read_body(TaskBody, request))
        _referral(request, referral_id)
        at = now()
        task = send_task(referral_id=referral_id, entry=entry, by=caller(request), at=at)
        return kept(TaskShape, task, is_new=task.sent_at == at, reader=caller(request))


class CloseReferral(Endpoint):
    @extend_schema(operation_id="referrals_close", request=CloseReferralBody, responses=ReferralShape)
    def post(self, request: Request, referral_id: UUID) -> Response:
        """Close: what became of it, in words that the companion mother reads."""
        answer = read_body(CloseReferralBody, request)
        _referral(request, referral_id)
        close_referral(referral_id=referral_id, by=caller(request), at=now(), **answer)
        return shown(ReferralShape, _referral(request, referral_id), reader=caller(request))
