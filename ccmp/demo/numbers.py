"""Numbers that look right and belong to nobody."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from ccmp.demo.chance import Chance
from children.enums import Sex
from children.rules.resident_id import check_character

NEVER_ISSUED = 99
COUNTIES_IN_A_PREFECTURE = 20
A_DAY = 500 // COUNTIES_IN_A_PREFECTURE  # numbers for one sex and birth date, before the next area is begun


@dataclass
class NumberBook:
    """Resident ID numbers with a right check character that were issued to nobody, each given once.

    Their area is the county's prefecture with 99 (98 when a day is full): a county number that GB/T 2260 gives to no place,
    for districts begin at 01, counties at 21 and county-level cities at 81. `shelf` keeps the counties of one prefecture
    apart.
    """

    county_prefix: str
    shelf: int
    given: Counter[tuple[date, Sex]] = field(default_factory=Counter)

    def next(self, *, born_on: date, sex: Sex) -> str:
        area, place = divmod(self.given[born_on, sex], A_DAY)
        self.given[born_on, sex] += 1
        sequence = 2 * (self.shelf % COUNTIES_IN_A_PREFECTURE * A_DAY + place) + (sex == Sex.MALE)
        seventeen = f"{self.county_prefix[:4]}{NEVER_ISSUED - area}{born_on:%Y%m%d}{sequence:03}"
        return seventeen + check_character(seventeen)


def mobile(chance: Chance) -> str:
    """Eleven digits beginning with 100, a prefix under which no mobile number is given out."""
    return f"100{chance.between(0, 99_999_999):08}"
