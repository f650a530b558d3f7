"""Which home a row of a brought register means: of an earlier row, of the register, or a new one."""

from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from ccmp.identifiers import new_id
from children.entries import HouseholdEntry
from children.models import Household
from children.rules.sheet_rows import Row
from children.services.import_known import Known


@dataclass
class Homes:
    """Homes by village and head. A hamlet that one row leaves out is told by another row of the same head, or by the register."""

    by_head: dict[tuple[str, str], dict[str, Household | HouseholdEntry]] = field(default_factory=dict)

    @classmethod
    def of(cls, known: Known) -> "Homes":
        homes = cls()
        for (village_code, head_name), held in known.homes.items():
            for home in held:
                homes.by_head.setdefault((village_code, head_name), {}).setdefault(home.neighbourhood, home)
        return homes

    def join(self, row: Row, home: Household) -> None:
        """Later rows with this head and hamlet mean the home of a child of the register."""
        self.by_head.setdefault((row.village_code, row["head_name"]), {}).setdefault(row["neighbourhood"], home)

    def find(self, row: Row) -> Household | HouseholdEntry:
        """The home of the same head and hamlet. Notes at the hamlet where several could be meant."""
        named = self.by_head.setdefault((row.village_code, row["head_name"]), {})
        hamlet = row["neighbourhood"]
        home = named.get(hamlet) or self._without_hamlet(row, named)
        if home is None:
            home = HouseholdEntry(new_id(), row["head_name"], hamlet, row["address"])
        elif isinstance(home, HouseholdEntry):
            home = replace(home, neighbourhood=home.neighbourhood or hamlet, address=home.address or row["address"])
        for key, held in [*named.items()]:
            if held.id == home.id:
                named[key] = home
        named[hamlet] = home
        return home

    def _without_hamlet(
        self, row: Row, named: dict[str, Household | HouseholdEntry]
    ) -> Household | HouseholdEntry | None:
        could_be = {home.id: home for hamlet, home in named.items() if "" in (row["neighbourhood"], hamlet)}
        if len(could_be) > 1:
            row.refuse(
                "neighbourhood", _("Several homes of this village have a head of this name. Write the group as well.")
            )
        return next(iter(could_be.values()), None)
