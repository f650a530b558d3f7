"""Labels as a reader may know them: of one child on a day, and of many children at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Prefetch, prefetch_related_objects

from ccmp.people.enums import VILLAGE_ROLES
from ccmp.people.models import User
from ccmp.refusals import permits
from children.enums import LabelKind
from children.models import Child, Kinship
from children.rules.claims import check_may_see_grounds
from children.rules.labels import Label, Labels, labels_of


@dataclass(frozen=True)
class ShownLabels:
    """A child's labels as a page shows them: what holds, hard alerts first; that it is not left behind; what is not known."""

    labels: Labels

    @property
    def holding(self) -> list[Label]:
        """Of a child in difficulty each ground stands there; that it is so need not be said once more."""
        return [label for label in self.labels.holding if label.kind != LabelKind.IN_DIFFICULTY]

    @property
    def not_left_behind(self) -> Label | None:
        """Said in so many words where the file does tell: it is what everybody asks first."""
        label = self.labels.of(LabelKind.LEFT_BEHIND)
        return label if label.holds is False else None

    @property
    def unknown(self) -> list[Label]:
        return self.labels.unknown

    @property
    def not_holding(self) -> list[Label]:
        return [label for label in self.labels if label.holds is False]

    @property
    def missing(self) -> list[str]:
        """Each thing that the file would have to tell, once."""
        return list(dict.fromkeys(sentence for label in self.unknown for sentence in label.missing))

    @property
    def keeps_back(self) -> bool:
        return any(label.is_kept_back for label in self.labels)

    @property
    def on(self) -> date:
        return self.labels.on


FAMILY = ("relative__stays_away", "relative__incapacities")


def labels_for(child: Child, user: User, *, on: date) -> Labels:
    """What rests on sealed facts is not even read for those who may not see it."""
    return labels_of(child, on=on, sees_health=permits(check_may_see_grounds, user, child))


def sees_health_on_the_file(child: Child, user: User) -> bool:
    """On the village's phone lies nothing sealed, so its page says the same with and without a network: without it."""
    return user.role_now not in VILLAGE_ROLES and permits(check_may_see_grounds, user, child)


def labels_of_many(children: Sequence[Child], *, on: date) -> dict[UUID, Labels]:
    """The labels that rest on open facts, of a village or of a page of a list. Six queries, however many there are."""
    read_open_facts(children)
    return {child.id: labels_of(child, on=on) for child in children}


def read_open_facts(children: Sequence[Child]) -> None:
    """Everything that labels without sealed grounds ask for, of any day: after that they ask nothing. Six queries."""
    kinships = Kinship.objects.select_related("relative").prefetch_related(*FAMILY).order_by("relation", "id")
    prefetch_related_objects(
        children, Prefetch("kinships", queryset=kinships), "past_hukou", "guardianships", "household__means"
    )
    for child in children:
        child.__dict__["family"] = list(child.kinships.all())
