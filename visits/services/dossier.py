"""What the county reads beside a flag: the child, its carer, who was told, and what was flagged before."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from ccmp.people.models import User
from ccmp.places.models import Place
from children.models import Child, Guardianship
from children.rules.labels import ParentOnDay, parents_of
from visits.enums import FlagState
from visits.models import Flag, FlagMove


@dataclass(frozen=True)
class Whereabouts:
    """A parent in two words: who, and where she is on that day."""

    who: str
    where: str


@dataclass(frozen=True)
class Dossier:
    """Read-only: everything is as of one day."""

    township: str
    care: Guardianship | None
    carer_relation: str
    parents: list[Whereabouts]
    earlier: list[Flag]
    moves: list[FlagMove]
    proposed: FlagMove | None
    has_moved: bool = False

    def awaits_another_than(self, user: User) -> bool:
        """Did this officer propose the dismissal that still waits for somebody else's word?"""
        is_waiting = bool(self.moves) and self.moves[-1].went_to == FlagState.DISMISSAL_PROPOSED
        return is_waiting and self.proposed is not None and self.proposed.by_id == user.pk


def dossier_of(flag: Flag, *, on: date) -> Dossier:
    """Gather what belongs to a flag. A bounded number of queries, whatever the child's history."""
    moves = list(flag.moves.select_related("by").order_by("at", "id"))
    proposed = next((move for move in reversed(moves) if move.went_to == FlagState.DISMISSAL_PROPOSED), None)
    township = Place.objects.filter(pk=flag.village_code[:9] + "000").values_list("name", flat=True).first() or ""
    if flag.child is None:
        return Dossier(township, None, "", [], [], moves, proposed)
    earlier = Flag.objects.under(flag.village_code).filter(child=flag.child, raised_at__lt=flag.raised_at)
    if flag.child.village_code != flag.village_code:  # its file belongs to another village by now
        return Dossier(township, None, "", [], list(earlier.newest_first()[:3]), moves, proposed, has_moved=True)
    care = flag.child.guardianships.current(on=on).select_related("carer").first()
    relation = next(
        (str(one.get_relation_display()) for one in flag.child.family if care and one.relative_id == care.carer_id), ""
    )
    parents = _parents(flag.child, on=on)
    return Dossier(township, care, relation, parents, list(earlier.newest_first()[:3]), moves, proposed)


def _parents(child: Child, *, on: date) -> list[Whereabouts]:
    father, mother = parents_of(child, on=on)
    both = ((_("Father"), father), (_("Mother"), mother))
    return [Whereabouts(who, _where(parent)) for who, parent in both if parent.known]


def _where(parent: ParentOnDay) -> str:
    if parent.dead:
        return _("dead")
    if parent.missing:
        return _("out of contact, nobody knows where")
    unable = f"{parent.incapacity.get_reason_display()}" if parent.incapacity else ""
    if parent.away is None:
        return unable or _("at home")
    away = _("away for work in %(where)s") % {"where": parent.away.where} if parent.away.where else _("away for work")
    return _("%(away)s; %(unable)s") % {"away": away, "unable": unable} if unable else away
