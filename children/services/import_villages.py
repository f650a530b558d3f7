"""The villages of whoever brings or takes out a register, and the names by which a sheet may call them."""

from collections import Counter
from collections.abc import Collection, Mapping

from ccmp.people.models import User
from ccmp.people.reach import reach_of
from ccmp.places.enums import Level
from ccmp.places.models import Place
from ccmp.places.rules.division_codes import ancestor_at

PERMISSION = "children.import_children"


def villages_within(user: User, permission: str = PERMISSION) -> dict[str, str]:
    """Her villages: code → name, in order; where two have the same name, with the township's before it."""
    rows = reach_of(user, permission).rows(Place.objects.at_level(Level.VILLAGE), column="code")
    names = dict(rows.order_by("code").values_list("code", "name"))
    often = Counter(names.values())
    shared = [code for code, name in names.items() if often[name] > 1]
    return names | _with_town({code: names[code] for code in shared}) if shared else names


def by_every_name(villages: Mapping[str, str]) -> dict[str, str]:
    """Names, also with the township's before them, and codes → code; "" for a name that several villages have."""
    found, towns = {code: code for code in villages}, _towns(villages)
    for code, name in villages.items():
        town = towns.get(ancestor_at(code, Level.TOWNSHIP), "")
        bare = name.removeprefix(town)
        for said in {name, bare, bare.removesuffix("村"), f"{town}{bare}"}:
            found[said] = code if found.get(said, code) == code else ""
    return found


def village_words(villages: Mapping[str, str]) -> list[str]:
    """As they are chosen in a sheet: by name, by code where even the township's name does not tell them apart."""
    often = Counter(villages.values())
    return [name if often[name] == 1 else code for code, name in villages.items()]


def _with_town(villages: Mapping[str, str]) -> dict[str, str]:
    towns = _towns(villages)
    return {code: f"{towns.get(ancestor_at(code, Level.TOWNSHIP), '')}{name}" for code, name in villages.items()}


def _towns(codes: Collection[str]) -> dict[str, str]:
    wanted = {ancestor_at(code, Level.TOWNSHIP) for code in codes}
    return dict(Place.objects.filter(code__in=wanted).values_list("code", "name"))
