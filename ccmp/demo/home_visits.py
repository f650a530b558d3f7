"""The home visits of an invented companion mother: whom she goes to see, whom she finds, what she hears and sees."""

import heapq
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID

from ccmp.demo.chance import Chance
from ccmp.demo.findings import Finding, find, worries
from ccmp.demo.profiles import Kind, Profile
from ccmp.demo.register import Home
from ccmp.moments import CHINA, DAY, days_between
from ccmp.places.enums import DayKind
from ccmp.places.rules.standards import value
from children.entries import ChildEntry
from children.enums import LeftBy
from children.models import OF_AGE, years_before
from visits.entries import VisitEntry
from visits.enums import Outcome, RiskLevel
from visits.rules.checklists import checklist
from visits.rules.due import FIRST, INTERVAL

SUNDAY = 6
AHEAD = {RiskLevel.LOW: 8, RiskLevel.MEDIUM: 5, RiskLevel.HIGH: 1}  # days before the due day on which she already goes
OUTCOMES = {Outcome.COMPLETED: 91, Outcome.NOBODY_HOME: 5, Outcome.CHILD_AWAY: 3, Outcome.REFUSED: 1}
RISK = {
    LeftBy.BOTH: {RiskLevel.LOW: 86.5, RiskLevel.MEDIUM: 12, RiskLevel.HIGH: 1.5},
    LeftBy.ONE: {RiskLevel.LOW: 93, RiskLevel.MEDIUM: 6.2, RiskLevel.HIGH: 0.8},
    LeftBy.NONE: {RiskLevel.LOW: 95.5, RiskLevel.MEDIUM: 4, RiskLevel.HIGH: 0.5},
}
NOT_ALONE = ("奶奶一直在旁边", "孩子太小，由奶奶抱着", "孩子不愿意离开大人", "姐姐陪着", "大人不放心")
NOTES = (
    "", "", "", "", "孩子爱说话，作业当面做完了。", "奶奶说最近胃口不好。", "家里新买了洗衣机。", "爸爸上周寄了生活费。",
    "答应了下次带绘本来。", "提醒收好打火机和农药。", "和妈妈通了视频，聊了十分钟。", "孩子说想学打篮球。", "水塘边已经围上栏杆。",
)  # fmt: skip


@dataclass
class Case:
    """One child as the mother keeps her in mind."""

    child: ChildEntry
    home: Home
    level: RiskLevel  # what lies beneath, most of the time
    due_on: date
    not_before: date
    turn: int = 0  # how often the plan for this child was made anew


@dataclass
class DueList:
    """Whom to visit: those whose turn has come, the one due first on top."""

    waiting: list[tuple[date, int, UUID]] = field(default_factory=list)
    ready: list[tuple[date, int, UUID]] = field(default_factory=list)

    def put(self, case: Case) -> None:
        case.turn += 1
        heapq.heappush(self.waiting, (case.not_before, case.turn, case.child.id))

    def next(self, cases: Mapping[UUID, Case], day: date) -> Case | None:
        while self.waiting and self.waiting[0][0] <= day:
            _turn_comes, turn, child_id = heapq.heappop(self.waiting)
            heapq.heappush(self.ready, (cases[child_id].due_on, turn, child_id))
        while self.ready:
            _due_on, turn, child_id = heapq.heappop(self.ready)
            case = cases[child_id]
            if turn == case.turn and _is_child(case, day):
                return case
        return None


@dataclass(frozen=True)
class Round:
    """Everything that her visits brought: the visits, and what had to be reported."""

    visits: list[VisitEntry] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def invent_visits(
    chance: Chance, profile: Profile, homes: Sequence[Home], notice: Mapping[date, str], *, today: date
) -> Round:
    """Her visits from the first days to the day before today, in the order of their moments."""
    cases = {child.id: _case(chance, child, home) for home in homes for child in home.children}
    at_home: dict[UUID, list[Case]] = defaultdict(list)
    due_list, brought = DueList(), Round()
    for case in cases.values():
        at_home[case.home.family.household].append(case)
        due_list.put(case)
    for day in days_between(profile.opens_on, today - DAY):
        own = chance.apart(day)
        seen, room = 0, _room(own, profile, day, notice)
        moment = datetime.combine(day, time(8, 40), tzinfo=CHINA)
        while seen < room and (due := due_list.next(cases, day)) is not None:
            there = [one for one in at_home[due.home.family.household] if one is due or _goes_along(one, day)]
            moment = _at_the_door(own, there, moment, due_list, brought)
            seen += len(there)
    return brought


