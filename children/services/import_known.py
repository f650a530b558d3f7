"""What the register holds of the villages that a brought register tells of, read in a bounded number of queries."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Prefetch

from ccmp.sealed import blind_index
from children.enums import FATHERS, MOTHERS
from children.models import Child, Guardianship, Household, Relative

GROUPS = {"father": FATHERS, "mother": MOTHERS}


@dataclass
class KnownChild:
    """A child of the register with its parents, who looks after it now, and who did so before."""

    child: Child
    parents: dict[str, Relative] = field(default_factory=dict)
    relations: dict[UUID, str] = field(default_factory=dict)
    relatives: dict[UUID, Relative] = field(default_factory=dict)
    care: Guardianship | None = None
    earlier: list[Guardianship] = field(default_factory=list)


@dataclass
class Known:
    """The register of some villages, found by number, by name and birth date, and by home."""

    children: dict[UUID, KnownChild] = field(default_factory=dict)
    by_number: dict[str, KnownChild] = field(default_factory=dict)  # blind index → child
    by_name: dict[tuple[str, str, date], list[KnownChild]] = field(default_factory=lambda: defaultdict(list))
    by_birth: dict[tuple[str, date], list[KnownChild]] = field(default_factory=lambda: defaultdict(list))
    homes: dict[tuple[str, str], list[Household]] = field(default_factory=lambda: defaultdict(list))
    of_home: dict[UUID, list[KnownChild]] = field(default_factory=lambda: defaultdict(list))

    def add(self, one: KnownChild) -> None:
        child = one.child
        self.children[child.id] = one
        self.by_name[child.village_code, child.name, child.born_on].append(one)
        self.by_birth[child.village_code, child.born_on].append(one)
        self.of_home[child.household_id].append(one)
        if child.resident_id_index:
            self.by_number[child.resident_id_index] = one


def read_known(village_codes: Collection[str], *, on: date) -> Known:
    """The children of these villages' registers on a day, and their homes."""
    known = Known()
    care = Guardianship.objects.select_related("carer")
    rows = (
        Child.objects.filter(village_code__in=village_codes)
        .in_register(on=on)
        .select_related("household")
        .prefetch_related(
            "kinships__relative__stays_away", "kinships__relative__care_bars", Prefetch("guardianships", care)
        )
    )
    for child in rows:
        known.add(_known(child))
    for home in Household.objects.filter(village_code__in=village_codes).order_by("id"):
        known.homes[home.village_code, home.head_name].append(home)
    return known


def _known(child: Child) -> KnownChild:
    one = KnownChild(child)
    for care in child.guardianships.all():
        if care.until is None:
            one.care = care
        else:
            one.earlier.append(care)
    for kinship in child.kinships.all():
        one.relations[kinship.relative_id] = kinship.relation
        one.relatives[kinship.relative_id] = kinship.relative
        for who, relations in GROUPS.items():
            if kinship.relation in relations:
                one.parents[who] = kinship.relative
    return one


def gone_children(
    village_codes: Collection[str], names: Collection[str], *, on: date
) -> dict[tuple[str, str, date], Child]:
    """Who left these villages' registers, by village, name and birth date. One query."""
    rows = Child.objects.filter(village_code__in=village_codes, name__in=names)
    gone = rows.exclude(pk__in=rows.in_register(on=on).values("pk")).order_by("id")
    return {(one.village_code, one.name, one.born_on): one for one in gone}


def held_numbers(numbers: Iterable[str]) -> dict[str, Child]:
    """Of these ID numbers those that stand in any file of the country: blind index → whose. One query."""
    indexes = [blind_index(number) for number in numbers]
    return {str(one.resident_id_index): one for one in Child.objects.filter(resident_id_index__in=indexes)}
