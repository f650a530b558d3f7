"""The facts on which claims rest, read in bulk: as many queries for one child as for a village."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from ccmp.one_of import OneOf
from children.enums import FATHERS, MOTHERS, IncapacityReason, Means, Relation, SchoolStage
from children.models import Application, ApplicationMove, Child, ChildGround, HouseholdMeans, Incapacity, Kinship
from children.rules.child_facts import ChildFacts, GroundFacts, ParentFacts, Span, ground_facts
from children.rules.entitlements import AppliedFor, applied_on_day

PARENTS = {**dict.fromkeys(FATHERS, "father"), **dict.fromkeys(MOTHERS, "mother")}
Unable = dict[UUID, list[tuple[IncapacityReason, Span]]]


def facts_of(children: Sequence[Child], *, known_before: datetime | None = None) -> dict[UUID, ChildFacts]:
    """Everything that the rules may ask of these children. Four queries.

    `known_before`: means and grounds that were recorded later are left out. When one of them ended is told as it stands now.
    """
    ids = [child.id for child in children]
    parents, grounds = _parents(ids), _grounds(ids, known_before)
    means = _means({child.household_id for child in children}, known_before)
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


def applied_for(
    children: Sequence[Child], *, on: date, known_before: datetime | None = None
) -> dict[UUID, dict[str, AppliedFor]]:
    """The last application of each child for each benefit, as it stood on a day by what was known. Two queries."""
    of_child: dict[UUID, list[Application]] = defaultdict(list)
    rows = Application.objects.filter(OneOf("child_id", [child.id for child in children]))
    for one in rows.filter(recorded_at__lt=known_before) if known_before else rows:
        of_child[one.child_id].append(one)
    applications = [one.id for ones in of_child.values() for one in ones]
    moves: dict[object, list[ApplicationMove]] = defaultdict(list)
    steps = ApplicationMove.objects.filter(OneOf("application_id", applications)).order_by("at", "id")
    for move in steps.filter(at__lt=known_before) if known_before else steps:
        moves[move.application_id].append(move)
    return {child_id: applied_on_day(ones, dict(moves), on=on) for child_id, ones in of_child.items()}


def _parents(child_ids: list[UUID]) -> dict[UUID, dict[str, ParentFacts]]:
    rows = Kinship.objects.filter(OneOf("child_id", child_ids), relation__in=list(PARENTS))
    dates = [f"relative__{name}" for name in ("died_on", "missing_since", "declared_missing_on")]
    kin = list(rows.values_list("child_id", "relation", "relative_id", *dates))
    unable: Unable = defaultdict(list)
    people = {relative_id for _child, _relation, relative_id, *_dates in kin}
    spans = Incapacity.objects.filter(OneOf("relative_id", people)).order_by("since", "id")
    for relative_id, reason, since, until in spans.values_list("relative_id", "reason", "since", "until"):
        unable[relative_id].append((IncapacityReason(reason), Span(since, until)))
    found: dict[UUID, dict[str, ParentFacts]] = defaultdict(dict)
    for child_id, relation, relative_id, died_on, missing_since, declared_on in kin:
        times = tuple(unable.get(relative_id, ()))
        facts = ParentFacts(
            known=True, died_on=died_on, missing_since=missing_since, declared_missing_on=declared_on, unable=times
        )
        found[child_id][PARENTS[Relation(relation)]] = facts
    return found


def _means(household_ids: set[UUID], known_before: datetime | None) -> dict[UUID, list[tuple[Means, Span]]]:
    rows = HouseholdMeans.objects.filter(OneOf("household_id", household_ids)).order_by("since", "id")
    if known_before:
        rows = rows.filter(recorded_at__lt=known_before)
    found: dict[UUID, list[tuple[Means, Span]]] = defaultdict(list)
    for household_id, kind, since, until in rows.values_list("household_id", "kind", "since", "until"):
        found[household_id].append((Means(kind), Span(since, until)))
    return found


def _grounds(child_ids: list[UUID], known_before: datetime | None) -> dict[UUID, list[GroundFacts]]:
    found: dict[UUID, list[GroundFacts]] = defaultdict(list)
    rows = ChildGround.objects.filter(OneOf("child_id", child_ids)).order_by("since", "id")
    for one in rows.filter(recorded_at__lt=known_before) if known_before else rows:
        found[one.child_id].append(ground_facts(one.kind, one.particulars, Span(one.since, one.until)))
    return found
