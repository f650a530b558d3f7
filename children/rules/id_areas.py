"""The area codes that ID numbers begin with: counties that stand or stood, as far as the places know them.

Places need not hold the whole country. Of a province whose counties they hold, an area is known when it is one of these; of any
other province, its first two digits are all that can be told.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ccmp.places.enums import Level
from ccmp.places.models import Place

# GB/T 2260; 81 to 83 are the numbers of those who live on the mainland and come from Hong Kong, Macau and Taiwan.
_RANGES = ((11, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65), (71, 71), (81, 83))
PROVINCES = frozenset(f"{number}" for first, last in _RANGES for number in range(first, last + 1))


@dataclass(frozen=True)
class Areas:
    """Six digits → the first day on which they no longer stood; None while they stand."""

    ended: Mapping[str, date | None]

    @classmethod
    def known(cls) -> "Areas":
        """All that the places hold. One query."""
        return cls._read("")

    @classmethod
    def of(cls, number: str) -> "Areas":
        """Those of the province in which a number was issued. One query."""
        return cls._read(number[:2]) if number[:2] in PROVINCES else cls({})

    @classmethod
    def _read(cls, beginning: str) -> "Areas":
        rows = Place.objects.filter(level=Level.COUNTY, code__startswith=beginning).values_list("code", "valid_until")
        return cls({code[:6]: ended for code, ended in rows})

    @property
    def codes(self) -> frozenset[str]:
        return frozenset(self.ended)

    def knows(self, area: str, *, on: date) -> bool:
        """Whether a number of this area could be issued on a day or later."""
        if area in self.ended:
            ended = self.ended[area]
            return ended is None or ended > on
        return area[:2] in PROVINCES and not any(code.startswith(area[:2]) for code in self.ended)
