"""A registration, and a change to a file, as they are sent."""

from typing import Any

from rest_framework import serializers

from ccmp.people.enums import Sex
from ccmp.places.api.subtree import Subtree
from ccmp.web.rest.bodies import Body, PageQuery
from ccmp.web.rest.fields import Choice, Day, Moment, PlaceCode, ProgrammeDay, Words
from children.entries import CarerEntry, ChildEntry, HouseholdEntry, ParentEntry
from children.enums import (
    FATHERS,
    MOTHERS,
    CareKind,
    EthnicGroup,
    Hukou,
    IncapacityReason,
    NoIdReason,
    Relation,
    SchoolStage,
)

PARENTS = [(one.value, one.label) for one in (*FATHERS, *MOTHERS)]


class HouseholdBody(Body):
    """The home: an id that is already held is joined, a new one is made."""

    id = serializers.UUIDField()
    head_name = Words(max_length=60, default="")
    neighbourhood = Words(max_length=60, default="")
    address = Words(default="")


class ParentBody(Body):
    """A father or mother. The id is the relative's: brothers and sisters share it."""

    id = serializers.UUIDField()
    name = Words(max_length=60)
    relation = Choice(PARENTS)
    born_on = Day(default=None, allow_null=True)
    phone = Words(max_length=30, default="")
    died_on = Day(default=None, allow_null=True)
    missing_since = Day(default=None, allow_null=True)
    away_since = Day(default=None, allow_null=True)
    away_where = Words(max_length=80, default="")
    unable_reason = Choice(IncapacityReason.choices, default="", allow_blank=True)
    unable_since = Day(default=None, allow_null=True)


class CarerBody(Body):
    """Who looks after the child. The id of a parent means that this parent does."""

    id = serializers.UUIDField()
    name = Words(max_length=60)
    relation = Choice(Relation.choices)
    kind = Choice(CareKind.choices)
    since = Day()
    born_on = Day(default=None, allow_null=True)
    phone = Words(max_length=30, default="")
    is_entrusted = serializers.BooleanField(default=False)
    paper_signed_on = Day(default=None, allow_null=True)


class RegistrationBody(Body):
    """A child to be registered."""

    id = serializers.UUIDField()
    village_code = PlaceCode()
    made_at = Moment()
    household = HouseholdBody()
    name = Words(max_length=60)
    sex = Choice(Sex.choices)
    born_on = Day()
    ethnic_group = Choice(EthnicGroup.choices)
    ethnic_words = Words(max_length=40, default="")
    hukou = Choice(Hukou.choices)
    school_stage = Choice(SchoolStage.choices)
    is_boarding = serializers.BooleanField(default=False)
    resident_id = Words(max_length=30, default="")
    no_id_reason = Choice(NoIdReason.choices, default="", allow_blank=True)
    parents = serializers.ListField(child=ParentBody(), default=list, max_length=2)
    carer = CarerBody(default=None, allow_null=True)


class ChangeBody(Body):
    """What changed in a child's file, with the version that was read."""

    version = serializers.IntegerField(min_value=1, max_value=2_000_000_000)
    name = Words(max_length=60, required=False)
    ethnic_group = Choice(EthnicGroup.choices, required=False)
    ethnic_words = Words(max_length=40, required=False, allow_blank=True)
    hukou = Choice(Hukou.choices, required=False)
    school_stage = Choice(SchoolStage.choices, required=False)
    is_boarding = serializers.BooleanField(required=False)


class ChildrenQuery(PageQuery):
    """The register of a day."""

    q = Words(required=False, max_length=60, help_text="Characters of the name, its pinyin, or its initials.")
    under = Subtree()
    on = ProgrammeDay(required=False, help_text="The register as it stood on this day; today when left out.")


class DayQuery(Body):
    on = ProgrammeDay(required=False, help_text="The day; today when left out.")


def entry_of(values: dict[str, Any]) -> ChildEntry:
    """The values of a RegistrationBody as the service takes them."""
    carer = values.pop("carer")
    return ChildEntry(
        household=HouseholdEntry(**values.pop("household")),
        parents=tuple(ParentEntry(**parent) for parent in values.pop("parents")),
        carer=CarerEntry(**carer) if carer else None,
        **values,
    )
