"""Invented families: parents at home and away, grandparents who look after the children, brothers and sisters."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from ccmp.demo.chance import Chance
from ccmp.demo.names import People, adult_name, surname_of
from ccmp.demo.numbers import mobile
from children.entries import CarerEntry, ParentEntry
from children.enums import CareKind, EthnicGroup, IncapacityReason, LeftBy, Relation, Sex
from children.models import years_before

# Who is away, as the evaluation counted it (left by both 32.1 %, by one 31.6 %, not left 36.4 %).
LEFT_BY = {LeftBy.BOTH: 32.1, LeftBy.ONE: 31.6, LeftBy.NONE: 36.3}
TOWNS = (
    "广东东莞", "广东深圳", "浙江义乌", "浙江温州", "福建晋江", "江苏昆山", "贵州贵阳", "四川成都", "重庆", "上海", "广东佛山",
    "浙江宁波", "福建泉州", "云南昆明", "新疆石河子", "广东惠州",
)  # fmt: skip
EMPLOYERS = ("电子厂", "制鞋厂", "服装厂", "建筑工地", "家具厂", "快递站点", "餐馆", "物业公司")
CARERS_WHEN_BOTH_ARE_AWAY = {
    Relation.PATERNAL_GRANDMOTHER: 46,
    Relation.PATERNAL_GRANDFATHER: 26,
    Relation.MATERNAL_GRANDMOTHER: 11,
    Relation.MATERNAL_GRANDFATHER: 4,
    Relation.FATHERS_ELDER_BROTHERS_WIFE: 5,
    Relation.FATHERS_SISTER: 4,
    Relation.MOTHERS_SISTER: 3,
    Relation.NOT_RELATED: 1,
}
MEN = {Relation.PATERNAL_GRANDFATHER, Relation.MATERNAL_GRANDFATHER, Relation.FATHER}
GRANDPARENTS = (
    Relation.PATERNAL_GRANDFATHER,
    Relation.PATERNAL_GRANDMOTHER,
    Relation.MATERNAL_GRANDFATHER,
    Relation.MATERNAL_GRANDMOTHER,
)
CARE: Mapping[LeftBy, Mapping[CareKind, float]] = {
    LeftBy.BOTH: {CareKind.FAIR: 56, CareKind.ENTRUSTED_WEAK: 26, CareKind.GOOD: 18},
    LeftBy.ONE: {CareKind.GOOD: 48, CareKind.FAIR: 52},
    LeftBy.NONE: {CareKind.GOOD: 74, CareKind.FAIR: 26},
}


@dataclass(frozen=True)
class Family:
    """One home: its grown-ups, and what is told of them in each child's file."""

    household: UUID
    surname: str
    group: EthnicGroup
    left_by: LeftBy
    head_name: str
    neighbourhood: str
    address: str
    parents: tuple[ParentEntry, ...]
    carer: CarerEntry
    father_name: str
    births: tuple[date, ...] = field(default=())


def invent_family(chance: Chance, people: People, *, on: date, groups: list[str], births: tuple[date, ...]) -> Family:
    """A family with children born on these days (oldest first), as it is on the day of its registration."""
    group = chance.weighted(people.groups)
    surname = surname_of(chance, group, people)
    left_by = chance.weighted(LEFT_BY)
    father, mother = _couple(chance, people, surname, group, left_by, on=on, first_birth=births[0])
    parents = _with_fates(chance, left_by, father, mother, on=on)
    carer = _carer(chance, people, left_by, parents, surname, group, on=on, youngest=births[-1])
    neighbourhood = chance.one_of(groups)
    return Family(
        household=chance.id_at_day(on),
        surname=surname,
        group=group,
        left_by=left_by,
        head_name=_head(chance, left_by, carer, father.name, surname, group),
        neighbourhood=neighbourhood,
        address=f"{neighbourhood}{chance.between(1, 120)}号",
        parents=parents,
        carer=carer,
        father_name=father.name,
        births=births,
    )


def _couple(
    chance: Chance, people: People, surname: str, group: EthnicGroup, left_by: LeftBy, *, on: date, first_birth: date
) -> tuple[ParentEntry, ParentEntry]:
    """Father and mother, who were twenty to thirty or so when the first child was born."""
    mother_born = first_birth - timedelta(days=chance.between(20 * 365, 31 * 365))
    father_born = mother_born - timedelta(days=chance.between(-365, 6 * 365))
    father = adult_name(chance, Sex.MALE, surname, born=father_born.year, group=group)
    mother = adult_name(chance, Sex.FEMALE, surname_of(chance, group, people), born=mother_born.year, group=group)
    is_away = _who_is_away(chance, left_by)
    return (
        _parent(chance, father, Relation.FATHER, father_born, is_away=is_away[0], on=on, since=first_birth),
        _parent(chance, mother, Relation.MOTHER, mother_born, is_away=is_away[1], on=on, since=first_birth),
    )


def _head(chance: Chance, left_by: LeftBy, carer: CarerEntry, father: str, surname: str, group: EthnicGroup) -> str:
    """Whose home it is: the grandfather's where the parents are away, else the father's."""
    if carer.relation == Relation.PATERNAL_GRANDFATHER:
        return carer.name
    return adult_name(chance, Sex.MALE, surname, born=1955, group=group) if left_by == LeftBy.BOTH else father


def _who_is_away(chance: Chance, left_by: LeftBy) -> tuple[bool, bool]:
    if left_by != LeftBy.ONE:
        return (left_by == LeftBy.BOTH,) * 2
    is_father = chance.happens(0.7)
    return is_father, not is_father


