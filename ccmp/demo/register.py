"""The children of an invented village, as its companion mother registers them: door to door at first, then as they come."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
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
    household = HouseholdEntry(family.household, family.head_name, family.neighbourhood, family.address)
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
        no_id_reason=no_id_reason,
        parents=family.parents,
        carer=family.carer,
    )


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