def _case(chance: Chance, child: ChildEntry, home: Home) -> Case:
    level = chance.weighted(RISK[home.family.left_by])
    registered = home.registered_at.date()
    return Case(child, home, level, registered + timedelta(days=value(FIRST, on=registered)), registered + DAY)


def _room(chance: Chance, profile: Profile, day: date, notice: Mapping[date, str]) -> int:
    """How many children she can see on a day: none on Sundays, holidays, and while she is ill or away."""
    if day.weekday() == SUNDAY or notice.get(day) == DayKind.PUBLIC_HOLIDAY or chance.happens(0.06):
        return 0
    share = 1.0
    if profile.in_trouble(day):
        share = {Kind.SICK: 0.0, Kind.SUBSTITUTE: 0.0, Kind.BAD_MONTH: 0.3}.get(profile.kind, 1.0)
    return round(profile.diligence * share * (0.7 + 0.6 * chance.draw()))


def _at_the_door(
    chance: Chance, there: Sequence[Case], moment: datetime, due_list: DueList, brought: Round
) -> datetime:
    """One household: each of its children whose turn it is. Returns when she leaves."""
    moment += timedelta(minutes=chance.between(8, 25))
    outcome = chance.weighted(OUTCOMES)
    for case in there:
        moment += timedelta(minutes=chance.between(6, 18), seconds=chance.between(0, 59))
        visit = _visit(chance, case, moment, outcome)
        brought.visits.append(visit)
        _afterwards(chance, case, visit, brought)
        due_list.put(case)
    return moment


def _goes_along(case: Case, day: date) -> bool:
    """A brother or sister at the same door is visited too when the turn is near."""
    return _is_child(case, day) and case.not_before <= day + 10 * DAY and case.home.registered_at.date() < day


def _is_child(case: Case, day: date) -> bool:
    return case.child.born_on > years_before(day, OF_AGE)


def _visit(chance: Chance, case: Case, moment: datetime, outcome: Outcome) -> VisitEntry:
    if outcome != Outcome.COMPLETED:
        return VisitEntry(chance.id_at(moment), case.child.id, moment, outcome)
    answers = worries(chance, case.level, left_by=case.home.family.left_by)
    alone = chance.happens(0.62) and case.child.born_on <= years_before(moment.date(), 4)
    return VisitEntry(
        id=chance.id_at(moment),
        child=case.child.id,
        made_at=moment,
        outcome=outcome,
        answers=answers,
        note=chance.one_of(NOTES),
        seen_alone=alone,
        not_alone_because="" if alone else chance.one_of(NOT_ALONE),
    )


def _afterwards(chance: Chance, case: Case, visit: VisitEntry, brought: Round) -> None:
    """What the visit changes: when she goes again, and now and then a report."""
    day = visit.made_at.date()
    if visit.outcome != Outcome.COMPLETED:
        case.not_before = day + timedelta(days=chance.between(2, 6))
        return
    level = checklist(visit.checklist).level(visit.answers)
    finding = find(chance, case.child, case.home, visit, level)
    if finding is not None:
        brought.findings.append(finding)
        level = RiskLevel.HIGH if finding.makes_high else level
    wait = 1 if finding is not None and finding.makes_high else value(INTERVAL[level], on=day)
    case.due_on = day + timedelta(days=wait)
    case.not_before = max(day + DAY, case.due_on - AHEAD[level] * DAY)
    if case.level == RiskLevel.HIGH and chance.happens(0.12):
        case.level = RiskLevel.MEDIUM
