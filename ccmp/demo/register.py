"""The children of an invented village, as its companion mother registers them: door to door at first, then as they come."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from ccmp.demo.chance import Chance
from ccmp.demo.families import Family, invent_family
from ccmp.demo.names import People, child_name
from ccmp.demo.numbers import NumberBook
from ccmp.demo.village_names import groups_of_village
from ccmp.moments import CHINA
from children.entries import ChildEntry, HouseholdEntry
from children.enums import EthnicGroup, Hukou, NoIdReason, SchoolStage, Sex
from children.models import OF_AGE, years_before

CHILDREN = (300, 400)
DAYS_OF_THE_FIRST_ROUND = 18
SIZES = {1: 44, 2: 41, 3: 13, 4: 2}
LATER = 0.03  # families that move in, or are found, after the first round
SHARE_OF_BOYS = 0.53


@dataclass(frozen=True)
class Home:
    """A family and its children's entries, all registered at one moment."""

    family: Family
    children: tuple[ChildEntry, ...]
    registered_at: datetime


def invent_homes(
    chance: Chance,
    people: People,
    numbers: NumberBook,
    *,
    village_code: str,
    opens_on: date,
    today: date,
    children: int | None = None,
) -> list[Home]:
    """So many children (300 to 400 unless told), in their homes, in the order in which they are registered."""
    wanted = children or chance.between(*CHILDREN)
    groups = groups_of_village(chance)
    homes: list[Home] = []
    while wanted > 0:
        own = chance.apart("home", len(homes))
        home = _invent_home(own, people, numbers, village_code, groups, opens_on=opens_on, today=today, at_most=wanted)
        homes.append(home)
        wanted -= len(home.children)
    return sorted(homes, key=lambda home: home.registered_at)


def _invent_home(
    chance: Chance,
    people: People,
    numbers: NumberBook,
    village_code: str,
    groups: list[str],
    *,
    opens_on: date,
    today: date,
    at_most: int,
) -> Home:
    at = _registered_at(chance, opens_on, today)
    size = min(chance.weighted(SIZES), at_most)
    family = invent_family(chance, people, on=at.date(), groups=groups, births=_births(chance, size, on=at.date()))
    means = chance.apart("means")
    income, aid = _income(means, family), (means.one_of(AID) if means.happens(0.12) else "")
    household = HouseholdEntry(family.household, family.head_name, family.neighbourhood, family.address, income, aid)
    entries = [_entry(chance, family, household, numbers, village_code, born_on, at=at) for born_on in family.births]
    return Home(family, tuple(entries), at)


def _registered_at(chance: Chance, opens_on: date, today: date) -> datetime:
    days = min(DAYS_OF_THE_FIRST_ROUND, max(1, (today - opens_on).days))
    day = opens_on + timedelta(days=chance.between(0, days - 1))
    if chance.happens(LATER) and (today - opens_on).days > days:
        day = chance.day_between(opens_on + timedelta(days=days), today - timedelta(days=1))
    return datetime.combine(day, time(chance.between(9, 18), chance.between(0, 59)), tzinfo=CHINA)


def _births(chance: Chance, size: int, *, on: date) -> tuple[date, ...]:
    """Birth dates of brothers and sisters, oldest first; all of them under 18 on the day, and not older by design."""
    oldest_allowed = years_before(on, OF_AGE) + timedelta(days=4)  # the entry may reach the server a day or two later
    youngest = chance.day_between(oldest_allowed + timedelta(days=30), on - timedelta(days=3))
    births = [youngest]
    for _number in range(size - 1):
        earlier = births[0] - timedelta(days=chance.between(480, 1900))
        if earlier < oldest_allowed:
            break
        births.insert(0, earlier)
    return tuple(births)


def _entry(
    chance: Chance,
    family: Family,
    household: HouseholdEntry,
    numbers: NumberBook,
    village_code: str,
    born_on: date,
    *,
    at: datetime,
) -> ChildEntry:
    sex = Sex.MALE if chance.happens(SHARE_OF_BOYS) else Sex.FEMALE
    name = child_name(chance, sex, family.surname, born=born_on.year, group=family.group, father=family.father_name)
    stage = stage_of(chance, born_on, on=at.date())
    no_id_reason = _reason_for_no_number(chance, born_on, on=at.date())
    return ChildEntry(
        id=chance.id_at(at),
        village_code=village_code,
        made_at=at,
        household=household,
        name=name,
        sex=sex,
        born_on=born_on,
        ethnic_group=family.group,
        ethnic_words="穿青人" if family.group == EthnicGroup.OTHER else "",
        hukou=Hukou.NONE if no_id_reason == NoIdReason.NO_HUKOU else _hukou(chance),
        school_stage=stage,
        is_boarding=chance.happens(BOARDING.get(stage, 0)),
        resident_id="" if no_id_reason else numbers.next(born_on=born_on, sex=sex),
        **_more(chance.apart("more", born_on), family, village_code, stage, no_id_reason)
        | _from_elsewhere(family, village_code, born_on, no_id_reason, on=at.date()),
        no_id_reason=no_id_reason,
        parents=family.parents,
        carer=family.carer,
    )


