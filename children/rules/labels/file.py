"""A child's file as labels read it: rows of the models become plain, dated facts."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from children.enums import CONFIDENTIAL_GROUNDS, FATHERS, MOTHERS, CareKind, Hukou, IncapacityReason, Means, SchoolStage
from children.models import Child, Kinship, Relative
from children.rules.child_facts import (
    CareFacts,
    ChildFacts,
    GroundFacts,
    HukouFacts,
    ParentFacts,
    Span,
    ground_facts,
)

NOBODY = ParentFacts()


def facts_of_file(child: Child, *, with_grounds: bool = False) -> ChildFacts:
    """Everything that labels ask for. Reads what is not read already."""
    father, mother = parents_facts(child.family)
    people = {one.relative_id: grown_up_facts(one.relative) for one in child.family}
    return ChildFacts(
        born_on=child.born_on,
        village_code=child.village_code,
        school_stage=SchoolStage(child.school_stage),
        is_boarding=child.is_boarding,
        father=father,
        mother=mother,
        means=tuple((Means(one.kind), Span(one.since, one.until)) for one in child.household.means.all()),
        grounds=tuple(_grounds(child)) if with_grounds else (),
        hukou=tuple(_hukou(child)),
        lives_here_since=child.lives_here_since,
        care=tuple(_care(child, people)),
        grown_ups=tuple(people[one.relative_id] for one in child.family if _lives_in(one, child)),
    )


def parents_facts(family: Iterable[Kinship]) -> tuple[ParentFacts, ParentFacts]:
    """Father and mother; of one whom the file does not name nothing is known."""
    named = list(family)
    father, mother = (next((one for one in named if one.relation in kind), None) for kind in (FATHERS, MOTHERS))
    return (
        grown_up_facts(father.relative) if father else NOBODY,
        grown_up_facts(mother.relative) if mother else NOBODY,
    )


def grown_up_facts(person: Relative) -> ParentFacts:
    unable = sorted(person.incapacities.all(), key=lambda one: (one.since, one.pk))
    stays = sorted(person.stays_away.all(), key=lambda one: (one.since, one.pk))
    return ParentFacts(
        known=True,
        died_on=person.died_on,
        missing_since=person.missing_since,
        declared_missing_on=person.declared_missing_on,
        unable=tuple((IncapacityReason(one.reason), Span(one.since, one.until)) for one in unable),
        stays=tuple((one.where, Span(one.since, one.until)) for one in stays),
        name=person.name,
    )


def _lives_in(kinship: Kinship, child: Child) -> bool:
    return kinship.relative.household_id == child.household_id and not kinship.relative.address


def _hukou(child: Child) -> Iterable[HukouFacts]:
    yield HukouFacts(Hukou(child.hukou), child.hukou_county, child.hukou_place)
    for one in child.past_hukou.all():
        yield HukouFacts(Hukou(one.hukou), one.hukou_county, one.hukou_place, one.until)


def _care(child: Child, people: Mapping[UUID, ParentFacts]) -> Iterable[CareFacts]:
    for one in sorted(child.guardianships.all(), key=lambda row: (row.since, row.pk)):
        held = people.get(one.carer_id) if one.carer_id else None
        carer = held or (grown_up_facts(one.carer) if one.carer else None)
        yield CareFacts(CareKind(one.kind), Span(one.since, one.until), carer)


def _grounds(child: Child) -> Iterable[GroundFacts]:
    """What only the county's office keeps makes no label, and is not looked at."""
    for one in sorted(child.grounds.all(), key=lambda row: (row.since, row.pk)):
        if one.kind not in CONFIDENTIAL_GROUNDS:
            yield ground_facts(one.kind, one.particulars, Span(one.since, one.until))
