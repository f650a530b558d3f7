"""What a file's grown-ups were before today: who looked after the child, stays away that ended, times of not being able."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from children.models import Child, Kinship


@dataclass(frozen=True)
class Before:
    """One dated fact that ended."""

    who: str
    what: str
    since: date
    until: date
    because: str = ""


def facts_before(child: Child, *, on: date) -> list[Before]:
    """The latest first. One query, when the family is read already."""
    rows = child.guardianships.filter(until__lte=on).select_related("carer")
    found = [
        Before(
            who=one.carer.name if one.carer else _("Nobody"),
            what=_("looked after %(child)s: %(kind)s") % {"child": child.name, "kind": one.get_kind_display()},
            since=one.since,
            until=one.until or on,
            because=one.ended_because,
        )
        for one in rows
    ]
    found += [fact for kinship in child.family for fact in _of_a_grown_up(kinship, on=on)]
    return sorted(found, key=lambda one: (one.until, one.since, one.who), reverse=True)


def _of_a_grown_up(kinship: Kinship, *, on: date) -> list[Before]:
    relative = kinship.relative
    who = f"{kinship.get_relation_display()} {relative.name}"
    stays = [
        Before(who, one.where or _("away for work"), one.since, one.until)
        for one in relative.stays_away.all()
        if one.until and one.until <= on
    ]
    return stays + [
        Before(
            who,
            _("not able to look after the child: %(why)s") % {"why": one.get_reason_display()},
            one.since,
            one.until,
        )
        for one in relative.incapacities.all()
        if one.until and one.until <= on
    ]
