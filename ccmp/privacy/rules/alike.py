"""k-anonymity: nobody in a table stands with fewer than k others who look the same by what an outsider could know.

What an outsider could know of a child: county, sex, age band, who of the parents is away. A group that is too small is
first made wider in place (county → province), and what is still too small is left out.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

ANYWHERE = ""  # the province alone is told


@dataclass(frozen=True)
class Row:
    """One child of an extract: nothing by which it could be known, and what is studied."""

    pseudonym: str
    province: str
    county: str
    arm: str
    sex: str
    age: str  # a band
    parents_away: str
    is_boarding: bool
    school: str
    visits: str  # a band, of the last twelve months
    risk: str

    @property
    def by_sight(self) -> tuple[str, ...]:
        """What an outsider could know."""
        return (self.province, self.county, self.sex, self.age, self.parents_away)


@dataclass(frozen=True)
class Alike:
    """The rows that may leave, how many of them were made wider, how many were left out."""

    rows: list[Row]
    widened: int
    left_out: int


def enough_alike(rows: Iterable[Row], *, least: int) -> Alike:
    """Each row that stays is like `least` rows at least, itself among them."""
    found = list(rows)
    small = {key for key, number in Counter(one.by_sight for one in found).items() if number < least}
    wide = [replace(one, county=ANYWHERE) if one.by_sight in small else one for one in found]
    again = Counter(one.by_sight for one in wide)
    kept = [one for one in wide if again[one.by_sight] >= least]
    return Alike(kept, sum(one.county == ANYWHERE for one in kept), len(wide) - len(kept))


AGES = ((3, "0-2"), (6, "3-5"), (9, "6-8"), (12, "9-11"), (15, "12-14"), (18, "15-17"))
VISITS = ((1, "0"), (3, "1-2"), (7, "3-6"))
MANY = "7+"


def age_band(years: int) -> str:
    return next((band for below, band in AGES if years < below), "18+")


def visits_band(number: int) -> str:
    return next((band for below, band in VISITS if number < below), MANY)
