"""The facts on which claims rest, read in bulk: as many queries for one child as for a village."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from children.enums import FATHERS, MOTHERS, IncapacityReason, Means, Relation, SchoolStage
from children.models import Application, ApplicationMove, Child, ChildGround, HouseholdMeans, Incapacity, Kinship
from children.rules.child_facts import ChildFacts, GroundFacts, ParentFacts, Span, ground_facts
from children.rules.entitlements import AppliedFor, applied_on_day

PARENTS = {**dict.fromkeys(FATHERS, "father"), **dict.fromkeys(MOTHERS, "mother")}
Unable = dict[UUID, list[tuple[IncapacityReason, Span]]]


def facts_of(children: Sequence[Child]) -> dict[UUID, ChildFacts]:
    """Everything that the rules may ask of these children. Four queries."""
    ids = [child.id for child in children]
    parents, grounds = _parents(ids), _grounds(ids)
    means = _means({child.household_id for child in children})
    unnamed = ParentFacts()
    return {
        child.id: ChildFacts(
            born_on=child.born_on,
            village_code=child.village_code,
            school_stage=SchoolStage(child.school_stage),
            is_boarding=child.is_boarding,
            father=parents[child.id].get("father", unnamed),
            mother=parents[child.id].get("mother", unnamed),
            means=tuple(means[child.household_id]),
            grounds=tuple(grounds[child.id]),
        )
        for child in children
    }


def applied_for(children: Sequence[Child], *, on: date) -> dict[UUID, dict[str, AppliedFor]]:
    """The last application of each child for each benefit, as it stood on a day. Two queries."""
    of_child: dict[UUID, list[Application]] = defaultdict(list)
    for one in Application.objects.filter(child__in=[child.id for child in children]):
        of_child[one.child_id].append(one)
    applications = [one.id for ones in of_child.values() for one in ones]
    moves: dict[object, list[ApplicationMove]] = defaultdict(list)
    for move in ApplicationMove.objects.filter(application__in=applications).order_by("at", "id"):
        moves[move.application_id].append(move)
    return {child_id: applied_on_day(ones, dict(moves), on=on) for child_id, ones in of_child.items()}


def _parents(child_ids: list[UUID]) -> dict[UUID, dict[str, ParentFacts]]:
    rows = Kinship.objects.filter(child__in=child_ids, relation__in=list(PARENTS))
    fields = ("child_id", "relation", "relative_id", "relative__died_on", "relative__missing_since")
    kin = list(rows.values_list(*fields))
    unable: Unable = defaultdict(list)
    times = Incapacity.objects.filter(relative__kinships__in=rows).order_by("since", "id").distinct()
    for relative_id, reason, since, until in times.values_list("relative_id", "reason", "since", "until"):
        unable[relative_id].append((IncapacityReason(reason), Span(since, until)))
    found: dict[UUID, dict[str, ParentFacts]] = defaultdict(dict)
    for child_id, relation, relative_id, died_on, missing_since in kin:
        facts = ParentFacts(
            known=True, died_on=died_on, missing_since=missing_since, unable=tuple(unable.get(relative_id, ()))
        )
        found[child_id][PARENTS[Relation(relation)]] = facts
    return found


def _means(household_ids: set[UUID]) -> dict[UUID, list[tuple[Means, Span]]]:
    rows = HouseholdMeans.objects.filter(household__in=household_ids).order_by("since", "id")
    found: dict[UUID, list[tuple[Means, Span]]] = defaultdict(list)
    for household_id, kind, since, until in rows.values_list("household_id", "kind", "since", "until"):
        found[household_id].append((Means(kind), Span(since, until)))
    return found


def _grounds(child_ids: list[UUID]) -> dict[UUID, list[GroundFacts]]:
    found: dict[UUID, list[GroundFacts]] = defaultdict(list)
    for one in ChildGround.objects.filter(child__in=child_ids).order_by("since", "id"):
        found[one.child_id].append(ground_facts(one.kind, one.particulars, Span(one.since, one.until)))
    return found
