"""Labels are computed for a day from dated facts, each with the facts that decided it: see ADR 0019."""

from datetime import date

from children.models import Child
from children.rules.labels.concepts import ChildOnDay
from children.rules.labels.file import facts_of_file, parents_facts
from children.rules.labels.label import Label, Labels
from children.rules.parents import ParentOnDay


def labels_of(child: Child, *, on: date, sees_health: bool = False) -> Labels:
    """Every label of a child on a day. Sealed grounds are read for those alone who may see them. Six queries, or seven."""
    return labels_from(ChildOnDay(facts_of_file(child, with_grounds=sees_health), on), sees_health=sees_health)


def labels_from(day: ChildOnDay, *, sees_health: bool = False) -> Labels:
    return Labels(day, sees_health)


def parents_of(child: Child, *, on: date) -> tuple[ParentOnDay, ParentOnDay]:
    """Father and mother as they are on a day. Three queries, none when the family is read already."""
    father, mother = parents_facts(child.family)
    return ParentOnDay(father, on), ParentOnDay(mother, on)


__all__ = ["ChildOnDay", "Label", "Labels", "ParentOnDay", "facts_of_file", "labels_from", "labels_of", "parents_of"]
