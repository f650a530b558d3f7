"""Moments at which invented officials do things: in office hours, on working days, never after the end."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from ccmp.demo.chance import Chance
from ccmp.moments import CHINA, DAY, day_of
from ccmp.places.rules.working_days import is_working_day


@dataclass(frozen=True)
class OfficeClock:
    """The county's working days, up to the end of the invented time."""

    notice: Mapping[date, str]
    end: datetime

    def has_come(self, moment: datetime) -> bool:
        return moment < self.end

    def after(self, chance: Chance, moment: datetime, *, fewest: int, most: int) -> datetime:
        """A moment in office hours, so many working days after another; on the same day never before it."""
        left = chance.between(fewest, most)
        day = day_of(moment)
        while left > 0 or not is_working_day(day, self.notice):
            day += DAY
            left -= is_working_day(day, self.notice)
        at = datetime.combine(day, time(8, 40), tzinfo=CHINA) + timedelta(seconds=chance.between(0, 30_000))
        return max(at, moment + timedelta(minutes=chance.between(5, 50)))
