"""Counties that a hukou can be chosen from: those of the village's own prefecture, and those that stand in its files."""

from collections.abc import Iterable
from datetime import date

from ccmp.places.enums import Level
from ccmp.places.models import Place
from children.models.child import ChildQuerySet

PREFECTURE_DIGITS = 4
COUNTY_DIGITS = 6


def counties_near(village_code: str, children: ChildQuerySet, *, on: date) -> list[tuple[str, str]]:
    """(six digits, name), in the order of codes. One that no place is known of goes by its digits. Two queries."""
    used = set(children.exclude(hukou_county="").order_by().values_list("hukou_county", flat=True).distinct())
    counties = Place.objects.filter(level=Level.COUNTY)
    near = counties.standing(on=on).filter(code__startswith=village_code[:PREFECTURE_DIGITS])
    named = counties.filter(code__in=[f"{code}000000" for code in used])
    names = {code[:COUNTY_DIGITS]: name for code, name in (near | named).values_list("code", "name")}
    return sorted(({code: code for code in used} | names).items())


def county_names(codes: Iterable[str]) -> dict[str, str]:
    """Six digits → name, of those that a place is known of. One query; none without codes."""
    named = Place.objects.filter(code__in=[f"{code}000000" for code in set(codes) if code])
    return {code[:COUNTY_DIGITS]: name for code, name in named.values_list("code", "name")}


def county_name(code: str) -> str:
    """The name of a county by its six digits; the digits where no place is known of. One query."""
    if not code:
        return ""
    return Place.objects.filter(code=f"{code}000000").values_list("name", flat=True).first() or code
