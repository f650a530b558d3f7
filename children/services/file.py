"""A child's file as it is read on a day: labels with their reasons, and the grown-ups round the child."""

from dataclasses import dataclass
from datetime import date

from children.enums import CareKind, LeftBy
from children.models import Child, Guardianship, Kinship, years_before
from children.rules.labels import Labels, labels_of

OLD_CARER = 65  # the checklist asks to look out for carers of this age


@dataclass(frozen=True)
class GrownUp:
    """One of the family: who she is to the child, where she is, and whether it is she who looks after it."""

    kinship: Kinship
    guardianship: Guardianship | None
    on: date

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
    child: Child
    labels: Labels
    guardianship: Guardianship | None
    grown_ups: list[GrownUp]

    @property
    def nobody_cares(self) -> bool:
        return self.guardianship is not None and self.guardianship.kind == CareKind.NONE

    @property
    def carer_is_old(self) -> bool:
        carer = self.guardianship.carer if self.guardianship else None
        return (
            carer is not None and carer.born_on is not None and carer.born_on <= years_before(self.labels.on, OLD_CARER)
        )

    @property
    def left_by_somebody(self) -> bool:
        return self.labels.left_by != LeftBy.NONE


def file_of(child: Child, *, on: date) -> ChildFile:
    """Everything that the file's page tells of the family. Five queries."""
    guardianship = child.guardianships.current(on=on).select_related("carer").first()
    carer_id = guardianship.carer_id if guardianship else None
    grown_ups = [
        GrownUp(kinship, guardianship if kinship.relative_id == carer_id else None, on) for kinship in child.family
    ]
    grown_ups.sort(key=lambda one: one.guardianship is None)
    return ChildFile(child, labels_of(child, on=on), guardianship, grown_ups)
