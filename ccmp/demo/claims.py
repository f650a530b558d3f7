"""What the demo's families may claim: means and grounds of some, applications of a few, most of them granted by now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from ccmp.demo.chance import Chance
from ccmp.demo.showcase import Known
from ccmp.moments import CHINA
from ccmp.people.models import User
from children.enums import DisabilityKind, Ground, Means
from children.models import Child
from children.services.entitlements import ApplicationEntry, note_application, note_grant, note_refusal
from children.services.grounds import GroundEntry, note_ground
from children.services.take_up import open_to

MEANS = {Means.MONITORED: 40, Means.MINIMUM_LIVING: 32, Means.LOW_INCOME: 22, Means.EMERGENCY: 6}
HOMES, GROUNDS = (5, 8), (1, 2)
KNOWN_FOR = timedelta(days=25)  # the family is asked about its means some weeks after the first round
ANSWER = (12, 26)  # days


@dataclass(frozen=True)
class Told:
    """When a family told the mother of it, and who she is."""

    by: User
    at: datetime


def need_and_claim(chance: Chance, villages: Sequence[Known], *, today: date) -> None:
    """In each village a few families tell of their means; some of their children's benefits are applied for."""
    for number, known in enumerate(villages):
        own = chance.apart(number)
        homes = [home for home in known.homes if home.registered_at.date() < today - 2 * KNOWN_FOR]
        for at, home in enumerate(own.some_of(homes, min(len(homes), own.between(*HOMES)))):
            _family(own.apart(at), known, home.children[0].id, home.registered_at, today=today)
        for at, home in enumerate(own.some_of(homes, min(len(homes), own.between(*GROUNDS)))):
            _ground(own.apart("ground", at), known, home.children[0].id, home.registered_at)


def _family(chance: Chance, known: Known, child_id: UUID, registered_at: datetime, *, today: date) -> None:
    child = Child.objects.filter(pk=child_id, gone_on=None, village_code=known.village.code).first()
    if child is None:
        return
    told = Told(known.mother, registered_at + KNOWN_FOR)
    kind = chance.weighted(MEANS)
    note_ground(entry=GroundEntry(child.id, kind, _noted_on(child, told)), by=told.by, at=told.at)
    open_ones = open_to([child], on=told.at.date())[child.id]
    found = [one.benefit.code for one in open_ones if one.may_qualify]
    if found and chance.happens(0.8):
        _apply(chance, child, chance.one_of(found), told, today=today)


def _noted_on(child: Child, told: Told) -> date:
    return max(child.born_on, told.at.date() - timedelta(days=40))


def _apply(chance: Chance, child: Child, benefit: str, told: Told, *, today: date) -> None:
    on = told.at.date()
    note_application(entry=ApplicationEntry(child.id, benefit, on), by=told.by, at=told.at)
    answered_on = on + timedelta(days=chance.between(*ANSWER))
    if answered_on >= today or chance.happens(0.2):
        return
    at = datetime.combine(answered_on, time(10, 5), tzinfo=CHINA)
    if chance.happens(0.1):
        note_refusal(child_id=child.id, benefit=benefit, on=answered_on, why="核实后收入高于标准", by=told.by, at=at)
    else:
        note_grant(child_id=child.id, benefit=benefit, on=answered_on, by=told.by, at=at)


def _ground(chance: Chance, known: Known, child_id: UUID, registered_at: datetime) -> None:
    child = Child.objects.filter(pk=child_id, gone_on=None, village_code=known.village.code).first()
    if child is None:
        return
    told = Told(known.mother, registered_at + KNOWN_FOR)
    disability = chance.one_of([DisabilityKind.LIMB, DisabilityKind.HEARING, DisabilityKind.INTELLECTUAL])
    since, level = _noted_on(child, told), chance.between(1, 4)
    entry = GroundEntry(child.id, Ground.DISABILITY, since, disability=disability, level=level)
    note_ground(entry=entry, by=told.by, at=told.at)
