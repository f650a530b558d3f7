"""A home as the registration of a further child needs it: who lives there, and which grown-ups it knows."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch

from children.models import Child, Household, Kinship, Relative
from children.models.household import HouseholdQuerySet
from children.rules.name_matching import is_found_among


@dataclass(frozen=True)
class KnownRelative:
    """A grown-up of the home, and what she is to the first of its children."""

    relative: Relative
    relation: str
    said: str  # "father's father 陈国富"


def relatives_of(household: Household) -> dict[UUID, KnownRelative]:
    """The living grown-ups of a home, by id. One query."""
    kinships = Kinship.objects.filter(relative__household=household, relative__died_on__isnull=True)
    known: dict[UUID, KnownRelative] = {}
    for kinship in kinships.select_related("relative").order_by("relation", "id"):
        said = f"{kinship.get_relation_display()} {kinship.relative.name}"
        known.setdefault(kinship.relative_id, KnownRelative(kinship.relative, kinship.relation, said))
    return known


def homes_found(homes: HouseholdQuerySet, words: str) -> list[Household]:
    """The homes of a village of whose head, hamlet or a child somebody said the words, in their order. Two queries."""
    return [home for home in with_children(homes.in_order()) if is_found_among(_names_of(home), words)]


def _names_of(home: Household) -> list[str]:
    return [home.head_name, home.neighbourhood, *(child.name for child in home.children.all())]


def with_children(homes: HouseholdQuerySet) -> HouseholdQuerySet:
    """Homes with all who ever lived there as children, the eldest first."""
    return homes.prefetch_related(Prefetch("children", Child.objects.order_by("born_on", "id")))