def _parent(
    chance: Chance, name: str, relation: Relation, born_on: date, *, is_away: bool, on: date, since: date
) -> ParentEntry:
    if not is_away:
        return ParentEntry(chance.id_at_day(on), name, relation, born_on, mobile(chance))
    earliest = max(on - timedelta(days=8 * 365), since)
    left_on = chance.day_between(earliest, max(earliest, on - timedelta(days=20)))
    return ParentEntry(
        chance.id_at_day(on),
        name,
        relation,
        born_on,
        mobile(chance),
        away_since=left_on,
        away_where=chance.one_of(TOWNS),
        works_at=_employer(chance.apart("works at", relation)),
    )


def _employer(chance: Chance) -> str:
    return chance.one_of(EMPLOYERS) if chance.happens(0.45) else ""


def _with_fates(
    chance: Chance, left_by: LeftBy, father: ParentEntry, mother: ParentEntry, *, on: date
) -> tuple[ParentEntry, ...]:
    """What befell some parents: dead, missing, ill, in prison. Only those who are at home, so that the shares hold."""
    fate = chance.draw()
    fallen_on = chance.day_between(on - timedelta(days=5 * 365), on - timedelta(days=40))
    if left_by == LeftBy.ONE and fate < 0.05:
        home, away = (father, mother) if mother.away_since else (mother, father)
        reason = chance.one_of(list(IncapacityReason)[:3])
        unable = _changed(home, unable_reason=reason, unable_since=fallen_on)
        return (unable, away) if home is father else (away, unable)
    if left_by == LeftBy.NONE and fate < 0.055:
        return _misfortune(chance, fate, father, mother, fallen_on)
    return (father, mother)


def _misfortune(
    chance: Chance, fate: float, father: ParentEntry, mother: ParentEntry, fallen_on: date
) -> tuple[ParentEntry, ...]:
    if fate < 0.004:  # an orphan
        return (_changed(father, died_on=fallen_on), _changed(mother, died_on=fallen_on))
    if fate < 0.020:  # the father is dead, nobody knows where the mother went
        return (_changed(father, died_on=fallen_on), _changed(mother, missing_since=fallen_on))
    if fate < 0.038:
        prisoner = _changed(father, unable_reason=IncapacityReason.SERVING_SENTENCE, unable_since=fallen_on)
        return (prisoner, mother)
    reason = chance.one_of([IncapacityReason.SEVERE_DISABILITY, IncapacityReason.SERIOUS_ILLNESS])
    return (father, _changed(mother, unable_reason=reason, unable_since=fallen_on))


def _changed(parent: ParentEntry, **facts: object) -> ParentEntry:
    return ParentEntry(**{**parent.__dict__, **facts})


def _carer(
    chance: Chance, people: People, left_by: LeftBy, parents: tuple[ParentEntry, ...], surname: str, group: EthnicGroup,
    *, on: date, youngest: date,
) -> CarerEntry:  # fmt: skip
    """A parent who is at home and able, else one who is not, else a relative; now and then nobody."""
    there = [one for one in parents if not (one.away_since or one.died_on or one.missing_since)]
    at_home = [one for one in there if one.unable_reason != IncapacityReason.SERVING_SENTENCE]
    able = [one for one in at_home if not one.unable_since]
    if able:
        return _parent_cares(able[-1], chance.weighted(CARE[left_by]), since=youngest)
    if at_home and chance.happens(0.4):
        return _parent_cares(at_home[-1], CareKind.INCAPABLE_PARENT, since=youngest)
    since = max((one.away_since or one.died_on or one.missing_since or on for one in parents), default=on)
    if left_by == LeftBy.BOTH and youngest <= years_before(on, 12) and chance.happens(0.02):
        return CarerEntry(chance.id_at_day(on), "", Relation.NOT_RELATED, CareKind.NONE, since=since)
    return _relative_cares(chance, people, left_by, surname, group, on=on, since=since)


def _parent_cares(parent: ParentEntry, kind: CareKind, *, since: date) -> CarerEntry:
    return CarerEntry(parent.id, parent.name, parent.relation, kind, since=since)


def _relative_cares(
    chance: Chance, people: People, left_by: LeftBy, surname: str, group: EthnicGroup, *, on: date, since: date
) -> CarerEntry:
    relation = chance.weighted(CARERS_WHEN_BOTH_ARE_AWAY)
    sex = Sex.MALE if relation in MEN else Sex.FEMALE
    born = chance.between(1948, 1968) if relation in GRANDPARENTS else chance.between(1970, 1992)
    of_fathers_blood = relation in (Relation.PATERNAL_GRANDFATHER, Relation.FATHERS_SISTER)
    surname = surname if of_fathers_blood else surname_of(chance, group, people)
    is_entrusted = left_by == LeftBy.BOTH
    notices = _notices(chance.apart("notices"), since, on) if is_entrusted else {}
    return CarerEntry(
        chance.id_at_day(on),
        adult_name(chance, sex, surname, born=born, group=group),
        relation,
        chance.weighted(CARE[LeftBy.BOTH]),
        since=since,
        born_on=date(born, chance.between(1, 12), chance.between(1, 28)),
        phone=mobile(chance) if chance.happens(0.9) else "",
        is_entrusted=is_entrusted,
        paper_signed_on=chance.day_between(since, on) if is_entrusted and chance.happens(0.64) else None,
        **notices,
    )


def _notices(chance: Chance, since: date, on: date) -> dict[str, Any]:
    """Which of school and village committee the parents told in writing, and when."""
    told = {"school_told_on": 0.7, "village_told_on": 0.78}
    return {name: chance.day_between(since, on) for name, share in told.items() if chance.happens(share)}
