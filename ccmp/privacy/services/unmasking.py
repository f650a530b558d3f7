"""A child's whole numbers, shown for a reason, once: who was shown what and why is kept before anything is shown."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ccmp.audit.record import record
from ccmp.people.models import User
from ccmp.privacy.enums import WhyShown
from ccmp.privacy.models import Unmasking
from ccmp.privacy.rules.permission import check_may_unmask
from ccmp.refusals import Refusal
from children.models import Child


class NoReason(Refusal):
    sentence = _("Write what you need the numbers for.")
    field = "words"


@dataclass(frozen=True)
class Person:
    """One of the family with her whole numbers."""

    relative_id: UUID
    relation: str
    name: str
    resident_id: str
    phone: str


@dataclass(frozen=True)
class Numbers:
    """What is shown: the child's own number, and those of the grown-ups that have one."""

    resident_id: str
    people: list[Person] = field(default_factory=list)

    @property
    def fields(self) -> list[str]:
        """What of it was shown, without a number: `resident_id`, and of grown-ups how many of each."""
        numbers = sum(bool(one.resident_id) for one in self.people)
        phones = sum(bool(one.phone) for one in self.people)
        own = ["resident_id"] if self.resident_id else []
        return own + [
            f"relatives.{name}:{number}" for name, number in (("resident_id", numbers), ("phone", phones)) if number
        ]


@transaction.atomic
def show_numbers(*, child: Child, why: WhyShown, words: str, by: User, at: datetime) -> Numbers:
    """The whole numbers of a child's file. Raises NotAllowed, and NoReason where another reason is not said."""
    check_may_unmask(by, child)
    if why == WhyShown.OTHER and not words.strip():
        raise NoReason
    numbers = Numbers(child.resident_id, _people(child))
    Unmasking.objects.create(
        village_code=child.village_code, child=child, by=by, at=at, why=why, words=words.strip(), shown=numbers.fields
    )
    record(by=by, at=at, did="unmasked", on=child, why=why, fields=numbers.fields)
    return numbers


def _people(child: Child) -> list[Person]:
    return [
        Person(
            one.relative_id,
            one.get_relation_display(),
            one.relative.name,
            one.relative.resident_id,
            one.relative.phone,
        )
        for one in child.family
        if one.relative.resident_id or one.relative.phone
    ]
