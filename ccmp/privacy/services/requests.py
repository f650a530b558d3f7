"""A guardian's requests: written down, answered in time, with a copy or a reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ccmp.audit.record import record
from ccmp.moments import day_of
from ccmp.people.models import User
from ccmp.places.rules.standards import value
from ccmp.places.services.calendar import working_days_after
from ccmp.privacy.enums import RequestKind, RequestState
from ccmp.privacy.models import GuardianRequest
from ccmp.privacy.rules.permission import check_may_answer_request, check_may_register_request
from ccmp.privacy.services.clearing import clear_at_request
from ccmp.refusals import Refusal
from children.models import Child

RULE = "privacy.answer_working_days"
DID: Mapping[RequestState, str] = {
    RequestState.DONE: "did what a guardian asked",
    RequestState.DECLINED: "declined a guardian's request",
    RequestState.WITHDRAWN: "noted a request as taken back",
}


class BadRequest(Refusal):
    """What was written down, or answered, lacks something."""


@dataclass(frozen=True)
class Asked:
    """What a guardian asks for, as it was said at the desk."""

    id: UUID
    kind: RequestKind
    asked_by: str
    relation: str
    words: str = ""


@transaction.atomic
def register_request(*, child: Child, asked: Asked, by: User, at: datetime) -> GuardianRequest:
    """Write a request down; from now on its days are counted. Sent again, nothing changes."""
    check_may_register_request(by, child)
    held = GuardianRequest.objects.filter(pk=asked.id).first()
    if held is not None:
        return held
    if asked.kind in (RequestKind.CORRECT, RequestKind.DELETE) and not asked.words.strip():
        raise BadRequest(_("Write what is to be put right, or deleted, and why."), field="words")
    request = GuardianRequest.objects.create(
        id=asked.id,
        child=child,
        kind=asked.kind,
        asked_by=asked.asked_by.strip(),
        relation=asked.relation,
        words=asked.words.strip(),
        asked_at=at,
        by=by,
        rule=RULE,
        due_at=working_days_after(at, value(RULE, on=day_of(at))),
    )
    record(by=by, at=at, did="wrote down a guardian's request", on=child, kind=asked.kind)
    return request


@transaction.atomic
def answer_request(*, request_id: UUID, state: RequestState, words: str, by: User, at: datetime) -> GuardianRequest:
    """Done, declined with a reason, or taken back. What was asked to be deleted is deleted in the same moment."""
    request = GuardianRequest.objects.select_for_update(of=("self",)).select_related("child").get(pk=request_id)
    check_may_answer_request(by, request)
    if state == RequestState.DECLINED and not words.strip():
        raise BadRequest(_("Write why not: the guardian is told, and may complain to the authority."), field="words")
    request.move_to(state, by=by, at=at, answer=words.strip())
    if state == RequestState.DONE and request.kind == RequestKind.DELETE:
        clear_at_request(request.child, by=by, at=at)
    record(by=by, at=at, did=DID[state], on=request.child, kind=request.kind, in_time=request.was_in_time)
    return request
