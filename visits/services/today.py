"""The first page of the phone: the door, where to go, what came back, whom to ask after."""

from dataclasses import dataclass
from datetime import datetime

from ccmp.moments import day_of, monday_of
from ccmp.people.models import User
from children.models import Child
from clubs.models import Club, ClubSession
from clubs.rules.open_hours import Week
from clubs.services.open_hours import hours_of_weeks
from visits.services.concerns import Concern, concerns_for
from visits.services.due_homes import WEEK_AHEAD, DueHome, by_home, deadlines_due
from visits.services.news import News, news_for

HOMES_SHOWN, NEWS_SHOWN, CONCERNS_SHOWN = 8, 3, 5


@dataclass(frozen=True)
class Door:
    """The club's door, and its week as it stands."""

    week: Week
    session: ClubSession | None
    open_for: int  # minutes since the door was opened

    @property
    def share_done(self) -> str:
        """How far the week's bar is filled."""
        if not self.week.required_minutes:
            return "100%"
        return f"{min(100.0, 100 * self.week.open_minutes / self.week.required_minutes):.1f}%"


@dataclass(frozen=True)
class Today:
    at: datetime
    door: Door | None
    homes: list[DueHome]
    homes_this_week: int
    news: list[News]
    concerns: list[Concern]
    is_first_day: bool

    @property
    def late(self) -> int:
        return sum(home.days_late > 0 for home in self.homes)

    @property
    def shown(self) -> list[DueHome]:
        return self.homes[:HOMES_SHOWN]

    @property
    def not_shown(self) -> int:
        return len(self.homes) - len(self.shown)


def today_of(user: User, *, at: datetime) -> Today:
    """All that the first page tells, read in a number of queries that does not grow."""
    on = day_of(at)
    homes = by_home(deadlines_due(user, by=on + WEEK_AHEAD, on=on), on=on)
    due = [home for home in homes if home.first.due_on <= on]
    return Today(
        at=at,
        door=door_of(user, at=at),
        homes=due,
        homes_this_week=len(homes) - len(due),
        news=news_for(user, at=at)[:NEWS_SHOWN],
        concerns=concerns_for(user, at=at, most=CONCERNS_SHOWN),
        is_first_day=not Child.objects.visible_to(user).exists(),
    )


def door_of(user: User, *, at: datetime) -> Door | None:
    """The club of the village where the user serves, if it has one."""
    on = day_of(at)
    if user.post is None:
        return None
    clubs = Club.objects.visible_to(user).standing(first=on, last=on).under(user.post.place_code)
    club = clubs.first()
    if club is None:
        return None
    week = hours_of_weeks([club], [monday_of(on)], at=at)[club.village_code][0]
    session = ClubSession.objects.visible_to(user).filter(club=club).running().first()
    return Door(week, session, session.minutes(at=at) if session else 0)
