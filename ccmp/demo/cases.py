"""What becomes of a flag in an invented county: taken up, settled, dismissed, or put before several departments."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from ccmp.demo.chance import Chance
from ccmp.demo.helping import DISMISSALS, GOALS, HELP, SETTLED, TAKEN_UP, USUAL_GOAL, WHO_HELPS
from ccmp.demo.moments import OfficeClock
from ccmp.demo.script import BY_CHANCE, Script
from ccmp.demo.tasks import Asked, play_task
from ccmp.people.enums import DepartmentKind
from ccmp.people.models import Department, User
from referrals.entries import ReferralEntry, TaskEntry
from referrals.enums import Result
from referrals.models import Referral
from referrals.services.referrals import close_referral, open_referral
from visits.enums import FlagKind, Severity
from visits.models import Flag
from visits.services.flags import acknowledge_flag, close_flag, dismiss_flag

# What the county does with a flag, by severity.
FATES = {
    Severity.MANDATORY: {"refer": 74, "dismiss": 10, "propose": 2, "settle": 12, "forget": 2},
    Severity.SERIOUS: {"refer": 50, "settle": 37, "dismiss": 9, "forget": 4},
    Severity.CONCERN: {"refer": 20, "settle": 62, "dismiss": 11, "forget": 7},
}
DAYS_TO_TAKE_UP = {Severity.MANDATORY: (0, 1), Severity.SERIOUS: (0, 4), Severity.CONCERN: (1, 7)}
RESULTS = {Result.SOLVED: 86, Result.PARTLY: 10, Result.NOT_POSSIBLE: 4}


@dataclass(frozen=True)
class Office:
    """Who acts in a county: its two officers, and each department with its own."""

    first: User
    second: User
    departments: Mapping[DepartmentKind, tuple[Department, User]]
    clock: OfficeClock


def follow(chance: Chance, office: Office, flag: Flag, mother: User, script: Script = BY_CHANCE) -> None:
    """Play out what happens to a flag until the invented time ends."""
    fate = script.fate or chance.weighted(FATES[Severity(flag.severity)])
    fewest, most = DAYS_TO_TAKE_UP[Severity(flag.severity)]
    moment = office.clock.after(chance, flag.raised_at, fewest=fewest, most=most)
    if fate == "forget" or not office.clock.has_come(moment):
        return
    if fate in ("propose", "dismiss"):
        _dismiss(chance, office, flag, moment, by_both=fate == "dismiss")
        return
    acknowledge_flag(flag_id=flag.id, by=office.first, at=moment, answer=chance.one_of(TAKEN_UP))
    moment = office.clock.after(chance, moment, fewest=0, most=3 if fate == "refer" else 6)
    if fate == "acknowledge" or not office.clock.has_come(moment):
        return
    if fate == "refer":
        _refer(chance, office, flag, mother, moment, script)
    else:
        close_flag(flag_id=flag.id, answer=chance.one_of(SETTLED), by=office.first, at=moment)


def _dismiss(chance: Chance, office: Office, flag: Flag, moment: datetime, *, by_both: bool) -> None:
    """A mandatory flag is dismissed by two officers; now and then the second one has not come to it yet."""
    reason = chance.one_of(DISMISSALS)
    dismiss_flag(flag_id=flag.id, reason=reason, by=office.first, at=moment)
    if flag.is_mandatory and by_both:
        moment = office.clock.after(chance, moment, fewest=0, most=2)
        if office.clock.has_come(moment):
            dismiss_flag(flag_id=flag.id, reason=reason, by=office.second, at=moment)


def _refer(chance: Chance, office: Office, flag: Flag, mother: User, moment: datetime, script: Script) -> None:
    wanted = WHO_HELPS[FlagKind(flag.kind)]
    wanted = wanted[: len(script.tasks) or chance.between(2, 3)]
    tasks = [_task(chance, office, kind, which, moment) for kind, which in wanted]
    referral = open_referral(
        entry=ReferralEntry(
            without_consent_because="已电话征得父亲口头同意，书面的等他回来补签。",
            id=chance.id_at(moment),
            flag=flag.id,
            goal=GOALS.get(FlagKind(flag.kind), USUAL_GOAL),
            goal_due_on=moment.date() + timedelta(days=chance.between(20, 60)),
            tasks=tuple(tasks),
            answer="已转有关部门办理，结果会告诉你。",
        ),
        by=office.first,
        at=moment,
    )
    ends: list[datetime | None] = []
    for number, (task, (kind, which)) in enumerate(zip(tasks, wanted, strict=True)):
        asked = Asked(task.id, HELP[kind][which].done, office.departments[kind][1], office.first, mother)
        ends.append(play_task(chance.apart(task.id), office.clock, asked, moment, stays=script.task(number)))
    _close(chance, office, referral, ends)


def _task(chance: Chance, office: Office, kind: DepartmentKind, which: str, moment: datetime) -> TaskEntry:
    wanted, department = HELP[kind][which], office.departments[kind][0]
    return TaskEntry(
        id=chance.id_at(moment),
        department=department.id,
        title=wanted.title,
        asked=wanted.asked,
        disclosed=frozenset(wanted.disclosed),
        done_when=wanted.done_when,
    )


def _close(chance: Chance, office: Office, referral: Referral, ends: list[datetime | None]) -> None:
    ended = [end for end in ends if end is not None]
    if len(ended) < len(ends):
        return
    moment = office.clock.after(chance, max(ended), fewest=1, most=5)
    if office.clock.has_come(moment):
        result = chance.weighted(RESULTS)
        solved = result == Result.SOLVED
        words = "孩子的困难已经解决，谢谢你及时报告。" if solved else "部分事项受条件限制，已另作安排，请继续走访。"
        close_referral(referral_id=referral.id, result=result, words=words, by=office.first, at=moment)
