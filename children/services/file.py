"""A child's file as it is read on a day: labels with their reasons, and the grown-ups round the child."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from children.enums import CareKind
from children.models import Away, Child, Guardianship, Incapacity, Kinship, ParentContact, years_before
from children.rules.labels import Labels, labels_of
from children.rules.resident_id import masked
from children.services.bars import barred_of
from children.services.contact import is_silent, last_contacts, registered_since
from children.services.kin_before import Before, facts_before
from children.services.labels import ShownLabels

OLD_CARER = 65  # the checklist asks to look out for carers of this age


@dataclass(frozen=True)
class GrownUp:
    """One of the family: who she is to the child, where she is, and whether it is she who looks after it."""

    kinship: Kinship
    guardianship: Guardianship | None
    on: date
    contact: ParentContact | None = None
    known_since: date | None = None  # her first child is in the register
    is_barred: bool = False  # may not be entrusted with a child

    @property
    def may_not_care(self) -> bool:
        """Entrusted with this child, and may not be."""
        return self.is_barred and self.guardianship is not None and self.guardianship.is_entrusted

    @property
    def id_number(self) -> str:
        return masked(self.kinship.relative.resident_id)

    @property
    def is_written(self) -> bool:
        """Whether the file tells more of this person than name and whereabouts."""
        one = self.kinship.relative
        told = (one.born_on, one.resident_id, one.phone, one.works_at, one.address, one.died_on, one.missing_since)
        return any(told) or self.guardianship is not None

    @property
    def inabilities(self) -> list[Incapacity]:
        times = self.kinship.relative.incapacities.all()
        return [one for one in times if one.since <= self.on and (not one.until or one.until > self.on)]

    @property
    def unable(self) -> Incapacity | None:
        return next(iter(self.inabilities), None)

    @property
    def is_away_parent(self) -> bool:
        return self.is_parent and self.away is not None and not self.is_dead and not self.is_missing

    @property
    def is_silent(self) -> bool:
        """Away, and nobody heard of her or him for longer than the standard lets pass."""
        stay = self.away
        if not isinstance(stay, Away) or not self.is_away_parent:
            return False
        heard = self.contact.on if self.contact else self.known_since or self.kinship.child.here_since
        return is_silent(max(heard, stay.since), on=self.on)

    @property
    def away(self) -> object:
        stays = self.kinship.relative.stays_away.all()
        return next(
            (stay for stay in stays if stay.since <= self.on and (not stay.until or stay.until > self.on)), None
        )

    @property
    def is_dead(self) -> bool:
        died_on = self.kinship.relative.died_on
        return died_on is not None and died_on <= self.on

    @property
    def is_missing(self) -> bool:
        since = self.kinship.relative.missing_since
        return since is not None and since <= self.on

    @property
    def is_parent(self) -> bool:
        return self.kinship.relation in ("51", "52", "57", "58")


@dataclass(frozen=True)
class ChildFile:
    """`sees_health`: whether the reader of this page is shown what rests on sealed facts."""

    child: Child
    on: date
    guardianship: Guardianship | None
    grown_ups: list[GrownUp]
    sees_health: bool = False

    @cached_property
    def labels(self) -> Labels:
        return labels_of(self.child, on=self.on, sees_health=self.sees_health)

    @property
    def shown(self) -> ShownLabels:
        return ShownLabels(self.labels)

    @cached_property
    def before(self) -> list[Before]:
        """What of the grown-ups ended before today. One query."""
        return facts_before(self.child, on=self.on)

    @property
    def nobody_cares(self) -> bool:
        return self.guardianship is not None and self.guardianship.kind == CareKind.NONE

    @property
    def carer_is_old(self) -> bool:
        carer = self.guardianship.carer if self.guardianship else None
        return carer is not None and carer.born_on is not None and carer.born_on <= years_before(self.on, OLD_CARER)


def file_of(child: Child, *, on: date, sees_health: bool = False) -> ChildFile:
    """Everything that the file's page tells of the family. Seven queries, and those of the labels when they are asked for."""
    guardianship = child.guardianships.current(on=on).select_related("carer").first()
    carer_id = guardianship.carer_id if guardianship else None
    contacts = last_contacts([kinship.relative for kinship in child.family], on=on)
    known = registered_since([kinship.relative for kinship in child.family], on=on)
    barred = barred_of([kinship.relative for kinship in child.family], on=on)
    grown_ups = [
        GrownUp(
            kinship,
            guardianship if kinship.relative_id == carer_id else None,
            on,
            contacts.get(kinship.relative_id),
            known.get(kinship.relative_id),
            kinship.relative_id in barred,
        )
        for kinship in child.family
    ]
    grown_ups.sort(key=lambda one: one.guardianship is None)
    return ChildFile(child, on, guardianship, grown_ups, sees_health)
