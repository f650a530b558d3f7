"""Consent by the API: each purpose by itself, given by a grown-up of the file, taken back at any time."""

from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from ccmp.audit.record import record
from ccmp.moments import day_of, now
from ccmp.people.api.caller import caller
from ccmp.web.rest.bodies import Body, Shape, read_body
from ccmp.web.rest.endpoints import Endpoint
from ccmp.web.rest.fields import Choice, Day, Id, Moment, Whole, Words, YesNo
from children.api.children import file_of
from children.enums import ConsentEvidence, ConsentPurpose
from children.models import Child
from children.services.consent import ConsentEntry, give_consent, withdraw_consent
from children.services.consents_shown import consents_of


class ConsentBody(Body):
    """`given_by`: the id of a grown-up of the file. `signature`: strokes, `M12 34L13 36`, of one signed on the screen."""

    id = Id()
    made_at = Moment()
    purpose = Choice(ConsentPurpose.choices)
    text_version = Whole(min_value=1, max_value=1000)
    given_by = Id()
    on = Day()
    evidence = Choice(ConsentEvidence.choices)
    signature = Words(max_length=8192, default="")
    child_agrees = YesNo(default=False, help_text="Who is 14 or older is asked too.")


class WithdrawalBody(Body):
    purpose = Choice(ConsentPurpose.choices)
    on = Day()
    withdrawn_by = Words(max_length=60)


class OneConsentShape(Shape):
    """A consent as it was given. The signature is shown to nobody here."""

    given_by = serializers.CharField()
    relation = serializers.CharField()
    child_agrees = serializers.BooleanField()
    on = serializers.DateField()
    evidence = serializers.CharField()
    text_version = serializers.IntegerField()
    withdrawn_on = serializers.DateField(allow_null=True)
    withdrawn_by = serializers.CharField()


class ConsentShape(Shape):
    """A purpose: `state` is holds, not_asked, taken_back or ask_again."""

    purpose = serializers.CharField()
    state = serializers.CharField()
    last = OneConsentShape(allow_null=True)
    before = OneConsentShape(many=True)


def _shown(request: Request, child_id: UUID) -> Response:
    child = file_of(caller(request), child_id)
    return Response(ConsentShape(consents_of(child, on=day_of(now())), many=True).data)


def _entry(values: dict[str, Any], child: Child) -> ConsentEntry:
    kinship = get_object_or_404(child.kinships.select_related("relative"), relative=values.pop("given_by"))
    return ConsentEntry(child=child.id, given_by=kinship.relative.name, relation=kinship.relation, **values)


class Consents(Endpoint):
    @extend_schema(operation_id="children_consents", responses=ConsentShape(many=True))
    def get(self, request: Request, child_id: UUID) -> Response:
        """What was agreed to for a child, purpose by purpose. That it was read is recorded."""
        record(by=caller(request), at=now(), did="read", on=file_of(caller(request), child_id), part="consent")
        return _shown(request, child_id)

    @extend_schema(operation_id="children_agree", request=ConsentBody, responses=ConsentShape(many=True))
    def post(self, request: Request, child_id: UUID) -> Response:
        """A text was read out, and a grown-up of the file agreed."""
        values = read_body(ConsentBody, request)
        entry = _entry(values, file_of(caller(request), child_id))
        give_consent(entry=entry, by=caller(request), at=now())
        return _shown(request, child_id)


class ConsentWithdrawals(Endpoint):
    @extend_schema(operation_id="children_withdraw", request=WithdrawalBody, responses=ConsentShape(many=True))
    def post(self, request: Request, child_id: UUID) -> Response:
        """Somebody takes a consent back, from a day on."""
        values = read_body(WithdrawalBody, request)
        child = file_of(caller(request), child_id)
        purpose = ConsentPurpose(values.pop("purpose"))
        withdraw_consent(child=child, purpose=purpose, **values, by=caller(request), at=now())
        return _shown(request, child_id)
