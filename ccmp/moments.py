"""Days, weeks and months as the programme counts them: in China's time, Monday to Sunday.

A week belongs to the month of its Thursday (ISO 8601). A month is named by its first day.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")
THURSDAY = timedelta(days=3)
WEEK = timedelta(days=7)
DAY = timedelta(days=1)

# The first day of the programme: no fact is older, and no standard counts before it.
PROGRAMME_BEGAN = date(2015, 10, 1)
OLDEST_DAY, LAST_DAY = (
    date(1900, 1, 1),
    date(2100, 12, 31),
)  # of anything that is written down; it plans to the year 2100


def now() -> datetime:
    """The clock. Only views, API, tasks and commands read it."""
    return datetime.now(UTC)


def day_of(moment: datetime) -> date:
    """The day in China on which a moment falls."""
    return moment.astimezone(CHINA).date()


def start_of(day: date) -> datetime:
    """Midnight in China at which a day begins."""
    return datetime.combine(day, time.min, tzinfo=CHINA)


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def days_between(first: date, last: date) -> Iterator[date]:
    """Each day from the first to the last, both included."""
    while first <= last:
        yield first
        first += DAY


@dataclass(frozen=True, order=True)
class Month:
    """A calendar month, and the whole weeks that belong to it."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "Month":
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> "Month":
        """Read `YYYY-MM`. Raises ValueError for anything else."""
        first = datetime.strptime(text + "-01", "%Y-%m-%d").replace(tzinfo=CHINA).date()
        if text != f"{first:%Y-%m}":
            raise ValueError(text)
        return cls.of(first)

    def __str__(self) -> str:
        return f"{self.year:04}-{self.number:02}"

    @property
    def first_day(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def last_day(self) -> date:
        return self.next().first_day - DAY

    def next(self) -> "Month":
        return Month(self.year + 1, 1) if self.number == 12 else Month(self.year, self.number + 1)

    def previous(self) -> "Month":
        return Month(self.year - 1, 12) if self.number == 1 else Month(self.year, self.number - 1)

    @property
    def mondays(self) -> list[date]:
        """The Mondays of the weeks whose Thursday lies in this month."""
        monday = monday_of(self.first_day)
        if monday + THURSDAY < self.first_day:
            monday += WEEK
        mondays = []
        while monday + THURSDAY <= self.last_day:
            mondays.append(monday)
            monday += WEEK
        return mondays

    @classmethod
    def of_week(cls, monday: date) -> "Month":
        return cls.of(monday + THURSDAY)
