"""What the county reads beside a flag: the child, its carer, who was told, and what was flagged before."""

from dataclasses import dataclass
from datetime import date

from children.models import Guardianship
from children.rules.labels import Labels, labels_of
from visits.models import Flag, FlagMove


@dataclass(frozen=True)
class Dossier:
    """Read-only: everything is as of one day."""

    care: Guardianship | None
    carer_relation: str
    labels: Labels | None
    earlier: list[Flag]
    moves: list[FlagMove]
    proposed: FlagMove | None


def dossier_of(flag: Flag, *, on: date) -> Dossier:
    """Gather what belongs to a flag. A bounded number of queries, whatever the child's history."""
    moves = list(flag.moves.select_related("by").order_by("at", "id"))
    proposed = next((move for move in reversed(moves) if move.went_to == "dismissal_proposed"), None)
    if flag.child is None:
        return Dossier(None, "", None, [], moves, proposed)
    care = flag.child.guardianships.current(on=on).select_related("carer").first()
    relation = next(
        (str(one.get_relation_display()) for one in flag.child.family if care and one.relative_id == care.carer_id), ""
    )
    earlier = Flag.objects.filter(child=flag.child, raised_at__lt=flag.raised_at).newest_first()[:3]
    return Dossier(care, relation, labels_of(flag.child, on=on), list(earlier), moves, proposed)
