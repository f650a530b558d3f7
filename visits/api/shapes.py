from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from ccmp.web.rest.bodies import Shape
from children.api.shapes import ChildRefShape
from visits.enums import Outcome, RiskLevel
from visits.models import VisitDeadline


class VisitShape(Shape):
    """A visit, and the risk that came out of it."""

    id = serializers.UUIDField()
    village_code = serializers.CharField()
    child = serializers.UUIDField(source="child_id")
    made_at = serializers.DateTimeField()
    recorded_at = serializers.DateTimeField()
    outcome = serializers.ChoiceField(Outcome.choices)
    checklist = serializers.IntegerField()
    answers = serializers.DictField(child=serializers.IntegerField())
    notes = serializers.DictField(child=serializers.CharField())
    note = serializers.CharField()
    seen_alone = serializers.BooleanField(allow_null=True)
    not_alone_because = serializers.CharField()
    score = serializers.IntegerField(allow_null=True)
    level = serializers.ChoiceField(RiskLevel.choices)
    override = serializers.CharField()


class DueShape(Shape):
    """A child who is due a visit: until when, at which risk level, how many days late."""

    child = ChildRefShape()
    due_on = serializers.DateField()
    level = serializers.ChoiceField(RiskLevel.choices)
    days_late = serializers.SerializerMethodField()
    set_on = serializers.DateField()
    rule = serializers.CharField()

    def get_days_late(self, deadline: VisitDeadline) -> int:
        return deadline.days_late(on=self.context["on"])


class ClockShape(Shape):
    """A deadline, and when it was stopped."""

    kind = serializers.CharField()
    started_at = serializers.DateTimeField()
    due_at = serializers.DateTimeField()
    rule = serializers.CharField()
    stopped_at = serializers.DateTimeField(allow_null=True)


class FlagShape(Shape):
    """A flag and its clocks. Who raised it is confidential, and is not told."""

    id = serializers.UUIDField()
    village_code = serializers.CharField()
    child = ChildRefShape(allow_null=True)
    child_words = serializers.CharField()
    visit = serializers.UUIDField(source="visit_id", allow_null=True)
    kind = serializers.CharField()
    severity = serializers.CharField()
    seen = serializers.CharField()
    situation = serializers.CharField()
    raised_at = serializers.DateTimeField()
    recorded_at = serializers.DateTimeField()
    police_told_at = serializers.DateTimeField(allow_null=True)
    police_told_whom = serializers.CharField()
    state = serializers.CharField()
    answer = serializers.CharField()
    clocks = serializers.SerializerMethodField()

    @extend_schema_field(ClockShape(many=True))
    def get_clocks(self, flag: Any) -> list[dict[str, Any]]:
        return clocks_shown(flag.clocks.all())


def clocks_shown(clocks: Any) -> list[dict[str, Any]]:
    """Clocks by the moment at which they are due."""
    in_order = sorted(clocks, key=lambda clock: (clock.due_at, clock.pk))
    return ClockShape(in_order, many=True).data  # type: ignore[return-value]
