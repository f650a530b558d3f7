from uuid import UUID

from rest_framework import serializers

from ccmp.web.rest.bodies import Shape
from clubs.enums import WeekState
from clubs.models import ClubClosure, ClubSession


class SessionShape(Shape):
    """A session, with the ids of the children who came."""

    id = serializers.UUIDField()
    village_code = serializers.CharField()
    made_at = serializers.DateTimeField()
    recorded_at = serializers.DateTimeField()
    opened_at = serializers.DateTimeField()
    closed_at = serializers.DateTimeField(allow_null=True)
    staffed_by = serializers.UUIDField(source="staffed_by_id")
    attended = serializers.SerializerMethodField()
    visitors = serializers.IntegerField()

    def get_attended(self, session: ClubSession) -> list[UUID]:
        return sorted(one.child_id for one in session.attendances.all())


class ClosureShape(Shape):
    id = serializers.UUIDField()
    village_code = serializers.CharField()
    made_at = serializers.DateTimeField()
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()
    reason = serializers.CharField()
    state = serializers.SerializerMethodField()
    approved_at = serializers.DateTimeField(allow_null=True)
    declined_at = serializers.DateTimeField(allow_null=True)
    decline_reason = serializers.CharField()

    def get_state(self, closure: ClubClosure) -> str:
        return "approved" if closure.approved_at else "declined" if closure.declined_at else "awaiting"


class WeekShape(Shape):
    """A week, Monday to Sunday: its days by kind, minutes required and open."""

    monday = serializers.DateField()
    term_days = serializers.IntegerField()
    holiday_days = serializers.IntegerField()
    exempt_days = serializers.IntegerField()
    required_minutes = serializers.IntegerField()
    open_minutes = serializers.IntegerField()
    met = serializers.BooleanField()
    state = serializers.ChoiceField(WeekState.choices)


class OpenHoursShape(Shape):
    """The weeks whose Thursday lies in the month, and their sums; met when every week is met or exempt."""

    required_minutes = serializers.IntegerField()
    open_minutes = serializers.IntegerField()
    met = serializers.BooleanField()
    weeks = WeekShape(many=True)
