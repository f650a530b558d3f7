"""A child's file as the API answers it. Numbers of the resident ID and telephones are masked."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from ccmp.people.reach import Somebody, may
from ccmp.web.rest.bodies import Shape
from ccmp.web.spoken import masked_phone
from children.enums import EntitlementState
from children.models import Child, Guardianship
from children.rules.resident_id import masked, number_doubts
from children.services.contact import last_contacts
from children.services.health import health_facts
from children.services.trust import signatures_of

SEE_NAMES = "children.view_child"


class HouseholdShape(Shape):
    id = serializers.UUIDField()
    head_name = serializers.CharField()
    neighbourhood = serializers.CharField()
    address = serializers.CharField()
    income = serializers.ListField(child=serializers.CharField())
    aid = serializers.CharField()


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
    hukou_county = serializers.CharField()
    hukou_place = serializers.CharField()
    lives_here_since = serializers.DateField(allow_null=True)
    school_stage = serializers.CharField()
    school_name = serializers.CharField()
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


class ContactShape(Shape):
    on = serializers.DateField()
    how = serializers.CharField()
    with_child = serializers.BooleanField()
    with_carer = serializers.BooleanField()


class RelativeShape(Shape):
    """A kinship: who she is to the child, and the dated facts about her."""

    id = serializers.UUIDField(source="relative.id")
    relation = serializers.CharField()
    name = serializers.CharField(source="relative.name")
    born_on = serializers.DateField(source="relative.born_on", allow_null=True)
    phone = serializers.SerializerMethodField()
    resident_id = serializers.SerializerMethodField()
    works_at = serializers.CharField(source="relative.works_at")
    address = serializers.CharField(source="relative.address")
    died_on = serializers.DateField(source="relative.died_on", allow_null=True)
    missing_since = serializers.DateField(source="relative.missing_since", allow_null=True)
    declared_missing_on = serializers.DateField(source="relative.declared_missing_on", allow_null=True)
    last_contact = serializers.SerializerMethodField()
    stays_away = serializers.SerializerMethodField()
    incapacities = serializers.SerializerMethodField()

    def get_phone(self, kinship: Any) -> str:
        return masked_phone(kinship.relative.phone) if kinship.relative.phone else ""

    def get_resident_id(self, kinship: Any) -> str:
        return masked(kinship.relative.resident_id)

    @extend_schema_field(ContactShape(allow_null=True))
    def get_last_contact(self, kinship: Any) -> dict[str, Any] | None:
        last = self.context["contacts"].get(kinship.relative_id)
        return ContactShape(last).data if last else None

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
    school_told_on = serializers.DateField(allow_null=True)
    village_told_on = serializers.DateField(allow_null=True)
    ended_because = serializers.CharField()


class HealthFactShape(Shape):
    """A disability by its certificate, or an illness."""

    kind = serializers.CharField()
    since = serializers.DateField()
    disability = serializers.CharField()
    level = serializers.IntegerField()
    certificate = serializers.CharField()
    illness = serializers.CharField()


class SignedShape(Shape):
    """Whose word stands behind the file."""

    filled_in_by = serializers.CharField()
    filled_in_on = serializers.DateField()
    confirmed_with = serializers.CharField()
    confirmed_on = serializers.DateField(allow_null=True)
    checked_by = serializers.CharField()
    checked_on = serializers.DateField(allow_null=True)
    was_sent_back = serializers.BooleanField()


class DoubtShape(Shape):
    of = serializers.CharField(help_text="born_on, sex or area.")
    sentence = serializers.CharField()


class ChildFileShape(ChildShape):
    """The whole file: the line of the register, the family, who looks after the child, and whose word stands behind it.

    `health` is null for who may not see it, empty for a healthy child or one of whom nobody asked yet (`health_told_on`).
    `number_doubts`: what is odd about the ID number beside the rest, while nobody said that it is right as it stands.
    """

    health_told_on = serializers.DateField(allow_null=True)
    health = serializers.SerializerMethodField()
    number_doubts = serializers.SerializerMethodField()
    family = serializers.SerializerMethodField()
    guardianships = serializers.SerializerMethodField()
    signed = serializers.SerializerMethodField()

    @extend_schema_field(HealthFactShape(many=True, allow_null=True))
    def get_health(self, child: Child) -> list[dict[str, Any]] | None:
        facts = health_facts(child, self.context["reader"], on=self.context["on"])
        return None if facts is None else HealthFactShape(facts, many=True).data  # type: ignore[return-value]

    @extend_schema_field(DoubtShape(many=True))
    def get_number_doubts(self, child: Child) -> list[dict[str, Any]]:
        return DoubtShape(number_doubts(child), many=True).data  # type: ignore[return-value]

    @extend_schema_field(RelativeShape(many=True))
    def get_family(self, child: Child) -> list[dict[str, Any]]:
        contacts = last_contacts([one.relative for one in child.family], on=self.context["on"])
        return RelativeShape(child.family, many=True, context={"contacts": contacts}).data  # type: ignore[return-value]

    @extend_schema_field(SignedShape)
    def get_signed(self, child: Child) -> dict[str, Any]:
        return SignedShape(signatures_of(child)).data

    def get_guardianships(self, child: Child) -> list[dict[str, Any]]:
        times: list[Guardianship] = sorted(child.guardianships.all(), key=lambda time: time.since)
        return GuardianshipShape(times, many=True).data  # type: ignore[return-value]


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
