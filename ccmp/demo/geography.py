"""Where the invented villages lie: in real townships of Sichuan and Guizhou, under codes that no real village has."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from ccmp.demo.chance import Chance
from ccmp.demo.names import People
from ccmp.demo.village_names import village_names
from children.enums import EthnicGroup

FIRST_NUMBER = 901  # the statistics bureau numbers villages of these provinces up to 899
LAST_NUMBER = 999
ONE_COUNTY = 30  # up to so many villages lie in one county
PER_FURTHER_COUNTY = 20
PROGRAMME_SIZE = 213  # 100 in Sichuan, 113 in ten towns of Guizhou
IN_SICHUAN = 100

MOSTLY_HAN: dict[EthnicGroup, float] = {
    EthnicGroup.HAN: 965,
    EthnicGroup.MIAO: 14,
    EthnicGroup.GELAO: 10,
    EthnicGroup.TUJIA: 8,
    EthnicGroup.UYGHUR: 3,
}
PEOPLES: Mapping[str, People] = {
    "520323": People(MOSTLY_HAN),
    "520327": People({EthnicGroup.HAN: 760, EthnicGroup.TUJIA: 160, EthnicGroup.GELAO: 50, EthnicGroup.MIAO: 30}),
    "522728": People({EthnicGroup.BOUYEI: 560, EthnicGroup.HAN: 300, EthnicGroup.MIAO: 135, EthnicGroup.YAO: 5}),
    "522730": People({EthnicGroup.HAN: 600, EthnicGroup.BOUYEI: 230, EthnicGroup.MIAO: 170}),
    "522323": People(
        {EthnicGroup.HAN: 720, EthnicGroup.BOUYEI: 110, EthnicGroup.MIAO: 110, EthnicGroup.YI: 40, EthnicGroup.HUI: 20}
    ),
    "520581": People(
        {EthnicGroup.HAN: 740, EthnicGroup.MIAO: 120, EthnicGroup.YI: 90, EthnicGroup.OTHER: 40, EthnicGroup.BAI: 10}
    ),
    "510524": People({EthnicGroup.HAN: 890, EthnicGroup.MIAO: 95, EthnicGroup.YI: 15}),
    "513431": People({EthnicGroup.YI: 970, EthnicGroup.HAN: 30}, yi_names=True),
    "52": People(
        {
            EthnicGroup.HAN: 700,
            EthnicGroup.MIAO: 120,
            EthnicGroup.BOUYEI: 80,
            EthnicGroup.TUJIA: 50,
            EthnicGroup.DONG: 50,
        }
    ),
    "51": People({EthnicGroup.HAN: 985, EthnicGroup.YI: 8, EthnicGroup.TIBETAN: 4, EthnicGroup.UYGHUR: 3}),
}
GUIZHOU_TOWNS = (
    "520323102", "520323103", "520327101", "520327102", "522728108", "522728111", "522730105", "522323101", "522323109",
    "520581107",
)  # fmt: skip
SICHUAN_COUNTIES = ("511303", "511622", "510524", "511324", "511921", "513431")
HOME_COUNTY = "520323"


@dataclass(frozen=True)
class Village:
    """An invented village: its 12-digit code and its name."""

    code: str
    name: str

    @property
    def township_code(self) -> str:
        return self.code[:9].ljust(12, "0")


@dataclass(frozen=True)
class County:
    """A county (six digits) with its invented villages, in the order of their codes."""

    prefix: str
    villages: tuple[Village, ...]
    shelf: int  # which it is among the plan's counties of its prefecture

    @property
    def code(self) -> str:
        return self.prefix.ljust(12, "0")

    @property
    def people(self) -> People:
        return PEOPLES.get(self.prefix) or PEOPLES[self.prefix[:2]]


def plan(*, villages: int, seed: int, townships: Sequence[str]) -> list[County]:
    """So many villages, spread over counties. `townships`: every township that stands, nine digits each.

    Up to 30 lie in 绥阳; up to 213 as the programme began, 100 of 213 in Sichuan; more fill further counties of
    both provinces, 20 each. Raises ValueError when the townships do not suffice.
    """
    places = _places(villages, sorted(townships))
    names = village_names(Chance(seed, "villages"), villages)
    taken: dict[str, int] = {}
    by_county: dict[str, list[Village]] = {}
    for place, name in zip(places, names, strict=True):
        number = taken[place] = taken.get(place, FIRST_NUMBER - 1) + 1
        if number > LAST_NUMBER:
            raise ValueError(f"township {place} is full")
        by_county.setdefault(place[:6], []).append(Village(f"{place}{number:03}", name))
    prefixes = sorted(by_county)
    return [
        County(
            prefix,
            tuple(sorted(by_county[prefix], key=lambda one: one.code)),
            [other for other in prefixes if other[:4] == prefix[:4]].index(prefix),
        )
        for prefix in prefixes
    ]


def _places(villages: int, townships: Sequence[str]) -> list[str]:
    """The township of each village."""
    rural = _rural(townships)
    if villages <= ONE_COUNTY:
        return _spread(villages, rural[HOME_COUNTY])
    first = min(villages, PROGRAMME_SIZE)
    in_sichuan = round(first * IN_SICHUAN / PROGRAMME_SIZE)
    in_turn = zip_longest(*(rural[prefix] for prefix in SICHUAN_COUNTIES))
    of_sichuan = [place for turn in in_turn for place in turn if place]
    places = _spread(in_sichuan, of_sichuan[:in_sichuan]) + _spread(first - in_sichuan, GUIZHOU_TOWNS)
    further = sorted(rural.keys() - {place[:6] for place in places}, key=lambda prefix: (prefix[:2] != "52", prefix))
    for prefix in further:
        places += _spread(min(PER_FURTHER_COUNTY, villages - len(places)), rural[prefix])
    if len(places) < villages:
        raise ValueError(f"only {len(places)} villages find a place")
    return places


def _rural(townships: Sequence[str]) -> dict[str, list[str]]:
    """Each county's towns and villages' townships; its city streets (numbers below 100) only where it has nothing else."""
    by_county: dict[str, list[str]] = {}
    for place in townships:
        by_county.setdefault(place[:6], []).append(place)
    return {
        prefix: [place for place in places if int(place[6:]) >= 100] or places for prefix, places in by_county.items()
    }


def _spread(count: int, places: Sequence[str]) -> list[str]:
    """One after the other, round and round."""
    return [places[number % len(places)] for number in range(count)]
