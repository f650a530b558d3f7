"""Flags of the last days, one for each state that a flag or a task can be in: what a visitor of the demo wants to find."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from ccmp.demo.cases import Office, follow
from ccmp.demo.chance import Chance
from ccmp.demo.findings import SEEN, SITUATIONS, can_be
from ccmp.demo.geography import Village
from ccmp.demo.register import Home
from ccmp.demo.script import Script
from ccmp.moments import CHINA, DAY
from ccmp.people.models import User
from ccmp.places.rules.working_days import is_working_day
from children.entries import ChildEntry
from visits.entries import FlagEntry
from visits.enums import FlagKind, Severity
from visits.rules.flag_kinds import kind_rule
from visits.services.flags import raise_flag


@dataclass(frozen=True)
class Scene:
    """A flag, raised so many working days before today at this time (none: yesterday), and how far it gets."""

    kind: FlagKind
    working_days: int
    at: time
    script: Script


@dataclass(frozen=True)
class Known:
    """A village that was made, with its mother and its children."""

    village: Village
    mother: User
    homes: Sequence[Home]


SCENES = (
    Scene(FlagKind.DOMESTIC_VIOLENCE, 0, time(18, 40), Script(fate="forget")),
    Scene(FlagKind.DROPPED_OUT, 2, time(16, 5), Script(fate="forget")),
    Scene(FlagKind.HAZARD, 9, time(11, 20), Script(fate="forget")),
    Scene(FlagKind.SELF_HARM, 3, time(9, 30), Script(fate="acknowledge")),
    Scene(FlagKind.SERIOUS_ILLNESS, 6, time(10, 15), Script(fate="acknowledge")),
    Scene(FlagKind.BULLYING, 8, time(17, 10), Script(fate="propose")),
    Scene(FlagKind.PARENTS_SILENT, 14, time(15, 25), Script(fate="dismiss")),
    Scene(FlagKind.MALNUTRITION, 16, time(10, 50), Script(fate="settle")),
    Scene(FlagKind.SERIOUS_ILLNESS, 15, time(9, 55), Script(fate="refer", tasks=("sent", "accepted", "returned"))),
    Scene(FlagKind.UNFIT_CARER, 30, time(14, 0), Script(fate="refer", tasks=("completed", "withdrawn", "accepted"))),
    Scene(FlagKind.DISABILITY_UNCERTIFIED, 34, time(11, 5), Script(fate="refer", tasks=("confirmed", "completed"))),
)


def show(chance: Chance, office: Office, villages: Sequence[Known], *, today: date) -> None:
    """Play every scene, village after village."""
    for number, scene in enumerate(SCENES):
        known = villages[number % len(villages)]
        raised_at = _moment(office, scene, today)
        own = chance.apart(number)
        fitting = _fitting(known, scene.kind, on=raised_at.date())
        if not fitting:
            continue  # the village is younger than the scene, or has no such child
        entry = _entry(own, known, scene, raised_at, own.one_of(fitting))
        flag = raise_flag(entry=entry, by=known.mother, at=raised_at + timedelta(minutes=4))
        follow(own.apart("then"), office, flag, known.mother, scene.script)


def _moment(office: Office, scene: Scene, today: date) -> datetime:
    day, left = today, scene.working_days
    if left == 0:
        day -= DAY
    while left > 0:
        day -= DAY
        left -= is_working_day(day, office.clock.notice)
    return datetime.combine(day, scene.at, tzinfo=CHINA)


def _fitting(known: Known, kind: FlagKind, *, on: date) -> list[ChildEntry]:
    """The children of whom it can be true on a day."""
    return [
        child
        for home in known.homes
        for child in home.children
        if home.registered_at.date() < on and can_be(kind, child, home.family.left_by, on=on)
    ]


def _entry(chance: Chance, known: Known, scene: Scene, raised_at: datetime, child: ChildEntry) -> FlagEntry:
    told = kind_rule(scene.kind).severity == Severity.MANDATORY
    return FlagEntry(
        id=chance.id_at(raised_at),
        village_code=known.village.code,
        made_at=raised_at,
        kind=scene.kind,
        seen=chance.one_of(SEEN[scene.kind]),
        child=child.id,
        situation=chance.one_of(SITUATIONS),
        police_told_at=raised_at - timedelta(minutes=6) if told else None,
        police_told_whom="110，派出所值班民警" if told else "",
    )
