"""A child's file as the API answers it. Numbers of the resident ID and telephones are masked."""

from typing import Any

from rest_framework import serializers

from ccmp.people.reach import Somebody, may
from ccmp.web.rest.bodies import Shape
from ccmp.web.spoken import masked_phone
from children.enums import EntitlementState
from children.models import Child, Guardianship
from children.rules.labels import Labels, ParentOnDay
from children.rules.resident_id import masked

SEE_NAMES = "children.view_child"


class HouseholdShape(Shape):
    id = serializers.UUIDField()
    head_name = serializers.CharField()
    neighbourhood = serializers.CharField()
    address = serializers.CharField()


class ChildRefShape(Shape):
    """Which child: the name only for those who may open the register of her village."""

    id = serializers.UUIDField()
    village_code = serializers.CharField()
    name = serializers.SerializerMethodField()
    born_on = serializers.SerializerMethodField()

    def get_name(self, child: Child) -> str | None:
        return child.name if self._may_be_named(child) else None

    def get_born_on(self, child: Child) -> str | None:
        return f"{child.born_on}" if self._may_be_named(child) else None

    def _may_be_named(self, child: Child) -> bool:
        reader: Somebody = self.context["reader"]
        return may(reader, SEE_NAMES, at_place=child.village_code)


class ChildShape(Shape):
    """A line of the register."""

    id = serializers.UUIDField()
    village_code = serializers.CharField()
    household = HouseholdShape()
    name = serializers.CharField()
    sex = serializers.CharField()
    born_on = serializers.DateField()
    ethnic_group = serializers.CharField()
    ethnic_words = serializers.CharField()
    resident_id = serializers.SerializerMethodField()
    no_id_reason = serializers.CharField()
    hukou = serializers.CharField()
    school_stage = serializers.CharField()
    is_boarding = serializers.BooleanField()
    registered_on = serializers.DateField()
    gone_on = serializers.DateField(allow_null=True)
    version = serializers.IntegerField()

    def get_resident_id(self, child: Child) -> str:
        return masked(child.resident_id)


class StayShape(Shape):
    since = serializers.DateField()
    until = serializers.DateField(allow_null=True)
    where = serializers.CharField()


class IncapacityShape(Shape):
    reason = serializers.CharField()
    since = serializers.DateField()
    until = serializers.DateField(allow_null=True)


class RelativeShape(Shape):
    """A kinship: who she is to the child, and the dated facts about her."""

    id = serializers.UUIDField(source="relative.id")
    relation = serializers.CharField()
    name = serializers.CharField(source="relative.name")
    born_on = serializers.DateField(source="relative.born_on", allow_null=True)
    phone = serializers.SerializerMethodField()
    died_on = serializers.DateField(source="relative.died_on", allow_null=True)
    missing_since = serializers.DateField(source="relative.missing_since", allow_null=True)
    stays_away = serializers.SerializerMethodField()
    incapacities = serializers.SerializerMethodField()

    def get_phone(self, kinship: Any) -> str:
        return masked_phone(kinship.relative.phone) if kinship.relative.phone else ""

    def get_stays_away(self, kinship: Any) -> list[dict[str, Any]]:
        stays = sorted(kinship.relative.stays_away.all(), key=lambda stay: stay.since)
        return StayShape(stays, many=True).data  # type: ignore[return-value]

    def get_incapacities(self, kinship: Any) -> list[dict[str, Any]]:
        times = sorted(kinship.relative.incapacities.all(), key=lambda time: time.since)
        return IncapacityShape(times, many=True).data  # type: ignore[return-value]


class GuardianshipShape(Shape):
    carer = serializers.UUIDField(source="carer_id", allow_null=True)
    kind = serializers.CharField()
    since = serializers.DateField()
    until = serializers.DateField(allow_null=True)
    is_entrusted = serializers.BooleanField()
    paper_signed_on = serializers.DateField(allow_null=True)


class ChildFileShape(ChildShape):
    """The whole file: the line of the register, the family, and who looks after the child."""

    family = RelativeShape(many=True)
    guardianships = serializers.SerializerMethodField()

    def get_guardianships(self, child: Child) -> list[dict[str, Any]]:
        times: list[Guardianship] = sorted(child.guardianships.all(), key=lambda time: time.since)
        return GuardianshipShape(times, many=True).data  # type: ignore[return-value]


def labels_shown(child: Child, labels: Labels) -> dict[str, Any]:
    """Each label, true or false, with the facts that decided it."""
    parents = {"father": _parent(labels.father), "mother": _parent(labels.mother)}
    statutory = {"hukou": child.hukou, "born_on": str(child.born_on), "under_sixteen": labels.under_sixteen}
    return {
        "child": str(child.id),
        "on": str(labels.on),
        "labels": [
            {"label": "left_behind", "holds": labels.left_behind, "facts": statutory | parents},
            {"label": "left_by_both", "holds": labels.left_by == "both", "facts": parents},
            {"label": "left_by_one", "holds": labels.left_by == "one", "facts": parents},
        ],
    }


def _parent(parent: ParentOnDay) -> dict[str, Any]:
    return {
        "known": parent.known,
        "dead": parent.dead,
        "missing": parent.missing,
        "away": StayShape(parent.away).data if parent.away else None,
        "incapacity": IncapacityShape(parent.incapacity).data if parent.incapacity else None,
    }


class LabelShape(Shape):
    label = serializers.ChoiceField(["left_behind", "left_by_both", "left_by_one"])  # type: ignore[assignment]
    holds = serializers.BooleanField()
    facts = serializers.DictField()


class LabelsShape(Shape):
    child = serializers.UUIDField()
    on = serializers.DateField()
    labels = LabelShape(many=True)


class RuleShape(Shape):
    version = serializers.IntegerField()
    since = serializers.DateField()
    source = serializers.CharField()  # type: ignore[assignment]


class EntitlementFactShape(Shape):
    """One condition of the rule. Of a child's health, those who may not see it read null and no words."""

    fact = serializers.CharField(source="word")
    holds = serializers.BooleanField(allow_null=True)
    words = serializers.CharField()


class EntitlementShape(Shape):
    """A benefit, how far the child is with it, and the rule and facts by which it may qualify. Never a decision."""

    benefit = serializers.CharField(source="entitlement.benefit.code")
    name = serializers.CharField(source="entitlement.benefit.name")
    department = serializers.CharField(source="entitlement.benefit.department")
    state = serializers.ChoiceField(EntitlementState.values, source="entitlement.state")
    may_qualify = serializers.BooleanField(source="entitlement.may_qualify")
    since = serializers.DateField(source="entitlement.application.since", allow_null=True, default=None)
    rule = RuleShape(source="entitlement.rule", allow_null=True)
    facts = EntitlementFactShape(many=True)


class EntitlementsShape(Shape):
    child = serializers.UUIDField()
    on = serializers.DateField()
    entitlements = EntitlementShape(many=True)
