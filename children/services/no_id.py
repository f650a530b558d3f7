"""Children without an ID number: counted by the reason, and followed up, the longest waiting first."""

from dataclasses import dataclass

from django.db.models import Count

from children.enums import NoIdReason
from children.models.child import ChildQuerySet


@dataclass(frozen=True)
class Counted:
    """How many children have no number for one reason."""

    reason: str
    label: str
    number: int


def without_a_number(children: ChildQuerySet, *, reason: str = "") -> ChildQuerySet:
    """Whose registration lies longest back first."""
    found = children.filter(resident_id_index__isnull=True)
    narrowed = found.filter(no_id_reason=reason) if reason else found
    return narrowed.order_by("registered_on", "pinyin", "born_on", "id")


def counted_by_reason(children: ChildQuerySet) -> list[Counted]:
    """Each reason that somebody has, in the order of the enum. One query."""
    rows = children.filter(resident_id_index__isnull=True).order_by().values_list("no_id_reason").annotate(Count("id"))
    numbers = dict(rows)
    return [Counted(one.value, str(one.label), numbers[one]) for one in NoIdReason if one in numbers]
