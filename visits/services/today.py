"""The first page of the phone: the door, where to go, what came back, whom to ask after."""

from dataclasses import dataclass
from datetime import datetime

from ccmp.moments import day_of
from ccmp.people.models import User
from children.models import Child, Difference
from clubs.services.today import Door, door_of, own_club
from visits.services.concerns import Concern, concerns_for
from visits.services.due_homes import WEEK_AHEAD, DueHome, by_home, deadlines_due
from visits.services.news import News, news_for

HOMES_SHOWN, NEWS_SHOWN, CONCERNS_SHOWN = 8, 3, 5


@dataclass(frozen=True)
class Today:
    at: datetime
    door: Door | None
    homes: list[DueHome]
    homes_this_week: int
    news: list[News]
    concerns: list[Concern]
    undecided: int  # facts of files that two people told in two ways
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
    on, club = day_of(at), own_club(user)
    homes = by_home(deadlines_due(user, by=on + WEEK_AHEAD, on=on), on=on)
    due = [home for home in homes if home.first.due_on <= on]
    return Today(
        at=at,
        door=door_of(club, at=at) if club else None,
        homes=due,
        homes_this_week=len(homes) - len(due),
        news=news_for(user, at=at)[:NEWS_SHOWN],
        concerns=concerns_for(user, at=at, most=CONCERNS_SHOWN),
        undecided=Difference.objects.visible_to(user).open().count(),
        is_first_day=not Child.objects.visible_to(user).exists(),
    )
