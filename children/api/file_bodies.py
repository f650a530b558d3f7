"""What is said of the grown-ups of a file, of who looks after the child, and of its health, as it is sent."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from rest_framework import serializers

from ccmp.web.rest.bodies import Body
from ccmp.web.rest.fields import Choice, Day, Id, Whole, Words, YesNo
from children.enums import (
    CareBarKind,
    CareKind,
    ContactHow,
    DisabilityKind,
    FileField,
    IncapacityReason,
    Relation,
    Whereabouts,
)
from children.rules.care import CareEntry
from children.rules.contact import ContactEntry
from children.rules.kin import ABLE, ATTRIBUTES, ToldAbility, kin_text
from children.rules.resident_id import clean_number
from children.rules.whereabouts import Told
from children.services.bars import BarEntry
from children.services.health import HealthEntry
from children.services.kin import KinEntry, NewKinEntry
from children.services.whereabouts import Change

NOTHING_READ = ""


class NewRelativeBody(Body):
    """One more grown-up in the file. Without a name it is somebody whom the home knows, by the id in `relative`."""

    id = Id(help_text="Of this entry.")
    relative = Id(help_text="Of the person.")
    relation = Choice(Relation.choices)
    name = Words(max_length=60, default="")
    born_on = Day(default=None, allow_null=True)
    phone = Words(max_length=30, default="")
    resident_id = Words(max_length=30, default="", help_text="Kept sealed, answered masked.")
    works_at = Words(max_length=120, default="", help_text="The employer.")
    address = Words(default="", help_text="Of who does not live in the child's home.")


class SeenBody(Body):
    """What the sender had read, each as it was answered. What was another value meanwhile is not written over: both are kept."""

    name = Words(max_length=60, required=False)
    born_on = Day(required=False, allow_null=True)
    phone = Words(max_length=30, required=False, allow_blank=True)
    resident_id = Words(max_length=30, required=False, allow_blank=True)
    works_at = Words(max_length=120, required=False, allow_blank=True)
    address = Words(required=False, allow_blank=True)
    declared_missing_on = Day(required=False, allow_null=True)


class RelativeBody(SeenBody):
    """What is said anew of a grown-up; what is left out stays."""

    id = Id(help_text="Of this entry.")
    unable_reason = Choice(
        IncapacityReason.choices, required=False, allow_blank=True, help_text="Blank: able to look after the child."
    )
    unable_since = Day(required=False, help_text="Or, of somebody who is able again, since when.")
    unable_until = Day(required=False, help_text="Of a sentence or rehabilitation, as the paper has it.")
    seen = SeenBody(required=False)


class SeenWhereaboutsBody(Body):
    """The last that the sender had read of where a grown-up is; of one who was always at home, no day."""

    whereabouts = Choice(Whereabouts.choices)
    since = Day(default=None, allow_null=True)
    where = Words(max_length=80, default="", allow_blank=True)


class WhereaboutsBody(Body):
    """Where a grown-up is since a day."""

    id = Id()
    seen = SeenWhereaboutsBody(
        default=None,
        allow_null=True,
        help_text="Where the file says something else by now, or nothing was sent here, a word about the same time or an "
        "earlier one is not written over it: both are kept, and a person decides.",
    )
    whereabouts = Choice(Whereabouts.choices)
    since = Day()
    where = Words(max_length=80, default="", help_text="Of a stay away.")


class ParentContactBody(Body):
    """That a parent who is away was in touch."""

    id = Id()
    on = Day()
    how = Choice(ContactHow.choices)
    with_child = YesNo(default=True)
    with_carer = YesNo(default=False)
    note = Words(default="")


class BarBody(Body):
    """Why somebody may not be entrusted with a child; or, with `ends`, that it is so no longer. Kept sealed."""

    id = Id()
    kind = Choice(CareBarKind.choices)
    on = Day()
    ends = YesNo(default=False)
    words = Words(max_length=400, default="")


class CareBody(Body):
    """Who looks after the child since a day. `carer`: a grown-up of the file or its home; with a name, somebody new."""

    id = Id()
    kind = Choice(CareKind.choices)
    since = Day()
    carer = Id(default=None, allow_null=True, help_text="Null: nobody.")
    name = Words(max_length=60, default="")
    relation = Choice(Relation.choices, default="", allow_blank=True)
    phone = Words(max_length=30, default="")
    born_on = Day(default=None, allow_null=True)
    is_entrusted = YesNo(default=False)
    paper_signed_on = Day(default=None, allow_null=True)
    school_told_on = Day(default=None, allow_null=True)
    village_told_on = Day(default=None, allow_null=True)
    because = Words(default="", help_text="Why who did so before does so no longer.")


class HealthBody(Body):
    """How the child is since a day: healthy with neither a disability nor an illness. Kept sealed."""

    id = Id()
    on = Day()
    disability = Choice(DisabilityKind.choices, default="", allow_blank=True)
    level = Whole(default=0, min_value=0, max_value=4, help_text="By the certificate, 1 to 4.")
    certificate = Words(max_length=40, default="")
    illness = Words(max_length=100, default="")

    def validate(self, values: dict[str, Any]) -> dict[str, Any]:
        if bool(values["disability"]) != bool(values["level"]):
            raise serializers.ValidationError({"level": ["A disability has a kind and a level, 1 to 4."]})
        return values


def new_kin_entry(values: dict[str, Any], child: UUID, *, at: datetime) -> NewKinEntry:
    return NewKinEntry(child=child, made_at=at, is_new=bool(values["name"]), **values)


def kin_entry(values: dict[str, Any], child: UUID, relative: UUID, *, at: datetime) -> KinEntry:
    said, seen = _texts(values) | _ability(values), _texts(values.get("seen", {}))
    return KinEntry(values["id"], child, relative, at, said, seen)


def whereabouts_change(values: dict[str, Any]) -> Change:
    """Who does not say what she read has read nothing: that what she knew is what the file says is nobody's word."""
    seen = values.pop("seen")
    text = Told(**{**seen, "whereabouts": Whereabouts(seen["whereabouts"])}).text if seen else NOTHING_READ
    return Change(whereabouts=Whereabouts(values.pop("whereabouts")), seen=text, **values)


def contact_entry(values: dict[str, Any], child: UUID, relative: UUID) -> ContactEntry:
    return ContactEntry(child, relative, **values)


def bar_entry(values: dict[str, Any], child: UUID, relative: UUID) -> BarEntry:
    return BarEntry(child, relative, **values)


def care_entry(values: dict[str, Any], child: UUID) -> CareEntry:
    return CareEntry(child=child, is_new=bool(values["name"]), **values)


def health_entry(values: dict[str, Any], child: UUID) -> HealthEntry:
    return HealthEntry(child, **values)


def _texts(values: Mapping[str, Any]) -> dict[str, str]:
    texts = {field.value: kin_text(values[name]) for field, name in ATTRIBUTES.items() if name in values}
    number = texts.get(FileField.KIN_ID, "")
    return texts if "*" in number else texts | ({FileField.KIN_ID.value: clean_number(number)} if number else {})


def _ability(values: Mapping[str, Any]) -> dict[str, str]:
    if "unable_reason" not in values:
        return {}
    told = ToldAbility(values["unable_reason"] or ABLE, values.get("unable_since"), values.get("unable_until"))
    return {FileField.ABILITY.value: told.text}