AID = ("村里春节送米、油", "镇里临时救助一次", "爱心人士每学期资助 300 元", "学校减免伙食费")
SCHOOLS = {
    SchoolStage.KINDERGARTEN: "镇中心幼儿园",
    SchoolStage.PRIMARY: "镇中心小学",
    SchoolStage.JUNIOR: "镇中学",
    SchoolStage.SENIOR: "县第一高级中学",
    SchoolStage.VOCATIONAL: "县中等职业学校",
}
FILLED_IN = 0.86  # of each step of a file; the rest is still empty


def _income(chance: Chance, family: Family) -> tuple[str, ...]:
    """What the home lives on, in the order of the form; of some homes nobody asked yet."""
    if not chance.happens(FILLED_IN):
        return ()
    is_away = any(parent.away_since for parent in family.parents)
    shares = {"migrant_work": 0.95 if is_away else 0.2, "farming": 0.7, "state_aid": 0.18, "relatives": 0.05}
    return tuple(source for source, share in shares.items() if chance.happens(share)) or ("farming",)


def _more(chance: Chance, family: Family, village_code: str, stage: SchoolStage, no_id_reason: str) -> dict[str, Any]:
    """What a file holds besides, most of it filled in."""
    said: dict[str, Any] = {"told_healthy": chance.happens(FILLED_IN)}
    if no_id_reason != NoIdReason.NO_HUKOU and chance.happens(FILLED_IN):
        said |= {"hukou_county": village_code[:6], "hukou_place": family.neighbourhood}
    if stage in SCHOOLS and chance.happens(FILLED_IN):
        said["school_name"] = SCHOOLS[stage]
    return said


ELSEWHERE = {"520323": ("520327", "花坪镇"), "520327": ("520323", "郑场镇")}
FROM_ELSEWHERE = 40  # one home of so many came from another county


def _from_elsewhere(family: Family, village_code: str, born_on: date, no_id_reason: str, *, on: date) -> dict[str, Any]:
    """A home that came from another county keeps its hukou there; its children came with it, or were born here."""
    if family.household.int % FROM_ELSEWHERE or no_id_reason == NoIdReason.NO_HUKOU:
        return {}
    county, place = ELSEWHERE.get(village_code[:6], ("520323", "郑场镇"))
    came_on = on - timedelta(days=60 + family.household.int % 1500)
    return {"hukou_county": county, "hukou_place": place, "lives_here_since": max(born_on, came_on)}


BOARDING = {SchoolStage.PRIMARY: 0.08, SchoolStage.JUNIOR: 0.62, SchoolStage.SENIOR: 0.88, SchoolStage.VOCATIONAL: 0.9}


def stage_of(chance: Chance, born_on: date, *, on: date) -> SchoolStage:
    """By the age on the first of September that began the school year, as school places are given."""
    began = date(on.year if on.month >= 9 else on.year - 1, 9, 1)
    age = began.year - born_on.year - ((began.month, began.day) < (born_on.month, born_on.day))
    if age < 3:
        return SchoolStage.NOT_YET
    if age < 6:
        return SchoolStage.KINDERGARTEN if chance.happens(0.88) else SchoolStage.NOT_YET
    if age < 12:
        return SchoolStage.NOT_ENROLLED if chance.happens(0.002) else SchoolStage.PRIMARY
    if age < 15:
        return SchoolStage.DROPPED_OUT if chance.happens(0.006) else SchoolStage.JUNIOR
    return chance.weighted(
        {SchoolStage.SENIOR: 47, SchoolStage.VOCATIONAL: 41, SchoolStage.WORKING: 11, SchoolStage.DROPPED_OUT: 1}
    )


def _reason_for_no_number(chance: Chance, born_on: date, *, on: date) -> NoIdReason | str:
    if (on - born_on).days < 60:
        return NoIdReason.NEWBORN
    return chance.weighted({"": 97.6, NoIdReason.NOT_AT_HAND: 1.6, NoIdReason.NO_HUKOU: 0.8})


def _hukou(chance: Chance) -> Hukou:
    return Hukou.RURAL if chance.happens(0.97) else Hukou.URBAN


def ids_of(homes: list[Home]) -> list[UUID]:
    return [child.id for home in homes for child in home.children]
