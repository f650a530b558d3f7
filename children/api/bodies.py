"""A registration, and a change to a file, as they are sent."""

from typing import Any

from rest_framework import serializers

from ccmp.people.enums import Sex
from ccmp.places.api.subtree import Subtree
from ccmp.web.rest.bodies import Body, PageQuery
from ccmp.web.rest.fields import Choice, Day, Id, Moment, PlaceCode, ProgrammeDay, Whole, Words, YesNo
from children.entries import CarerEntry, ChildEntry, HouseholdEntry, ParentEntry
from children.enums import (
    FATHERS,
    MOTHERS,
    CareKind,
    EthnicGroup,
    Hukou,
    IncapacityReason,
    IncomeSource,
    NoIdReason,
    Relation,
    SchoolStage,
)

PARENTS = [(one.value, one.label) for one in (*FATHERS, *MOTHERS)]


class HouseholdBody(Body):
    """The home: an id that is already held is joined, a new one is made."""

    id = Id()
    head_name = Words(max_length=60, default="")
    neighbourhood = Words(max_length=60, default="")
    address = Words(default="")
    income = serializers.ListField(
        child=Choice(IncomeSource.choices), default=list, max_length=5, help_text="What the home lives on."
    )
    aid = Words(default="", help_text="Aid received beside the benefits, in words.")


class ParentBody(Body):
    """A father or mother. The id is the relative's: brothers and sisters share it."""

    id = Id()
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
    unable_until = Day(default=None, allow_null=True, help_text="Of a sentence or rehabilitation, as the paper has it.")
    resident_id = Words(max_length=30, default="", help_text="Kept sealed, answered masked.")
    works_at = Words(max_length=120, default="", help_text="The employer.")
    address = Words(default="", help_text="Of who does not live in the child's home.")


class CarerBody(Body):
    """Who looks after the child. The id of a parent means that this parent does."""

    id = Id()
    name = Words(max_length=60)
    relation = Choice(Relation.choices)
    kind = Choice(CareKind.choices)
    since = Day()
    born_on = Day(default=None, allow_null=True)
    phone = Words(max_length=30, default="")
    is_entrusted = YesNo(default=False)
    paper_signed_on = Day(default=None, allow_null=True, help_text="The agreement to entrusted care.")
    school_told_on = Day(default=None, allow_null=True, help_text="The parents' written notice to the school.")
    village_told_on = Day(default=None, allow_null=True, help_text="Their written notice to the village committee.")
    resident_id = Words(max_length=30, default="", help_text="Kept sealed, answered masked.")
    works_at = Words(max_length=120, default="", help_text="The employer.")
    address = Words(default="", help_text="Of who does not live in the child's home.")


class RegistrationBody(Body):
    """A child to be registered."""

    id = Id()
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
    is_boarding = YesNo(default=False)
    resident_id = Words(max_length=30, default="")
    number_as_said = YesNo(default=False, help_text="The number differs from the rest, and a person compared it.")
    no_id_reason = Choice(NoIdReason.choices, default="", allow_blank=True)
    hukou_county = Words(max_length=6, default="", allow_blank=True)
    hukou_place = Words(max_length=120, default="", allow_blank=True)
    lives_here_since = Day(default=None, allow_null=True)
    school_name = Words(max_length=80, default="", allow_blank=True)
    parents = serializers.ListField(child=ParentBody(), default=list, max_length=2)
    carer = CarerBody(default=None, allow_null=True)


class FileFields(Body):
    """Fields of a child's file and of its home."""

    name = Words(max_length=60, required=False)
    sex = Choice(Sex.choices, required=False)
    born_on = Day(required=False)
    ethnic_group = Choice(EthnicGroup.choices, required=False)
    ethnic_words = Words(max_length=40, required=False, allow_blank=True)
    resident_id = Words(max_length=30, required=False)
    no_id_reason = Choice(NoIdReason.choices, required=False)
    hukou = Choice(Hukou.choices, required=False)
    hukou_county = Words(max_length=6, required=False, allow_blank=True, help_text="GB/T 2260, six digits.")
    hukou_place = Words(max_length=120, required=False, allow_blank=True)
    lives_here_since = Day(required=False, allow_null=True)
    school_stage = Choice(SchoolStage.choices, required=False)
    school_name = Words(max_length=80, required=False, allow_blank=True)
    is_boarding = YesNo(required=False)
    head_name = Words(max_length=60, required=False, help_text="Of the home, as all that follows.")
    neighbourhood = Words(max_length=60, required=False, allow_blank=True)
    address = Words(required=False, allow_blank=True)
    income = serializers.ListField(child=Choice(IncomeSource.choices), required=False, max_length=5)
    aid = Words(required=False, allow_blank=True)


class SeenFields(FileFields):
    """What the sender had read, each as it was answered."""

    resident_id = Words(max_length=30, required=False, allow_blank=True)
    no_id_reason = Choice(NoIdReason.choices, required=False, allow_blank=True)


class ChangeBody(FileFields):
    """What changed in a child's file, with the version that was read."""

    version = Whole(min_value=1, max_value=2_000_000_000)
    seen = SeenFields(
        default=dict,
        help_text="Of the fields that are sent, what was read: one that nobody changed since is taken though others were.",
    )
    number_as_said = YesNo(required=False, help_text="The number differs from the rest, and a person compared it.")
    hukou_changed_on = Day(
        required=False,
        help_text="The hukou became another one on this day; left out, what the file said of it was wrong.",
    )


class ChildrenQuery(PageQuery):
    """The register of a day."""

    q = Words(
        required=False,
        max_length=60,
        help_text="Refused: a name stands in logs when it stands in an address. It is posted to children/find/.",
    )
    under = Subtree()
    on = ProgrammeDay(required=False, help_text="The register as it stood on this day; today when left out.")


class SearchBody(Body):
    """Whom somebody looks for, and where."""

    q = Words(
        max_length=60, help_text="A name, its pinyin or initials; an ID number or its last four or more; a telephone."
    )
    under = Subtree()
    on = ProgrammeDay(required=False, help_text="The register as it stood on this day; today when left out.")


class DayQuery(Body):
    on = ProgrammeDay(required=False, help_text="The day; today when left out.")


def entry_of(values: dict[str, Any]) -> ChildEntry:
    """The values of a RegistrationBody as the service takes them."""
    carer = values.pop("carer")
    return ChildEntry(
        household=_household_entry(values.pop("household")),
        parents=tuple(ParentEntry(**parent) for parent in values.pop("parents")),
        carer=CarerEntry(**carer) if carer else None,
        **values,
    )


def _household_entry(values: dict[str, Any]) -> HouseholdEntry:
    """Sources of income in the order of the form, each once."""
    told = set(values.pop("income"))
    return HouseholdEntry(income=tuple(one for one in IncomeSource.values if one in told), **values)
