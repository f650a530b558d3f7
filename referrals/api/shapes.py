from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from ccmp.people.reach import may
from ccmp.web.rest.bodies import Shape
from children.api.shapes import ChildRefShape
from children.rules.resident_id import masked
from referrals.enums import Disclosed, TaskState
from referrals.models import Task
from referrals.rules.disclosure import disclosed_facts
from visits.api.shapes import ClockShape, clocks_shown


class DepartmentShape(Shape):
    id = serializers.UUIDField()
    county_code = serializers.CharField()
    kind = serializers.CharField()
    name = serializers.CharField()


class MoveShape(Shape):
    """From state to state: when, and with which words."""

    came_from = serializers.CharField()
    went_to = serializers.CharField()
    at = serializers.DateTimeField()
    why = serializers.CharField()


class TaskShape(Shape):
    """A task: what is asked, where it stands. Of the child it says nothing but what the request itself says."""

    id = serializers.UUIDField()
    department = DepartmentShape()
    title = serializers.CharField()
    asked = serializers.CharField()
    done_when = serializers.CharField()
    disclosed = serializers.ListField(child=serializers.CharField())
    state = serializers.CharField()
    sent_at = serializers.DateTimeField()
    return_reason = serializers.CharField()
    clocks = serializers.SerializerMethodField()

    @extend_schema_field(ClockShape(many=True))
    def get_clocks(self, task: Task) -> list[dict[str, Any]]:
        return clocks_shown(task.clocks.all())

    def to_representation(self, instance: Task) -> dict[str, Any]:
        shown = super().to_representation(instance)
        if instance.state == TaskState.WITHDRAWN and not may(
            self.context["reader"], "referrals.view_task", at_place=instance.village_code
        ):
            shown["asked"] = shown["done_when"] = ""  # a withdrawn task discloses nothing any more
        return shown


class FactShape(Shape):
    field = serializers.ChoiceField(Disclosed.choices)
    value = serializers.CharField()


class TaskFileShape(TaskShape):
    """A task with exactly the facts that it discloses, and its moves. The ID number is masked."""

    facts = serializers.SerializerMethodField()
    moves = serializers.SerializerMethodField()

    @extend_schema_field(FactShape(many=True))
    def get_facts(self, task: Task) -> list[dict[str, str]]:
        return [
            {
                "field": fact.field.value,
                "value": masked(fact.value) if fact.field == Disclosed.RESIDENT_ID else fact.value,
            }
            for fact in disclosed_facts(task, on=self.context["on"])
        ]

    @extend_schema_field(MoveShape(many=True))
    def get_moves(self, task: Task) -> list[dict[str, Any]]:
        in_order = sorted(task.moves.all(), key=lambda move: (move.at, move.pk))
        return MoveShape(in_order, many=True).data  # type: ignore[return-value]


class ReferralShape(Shape):
    """A referral and its tasks."""

    id = serializers.UUIDField()
    village_code = serializers.CharField()
    child = ChildRefShape()
    flag = serializers.UUIDField(source="flag_id", allow_null=True)
    goal = serializers.CharField()
    goal_due_on = serializers.DateField(allow_null=True)
    state = serializers.CharField()
    opened_at = serializers.DateTimeField()
    result = serializers.CharField()
    closing_words = serializers.CharField()
    tasks = serializers.SerializerMethodField()

    @extend_schema_field(TaskShape(many=True))
    def get_tasks(self, referral: Any) -> list[dict[str, Any]]:
        in_order = sorted(referral.tasks.all(), key=lambda task: (task.sent_at, task.pk))
        return TaskShape(in_order, many=True, context=self.context).data  # type: ignore[return-value]
