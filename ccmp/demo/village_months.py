"""The months of one invented village, brought in through the services that its mother's phone would call."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from ccmp.demo.activities import invent_activities
from ccmp.demo.cases import Office, follow
from ccmp.demo.chance import Chance
from ccmp.demo.geography import County, Village
from ccmp.demo.home_visits import Round, invent_visits
from ccmp.demo.kin import invent_contacts
from ccmp.demo.numbers import NumberBook
from ccmp.demo.profiles import Kind, Profile
from ccmp.demo.register import Home, invent_homes
from ccmp.demo.sessions import AFTER_SCHOOL, AFTERNOON, MORNING, ClubYear, Slot, invent_sessions
from ccmp.demo.showcase import Known
from ccmp.demo.staff import hire_for_the_village, hire_substitute
from ccmp.demo.terms import Term
from ccmp.demo.trust import invent_trust, play_checks
from ccmp.moments import CHINA, start_of
from ccmp.people.enums import Role
from ccmp.people.models import User
from ccmp.people.services.county import enrol_village
from ccmp.places.enums import Arm
from children.services.confirm import confirm_files
from children.services.consent import give_consents
from children.services.contact import note_contacts
from children.services.register import register_children
from clubs.entries import ClosureEntry
from clubs.rules.open_hours import ClubCalendar
from clubs.services.clubs import (
    approve_closure,
    ask_for_closure,
    decline_closure,
    found_club,
    record_activities,
    tell_opening_times,
)
from clubs.services.sessions import enter_sessions
from visits.entries import FlagEntry
from visits.services.flags import raise_flags
from visits.services.visits import record_visits

CLOSURES = ("教室屋顶漏雨，维修一周。", "村里停水停电改造。", "道路塌方，孩子来不了。")


@dataclass(frozen=True)
class Setting:
    """What all villages of a county share."""

    county: County
    office: Office
    numbers: NumberBook
    terms: Sequence[Term]
    notice: Mapping[date, str]
    today: date
    children: int | None  # in each village; 300 to 400 when it is not told

    @property
    def end(self) -> datetime:
        return self.office.clock.end


def bring_in(chance: Chance, setting: Setting, village: Village, profile: Profile, role: Role) -> Known:
    """Enrol the village, hire its mother, and bring in what she recorded, each entry with the moment at which it came."""
    opens_at = start_of(profile.opens_on)
    arm = Arm.CCMP if role == Role.COMPANION_MOTHER else Arm.GOVERNMENT
    enrol_village(
        code=village.code, name=village.name, arm=arm, starts_on=profile.opens_on, by=None, at=opens_at, is_demo=True
    )
    mother = hire_for_the_village(chance.apart("mother"), setting.county, village, profile, role)
    found_club(village_code=village.code, opened_on=profile.opens_on, by=mother, at=opens_at)
    homes = invent_homes(
        chance.apart("homes"),
        setting.county.people,
        setting.numbers,
        village_code=village.code,
        opens_on=profile.opens_on,
        today=setting.today,
        children=setting.children,
    )
    _send(
        chance.apart("register"), setting, register_children, [one for home in homes for one in home.children], mother
    )
    _trust(chance.apart("trust"), setting, village, homes, mother)
    _open_the_club(chance.apart("club"), setting, village, profile, homes, mother)
    visits = invent_visits(chance.apart("visits"), profile, homes, setting.notice, today=setting.today)
    _send(chance.apart("sent visits"), setting, record_visits, visits.visits, mother)
    _report(chance.apart("flags"), setting, village, visits, mother)
    return Known(village, mother, homes)


def _send(chance: Chance, setting: Setting, service: Any, entries: Sequence[Any], mother: User) -> Any:
    """Give entries to a service, each as it reached the server: mostly within minutes, some in the evening."""
    last = setting.end - timedelta(minutes=1)
    received: dict[UUID, datetime] = {}
    for entry in entries:
        wait = chance.between(2, 40) if chance.happens(0.8) else chance.between(60, 1500)
        received[entry.id] = max(entry.made_at, min(last, entry.made_at + timedelta(minutes=wait)))
    return service(entries=entries, by=mother, at=last, received=received)


def _trust(chance: Chance, setting: Setting, village: Village, homes: Sequence[Home], mother: User) -> None:
    trusted = invent_trust(chance, homes, today=setting.today)
    _send(chance.apart("consents"), setting, give_consents, trusted.consents, mother)
    _send(chance.apart("confirmations"), setting, confirm_files, trusted.confirmations, mother)
    play_checks(chance.apart("checks"), trusted, village, mother, today=setting.today)
    contacts = invent_contacts(chance.apart("contacts"), homes, today=setting.today)
    _send(chance.apart("sent contacts"), setting, note_contacts, contacts, mother)


def _open_the_club(
    chance: Chance, setting: Setting, village: Village, profile: Profile, homes: Sequence[Home], mother: User
) -> None:
    closures = _ask_for_closures(chance, setting, village, profile, mother)
    substitute = None
    if profile.kind == Kind.SUBSTITUTE:
        substitute = hire_substitute(chance.apart("substitute"), setting.county, village, profile)
    terms = [(term.starts_on, term.ends_on) for term in setting.terms]
    year = ClubYear(
        village_code=village.code,
        calendar=ClubCalendar(profile.opens_on, None, terms, closures, setting.notice),
        profile=profile,
        mother=mother.id,
        substitute=substitute.id if substitute else None,
        children=[one for home in homes for one in home.children],
        today=setting.today,
    )
    sessions = invent_sessions(chance.apart("sessions"), year)
    _send(chance.apart("sent sessions"), setting, enter_sessions, sessions, mother)
    activities = invent_activities(chance.apart("activities"), sessions)
    _send(chance.apart("sent activities"), setting, record_activities, activities, mother)
    tell_opening_times(
        village_code=village.code, times=_opening_times(profile), by=mother, at=start_of(profile.opens_on)
    )


def _opening_times(profile: Profile) -> list[tuple[int, time, time]]:
    """An ordinary week in term."""

    def told(slot: Slot) -> tuple[time, time]:
        begins = slot.opens + profile.clock
        return time(begins // 60, begins % 60), time((begins + slot.usual) // 60, (begins + slot.usual) % 60)

    days = [(weekday, AFTER_SCHOOL) for weekday in range(5)] + [(5, MORNING), (5, AFTERNOON), (6, MORNING)]
    return [(weekday, *told(slot)) for weekday, slot in days]


def _ask_for_closures(
    chance: Chance, setting: Setting, village: Village, profile: Profile, mother: User
) -> list[tuple[date, date]]:
    """The mended roof is approved; to stay shut because nobody stands in for a sick mother is not."""
    if profile.kind not in (Kind.CLOSURE, Kind.SICK):
        return []
    asked_at = datetime.combine(profile.trouble_from - timedelta(days=3), time(10, 12), tzinfo=CHINA)
    is_roof = profile.kind == Kind.CLOSURE
    entry = ClosureEntry(
        id=chance.id_at(asked_at),
        village_code=village.code,
        made_at=asked_at,
        starts_on=profile.trouble_from,
        ends_on=profile.trouble_until,
        reason=chance.one_of(CLOSURES) if is_roof else "我生病住院，没有人能代班。",
    )
    ask_for_closure(entry=entry, by=mother, at=asked_at)
    decided_at = setting.office.clock.after(chance, asked_at, fewest=1, most=1)
    if not is_roof:
        reason = "请先安排代班人员；生病期间的情况会在报告中注明。"
        decline_closure(closure_id=entry.id, reason=reason, by=setting.office.first, at=decided_at)
        return []
    approve_closure(closure_id=entry.id, by=setting.office.first, at=decided_at)
    return [(profile.trouble_from, profile.trouble_until)]


def _report(chance: Chance, setting: Setting, village: Village, visits: Round, mother: User) -> None:
    """Raise a flag for each finding, and let the county and its departments answer."""
    entries = [_flag(chance, village, finding_number, visits) for finding_number in range(len(visits.findings))]
    flags = _send(chance.apart("sent"), setting, raise_flags, entries, mother)
    for flag in flags:
        follow(chance.apart(flag.id), setting.office, flag, mother)


def _flag(chance: Chance, village: Village, number: int, visits: Round) -> FlagEntry:
    finding = visits.findings[number]
    made_at = finding.visit.made_at + timedelta(minutes=chance.between(3, 25))
    entry = FlagEntry(
        id=chance.id_at(made_at),
        village_code=village.code,
        made_at=made_at,
        kind=finding.kind,
        seen=finding.seen,
        child=finding.child.id,
        visit=finding.visit.id,
        situation=finding.situation,
    )
    if finding.is_mandatory:
        told_at = finding.visit.made_at + timedelta(minutes=2)
        return replace(entry, police_told_at=told_at, police_told_whom="110，派出所值班民警")
    return entry
