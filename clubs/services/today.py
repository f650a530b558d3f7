"""The club as its keeper sees it: the door, this week, the month."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from ccmp.moments import Month, day_of, monday_of, start_of
from ccmp.people.models import User
from children.models import Child
from clubs.enums import WeekState
from clubs.models import Attendance, Club, ClubClosure, ClubSession
from clubs.rules.open_hours import MonthOfHours, Week
from clubs.services.open_hours import hours_of_weeks

SHOWN_AT_ONCE = 5  # openings of a month; the others are one tap away
REGULARS = 24  # names of the roll that stand before the others


@dataclass(frozen=True)
class Door:
    """`running` is the session that is open now; minutes of it count towards the week only once it is closed."""

    club: Club
    running: ClubSession | None
    is_left_open: bool
    running_minutes: int
    week: Week
    missing_now: int

    @property
    def share(self) -> int:
        """How much of the week's standard is open so far, in percent, 100 at the most."""
        if not self.week.required_minutes:
            return 100
        done = self.week.open_minutes + self.running_minutes
        return min(100, 100 * done // self.week.required_minutes)

    @property
    def open_now(self) -> int:
        return self.week.open_minutes + self.running_minutes


def own_club(user: User) -> Club | None:
    """The club of the village where she serves now."""
    post = user.post
    return Club.objects.visible_to(user).filter(village_code=post.place_code).first() if post else None


def door_of(club: Club, *, at: datetime) -> Door:
    """The door and its week. Six queries."""
    running = ClubSession.objects.filter(club=club).running().newest_first().first()
    monday = monday_of(day_of(at))
    week = hours_of_weeks([club], [monday], at=at)[club.village_code][0]
    is_left_open = running is not None and day_of(running.opened_at) != day_of(at)
    minutes = running.minutes(at=at) if running and not is_left_open else 0
    missing = max(0, week.required_minutes - week.open_minutes - minutes)
    return Door(club, running, is_left_open, minutes, week, missing)


@dataclass(frozen=True)
class ClubMonth:
    month: Month
    hours: MonthOfHours
    sessions: list[ClubSession]
    closures: list[ClubClosure]

    @property
    def newest(self) -> list[ClubSession]:
        return self.sessions[:SHOWN_AT_ONCE]

    @property
    def older(self) -> list[ClubSession]:
        return self.sessions[SHOWN_AT_ONCE:]

    @property
    def weeks_by_state(self) -> list[tuple[WeekState, int]]:
        """How many weeks came out how; a week that still runs came out no way yet."""
        over = (WeekState.MET, WeekState.SHORT, WeekState.SILENT, WeekState.EXEMPT)
        return [(state, number) for state in over if (number := self.hours.count(state))]


def month_of(club: Club, month: Month, *, at: datetime) -> ClubMonth:
    """A month's weeks, the sessions that make them up, and the closures that touch them."""
    first, last = month.mondays[0], month.next().mondays[0]
    hours = MonthOfHours(tuple(hours_of_weeks([club], month.mondays, at=at)[club.village_code]))
    sessions = (
        ClubSession.objects.filter(club=club).between(start_of(first), start_of(last)).with_heads().newest_first()
    )
    return ClubMonth(month, hours, list(sessions), list(club.closures.touching(first, last).in_order()))


@dataclass(frozen=True)
class RollLine:
    child: Child
    came: bool
    neighbourhood: str


@dataclass(frozen=True)
class Roll:
    """Who came and who comes often, and the others by name."""

    regulars: list[RollLine]
    others: list[RollLine]
    came: int


def roll_of(session: ClubSession, *, at: datetime) -> Roll:
    """The village's children: those who came first, then those who come most often, then by name.

    Children of the same name are told apart by where they live.
    """
    came = set(session.attendances.values_list("child_id", flat=True))
    children = Child.objects.filter(village_code=session.village_code).in_register(on=day_of(at))
    often = Attendance.objects.often_in(session.village_code, before=session.opened_at)
    by_name = list(children.select_related("household").in_order())
    known = Counter(child.name for child in by_name)
    rows = sorted(by_name, key=lambda child: (child.id not in came, -often.get(child.id, 0)))
    lines = [
        RollLine(child, child.id in came, child.household.neighbourhood if known[child.name] > 1 else "")
        for child in rows
    ]
    shown = max(REGULARS, len(came))
    others = sorted(lines[shown:], key=lambda line: (line.child.pinyin, line.child.born_on))
    return Roll(lines[:shown], others, len(came))
