"""How long the office has had an application: its time is counted in working days, from the day after it was applied."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from ccmp.places.rules.working_days import day_after_working_days, working_days_since

LONGEST_ANSWER = timedelta(days=150)  # in calendar days: no benefit's office takes longer, holidays among them


@dataclass(frozen=True)
class AnswerClock:
    """`within` working days the office answers; `waited` of them have come, the last of all is `due_on`."""

    within: int
    waited: int
    due_on: date
    on: date

    @property
    def is_late(self) -> bool:
        return self.on > self.due_on

    @property
    def days_late(self) -> int:
        """Working days past the last one."""
        return max(0, self.waited - self.within)

    @property
    def days_left(self) -> int:
        return max(0, self.within - self.waited)


def answer_clock(applied_on: date, within: int, *, on: date, notice: Mapping[date, str]) -> AnswerClock:
    """`notice`: the days off and the make-up days of the State Council's yearly notice."""
    waited = working_days_since(applied_on, on=on, notice=notice)
    return AnswerClock(within, waited, day_after_working_days(applied_on, within, notice), on)
